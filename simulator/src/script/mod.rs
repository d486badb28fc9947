//! A walk that can be done at a real screen as well: one person in one portal, who does what the screens offer whenever all
//! is quiet. `tests/faults/play.mjs` does it in a browser, against a real sandbox, and compares what came of each step:
//! whether this simulator says the truth.
//!
//! What is printed are lines of JSON: the world, then the steps, then the end.

mod sight;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use instant_card::domain::config::{EndsWith, Mode};
use instant_card::flow::{DeskPage, Remote, Screen};
use leptos::reactive::diagnostics::SpecialNonReactiveZone;
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::journal::{Call, Came};
use crate::judge::{Broken, Reached};
use crate::persons::{Bent, Deed, Did, Person};
use crate::plan::{FaultId, Luck, Plan};
use crate::tab::Attributes;
use crate::transcript::Transcript;
use crate::walk::{Walk, panicked};
use crate::weather::Weather;
use crate::world::plain;

/// So often the dice are rolled for something that a screen has a control for.
const TRIES: u32 = 20;
/// So many steps at most lead to the cart in the end.
const WAY_HOME: u32 = 6;
/// So many of a browser's six connections may be closed within a step where a call is to be repeated.
const MOST_CLOSED: u8 = 4;

/// What came of it.
pub(crate) struct Script {
    pub(crate) lines: Vec<Value>,
    pub(crate) broken: Option<Broken>,
}

/// Writes one down.
pub(crate) fn write(plan: &Plan) -> Script {
    let _zone = SpecialNonReactiveZone::enter();
    let mut plan = plan.clone();
    loop {
        let mut notes = Notes::default();
        let whole = catch_unwind(AssertUnwindSafe(|| whole(&plan, &mut notes)));
        let broken = whole.unwrap_or_else(|panic| Err(panicked(panic.as_ref()))).err();
        if notes.chancy.is_empty() {
            return Script { lines: notes.lines, broken };
        }
        plan.without.extend(notes.chancy);
    }
}

#[derive(Default)]
struct Notes {
    lines: Vec<Value>,
    /// What would be chance at a real screen, so that it does not happen here.
    chancy: Vec<FaultId>,
}

fn whole(plan: &Plan, notes: &mut Notes) -> Result<(), Broken> {
    let mut dice = plan.dice(Luck::World, &[]);
    let (start, door) = plain(&mut dice).map_err(|seen| Broken { invariant: "a world can be made", seen })?;
    let weather = Weather::plain(plan, &mut dice);
    let mut walk = Walk::within(plan, door, weather, Rc::<Transcript>::default());
    walk.server.journal.is_kept.set(true);
    let has_organization = dice.percent(50);
    let attributes = Attributes {
        mode: Mode::Portal,
        organization: has_organization,
        template: None,
        spanish: false,
        way: 0,
        ends_with: EndsWith::Finalized,
    };
    // One seed after the other is after something else: cards, an order, the account, what was ordered.
    let (restless, towards) = [(6, [20, 8, 4]), (4, [4, 30, 4]), (14, [4, 12, 24]), (12, [2, 10, 2])]
        [usize::try_from(plan.seed % 4).unwrap_or_default()];
    let bent = Bent {
        restless,
        double: 12,
        towards,
        is_by_hand: true,
        takes_pictures: false,
        has_provider: false,
        is_staff: false,
        is_at_one: false,
        is_enrolled: false,
    };
    let organization = has_organization.then_some(Attributes::ORGANIZATION);
    notes.lines.push(
        json!({ "seed": plan.seed, "world": start, "organization": organization, "page_size": Attributes::PAGE_SIZE }),
    );

    // The page is opened; then the first and every further step.
    walk.weather.begin(0);
    walk.add(attributes, bent);
    end_step(&mut walk, "opens the page".into(), notes)?;
    for step in &plan.steps {
        walk.weather.begin(step + 1);
        let did = act(&walk, *step);
        end_step(&mut walk, did, notes)?;
    }
    walk.weather.calm();
    for step in 0..WAY_HOME {
        let Some(did) = goes_home(&walk, step) else { break };
        end_step(&mut walk, did, notes)?;
    }
    notes.lines.push(end(&walk));
    walk.close()
}

/// Something that the screen has a control for; nothing where the dice find nothing.
fn act(walk: &Walk, step: u32) -> Did {
    for attempt in 0..TRIES {
        let dice = walk.plan.dice(Luck::Step, &[step, attempt]);
        let did = walk.with(0, dice, |person: &mut Person<'_>| person.act());
        if did.deed.is_some() {
            return did;
        }
    }
    "waits".into()
}

/// Whatever leads to the cart, as it is when nothing goes wrong any more.
fn goes_home(walk: &Walk, step: u32) -> Option<Did> {
    let tab = walk.tabs.first()?;
    let screen = tab.app.cx().screen().get_untracked();
    let dice = walk.plan.dice(Luck::Quiet, &[step]);
    Some(walk.with(0, dice, |person: &mut Person<'_>| {
        if tab.is_asked() || screen == Screen::SignIn {
            return person.signs_in(false);
        }
        if tab.app.cx().organization().get_untracked().is_none() {
            tab.app.enter();
            return Deed::Retry { of: "templates" }.told("tries again to read the templates");
        }
        match screen {
            Screen::Desk(DeskPage::Cart) => {
                let cart = tab.app.desk().cart();
                if !matches!(cart.cart().get_untracked(), Remote::Failed(_)) {
                    return "is in the cart".into();
                }
                cart.load();
                Deed::Retry { of: "cart" }.told("tries again to read the cart")
            }
            _ => person.goes_to(DeskPage::Cart),
        }
    }))
    .filter(|did| did.deed.is_some())
}

/// Lets everything come to its end, and writes down what there was of it.
fn end_step(walk: &mut Walk, did: Did, notes: &mut Notes) -> Result<(), Broken> {
    walk.run_out()?;
    walk.settle()?;
    let (sent, came) = walk.server.journal.take();
    notes.chancy.extend(chancy(&sent));
    let sight = walk.tabs.first().map(sight::of);
    notes.lines.push(json!({
        "words": did.words,
        "deed": did.deed,
        "faults": faults(&sent),
        "calls": came.iter().map(call).collect::<Value>(),
        "sight": sight,
    }));
    Ok(())
}

/// The faults that are chance at a real screen: what strikes one of two calls for the same at once; a token that runs out
/// while several calls are under way, of which any may still have a good one; and a call that a browser is to repeat when most of the connections are gone on which it does.
fn chancy(sent: &[Call]) -> Vec<FaultId> {
    let mut closed = 0;
    let is_chancy = |call: &&Call| {
        closed += match call.fault {
            Some(Fault::LostBefore | Fault::LostAfter) => 1,
            Some(Fault::Repeated(copies)) => copies - 1,
            _ => 0,
        };
        match call.fault {
            Some(_) if call.is_beside_its_like => true,
            Some(Fault::Expired) => call.is_beside_others,
            Some(Fault::Repeated(_)) => closed > MOST_CLOSED,
            _ => false,
        }
    };
    sent.iter().filter(is_chancy).map(|call| call.id).collect()
}

fn call(came: &Came) -> Value {
    json!({ "method": came.method, "target": came.target, "status": came.status })
}

/// What struck which call: the how manieth of those alike that came to the server in this step, and how often it came.
fn faults(sent: &[Call]) -> Value {
    let mut times: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut faults = Vec::new();
    for Call { method, target, fault, .. } in sent {
        let before = times.entry((method, target)).or_default();
        let copies = if let Some(Fault::Repeated(copies)) = fault { u32::from(*copies) } else { 1 };
        if let Some(fault) = fault {
            let (kind, nth) = (fault.name(), *before);
            faults.push(json!({ "method": method, "target": target, "kind": kind, "nth": nth, "copies": copies }));
        }
        *before += copies;
    }
    faults.into()
}

/// What the server has in the end.
fn end(walk: &Walk) -> Value {
    let door = walk.server.door.borrow();
    let jobs = door.jobs().map(|job| {
        json!({
            "id": job.id, "submitted": job.submitted, "cards": job.cards, "copies": job.copies, "provider": job.provider,
        })
    });
    let ledger = door.ledger().map(|entry| json!({ "cents": entry.cents, "job": entry.job }));
    let Reached { finalized, submitted, paid, .. } = walk.judge.reached;
    json!({
        "end": { "jobs": jobs.collect::<Value>(), "ledger": ledger.collect::<Value>() },
        "reached": { "finalized": finalized, "submitted": submitted, "paid": paid },
    })
}
