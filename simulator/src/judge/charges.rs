//! Nothing is charged that nobody asked for, nothing twice without a word, and what is said of charges is so.

use instant_card::api::PrintJobId;
use instant_card::domain::audit::Charge;
use instant_card::domain::submission::Fate;
use instant_card::domain::top_up;

use super::endings;
use super::ground::{Judge, Scene, Verdict, broken, changed_job, is_change};
use crate::book::Book;
use crate::operation::Operation;
use crate::server::{Act, Charged, GATEWAY, Sent};
use crate::tab::Tab;

/// For how long an account that cannot be read is looked at after a charge, in milliseconds.
const LOOKED_AT: u64 = 321_000;

/// So many reads of the movements that fail are enough for every look to have seen nothing.
const MANY: usize = 5;

/// A request that charges is sent because somebody asked for it, once for each time; again only where the server has not
/// listened.
pub(super) fn is_asked_for(sends: &[Sent], number: usize, sent: &Sent, book: &mut Book) -> Verdict {
    // What it may ask for is told by what it charges.
    if sent.tab == GATEWAY {
        return Ok(());
    }
    let may = match sent.operation {
        Operation::Print(job) => match book.may_print.get_mut(&(sent.tab, job)) {
            None => book.may_order.get_mut(&sent.tab),
            may => may,
        },
        Operation::AddFunds => book.may_pay.get_mut(&sent.tab),
        _ => return Ok(()),
    };
    if let Some(may) = may.filter(|may| **may > 0) {
        *may -= 1;
        return Ok(());
    }
    let is_same = |before: &&Sent| (before.tab, before.who, before.operation) == (sent.tab, sent.who, sent.operation);
    let before = sends.get(..number).unwrap_or_default().iter().rfind(is_same);
    if before.is_some_and(|before| before.seen == Some(401)) {
        return Ok(());
    }
    // Somebody has put another card into the job of one's own, and the server has refused it: it gets another one.
    let is_refused = |before: &Sent| {
        let is_print = matches!((before.operation, sent.operation), (Operation::Print(_), Operation::Print(_)));
        is_print && before.operation != sent.operation && before.seen.is_some_and(|status| (400..500).contains(&status))
    };
    let last = sends.get(..number).unwrap_or_default().iter().rfind(|before| {
        (before.tab, before.who) == (sent.tab, sent.who) && matches!(before.operation, Operation::Print(_))
    });
    if book.may_order.contains_key(&sent.tab) && last.is_some_and(is_refused) {
        return Ok(());
    }
    let seen = format!("tab {} has sent {:?} by itself", sent.tab, sent.operation);
    broken("what charges is sent once for each time that it is asked for", seen)
}

/// Whether somebody else has had a hand in a job between two acts of the server: another tab, or a request that nobody
/// waited for any more.
fn is_contested(acts: &[Act], sends: &[Sent], from: usize, to: usize, job: u64, sent: &Sent) -> bool {
    acts.iter().enumerate().take(to).skip(from).any(|(_, act)| {
        let Some(other) = sends.get(act.sent) else { return false };
        let is_of_it = changed_job(other.operation) == Some(job);
        is_of_it && is_change(act, other.operation) && ((other.tab, other.who) != (sent.tab, sent.who) || act.is_stray)
    })
}

/// The last act of a tab that is so.
fn last(acts: &[Act], sends: &[Sent], before: usize, sent: &Sent, is: impl Fn(Operation) -> bool) -> Option<usize> {
    acts.iter().take(before).rposition(|act| {
        let by = sends.get(act.sent);
        by.is_some_and(|by| (by.tab, by.who) == (sent.tab, sent.who) && is(by.operation)) && act.status == 200
    })
}

/// An update takes a job's provider away only where it was given in the same moment by somebody else.
pub(super) fn may_lose_provider(acts: &[Act], sends: &[Sent], number: usize, sent: &Sent) -> Verdict {
    let Some(job) = changed_job(sent.operation) else { return Ok(()) };
    let is_stray = acts.get(number).is_some_and(|act| act.is_stray);
    let read = last(acts, sends, number, sent, |operation| operation == Operation::Job(job));
    if read.is_some_and(|read| is_stray || is_contested(acts, sends, read, number, job, sent)) {
        return Ok(());
    }
    broken("an update loses no shipping provider", format!("tab {} took that of job {job}", sent.tab))
}

/// What is told to be charged twice was.
pub(super) fn is_twice(scene: Scene<'_>, charge: &Charge) -> Verdict {
    match charge {
        Charge::Job(job) if scene.server.door.borrow().times_charged(job.0) > 1 => Ok(()),
        charge => broken("what is told to be charged twice was", format!("{charge:?} was not")),
    }
}

impl Judge {
    /// The server has charged something.
    pub(super) fn charged(
        &mut self,
        scene: Scene<'_>,
        acts: &[Act],
        sends: &[Sent],
        number: usize,
        charged: &Charged,
        book: &mut Book,
    ) -> Verdict {
        let Some(sent) = acts.get(number).and_then(|act| sends.get(act.sent)) else { return Ok(()) };
        let Charged::Job { job, cards, copies, provider, ship_to } = charged else {
            self.reached.paid = true;
            return Ok(());
        };
        self.reached.submitted = true;
        book.open.extend(cards);
        if let Some(draft) =
            cards.iter().find(|id| scene.server.door.borrow().card(**id).is_some_and(|card| !card.finalized))
        {
            return broken("no draft is in an order", format!("card {draft} is in job {job}"));
        }
        // Whoever asked for it has gone, or has something else in work by now.
        let is_here = scene.tabs.get(sent.tab).is_some_and(|tab| tab.who.get() == sent.who);
        let Some(reviewed) = book.reviewed.get(&sent.tab).filter(|_| is_here) else { return Ok(()) };
        let is_again = scene.server.door.borrow().times_charged(*job) > 1;
        let told = last(acts, sends, number, sent, |operation| operation == Operation::Patch(*job));
        let from = told.unwrap_or_default().max(reviewed.since);
        if is_again || is_contested(acts, sends, from, number, *job, sent) {
            return Ok(());
        }
        let Some((_, wanted, times)) = reviewed.jobs.iter().find(|(known, ..)| known == job) else {
            return broken("what is submitted was reviewed", format!("job {job} was in no review"));
        };
        let is = (cards, copies, provider.unwrap_or_default(), ship_to);
        let as_reviewed = (wanted, times, reviewed.provider, &reviewed.ship_to);
        if is != as_reviewed {
            return broken(
                "what is submitted is as it was reviewed",
                format!("job {job}: {is:?}, reviewed {as_reviewed:?}"),
            );
        }
        Ok(())
    }

    /// At the end: every charge was told to whoever asked for it, and what came to be twice as well.
    pub(super) fn was_told(&mut self, scene: Scene<'_>, book: &Book) -> Verdict {
        let (acts, sends) = (scene.server.acts.borrow(), scene.server.sends.borrow());
        let mut payments: Vec<(usize, u32, i64)> = Vec::new();
        for (number, act) in acts.iter().enumerate() {
            let (Some(charged), Some(sent)) = (&act.charged, sends.get(act.sent)) else { continue };
            if sent.tab == GATEWAY {
                continue;
            }
            let tab = scene.tabs.get(sent.tab).filter(|tab| tab.who.get() == sent.who);
            let times =
                acts.iter().take(number).filter(|other| other.sent == act.sent && other.charged.is_some()).count();
            match charged {
                Charged::Job { job, .. } => {
                    // The page hears of a card of one's own also when whoever has ordered it is gone, for as long as it is there.
                    let page = scene.tabs.get(sent.tab).filter(|tab| !tab.is_portal());
                    let is_told = book.submitted.iter().any(|(tab, who, told)| {
                        let may_be_later = page.is_some() && *who >= sent.who;
                        (*tab, *told) == (sent.tab, *job) && (*who == sent.who || may_be_later)
                    });
                    if !is_told && !tab.is_some_and(|tab| is_unknown(tab, *job)) {
                        let is_here = page.map_or(tab.is_some(), |page| sent.who >= page.since.get());
                        self.gap(is_here, "left before an order was told", || {
                            broken("every charge is told", format!("job {job}, charged for tab {}", sent.tab))
                        })?;
                    }
                    let is_earlier = |other: &Act| {
                        matches!(&other.charged, Some(Charged::Job { job: same, .. }) if same == job)
                            && sends.get(other.sent).is_some_and(|by| (by.tab, by.who) == (sent.tab, sent.who))
                    };
                    if acts.iter().take(number).any(is_earlier) {
                        self.is_told_twice(scene, book, number, sent, Charge::Job(PrintJobId(*job)), tab.is_some())?;
                    }
                }
                Charged::Payment { cents } if times == 0 => payments.push((sent.tab, sent.who, *cents)),
                Charged::Payment { cents } => {
                    let amount = instant_card::domain::money::Money::usd(*cents);
                    self.is_told_twice(scene, book, number, sent, Charge::Payment(amount), tab.is_some())?;
                }
            }
        }
        for one in &payments {
            let asked = payments.iter().filter(|other| *other == one).count();
            // What is sent again after a 401 was charged before, where the browser had sent it more than once: that there may
            // be a second charge is said.
            let amount = Charge::Payment(instant_card::domain::money::Money::usd(one.2));
            let doubted = book.told.iter().filter(|told| (told.tab, told.who, told.charge) == (one.0, one.1, amount));
            let tab = scene.tabs.get(one.0).filter(|tab| tab.who.get() == one.1);
            let doubted = doubted.count().max(usize::from(tab.is_some_and(|tab| is_doubted(tab, amount))));
            let told = book.added.iter().filter(|other| *other == one).count() + doubted;
            if told < asked && !tab.is_some_and(is_payment_unknown) {
                self.gap(tab.is_some(), "left before a payment was told", || {
                    broken(
                        "every charge is told",
                        format!("{asked} payments of {} cents in tab {}, {told} told", one.2, one.0),
                    )
                })?;
            }
        }
        Ok(())
    }

    fn is_told_twice(
        &mut self,
        scene: Scene<'_>,
        book: &Book,
        number: usize,
        sent: &Sent,
        charge: Charge,
        is_here: bool,
    ) -> Verdict {
        let is_it = |told: &&crate::book::Told| (told.tab, told.who, told.charge) == (sent.tab, sent.who, charge);
        let tab = scene.tabs.get(sent.tab).filter(|tab| tab.who.get() == sent.who);
        if book.told.iter().any(|told| is_it(&told)) || tab.is_some_and(|tab| is_doubted(tab, charge)) {
            return Ok(());
        }
        // Whoever does not want to sign in again is not asked again for it, and so not told.
        if book.dismissed.iter().any(|(tab, who, at)| (*tab, *who) == (sent.tab, sent.who) && *at > number) {
            return self.gap(false, "nobody signed in again after a second charge", || Ok(()));
        }
        let (acts, sends) = (scene.server.acts.borrow(), scene.server.sends.borrow());
        // Nobody can tell who cannot read: the account was not seen for as long as it is looked at, but by its own screen.
        let end = acts.get(number).map_or(0, |act| act.at + LOOKED_AT);
        let reads = acts.iter().skip(number + 1).filter(|act| {
            sends.get(act.sent).is_some_and(|by| {
                (by.tab, by.who, by.operation) == (sent.tab, sent.who, Operation::Transactions)
                    && by.seen == Some(200)
                    && by.is_true
                    && act.at <= end
            })
        });
        let on_screen = self.screen_reads.iter().filter(|(tab, at)| *tab == sent.tab && *at > number);
        // Reads of other payments and orders look the same: where so many have failed, it may be that all of its own have.
        let failed = sends.iter().skip(acts.get(number).map_or(0, |act| act.sent)).filter(|by| {
            (by.tab, by.who, by.operation) == (sent.tab, sent.who, Operation::Transactions)
                && !(by.seen == Some(200) && by.is_true)
        });
        if reads.count() <= on_screen.count() || failed.count() >= MANY {
            return self.gap(false, "the account could not be read after a second charge", || Ok(()));
        }
        self.gap(is_here, "left before a second charge was told", || {
            broken("nothing is charged twice without a word", format!("{charge:?} in tab {}", sent.tab))
        })
    }

    pub(super) fn gap(&mut self, is_here: bool, name: &'static str, otherwise: impl FnOnce() -> Verdict) -> Verdict {
        if is_here {
            return otherwise();
        }
        *self.reached.gaps.entry(name).or_default() += 1;
        Ok(())
    }
}

/// Whether a tab has said of a charge that it is not as it was asked for, or is not known, and has not taken that back.
fn is_doubted(tab: &Tab, charge: Charge) -> bool {
    tab.app.desk_is_there() && tab.app.desk().audits().doubted().with_untracked(|all| all.contains(&charge))
}

/// Whether a tab says that it does not know what became of a job.
fn is_unknown(tab: &Tab, job: u64) -> bool {
    tab.app.desk_is_there()
        && tab.app.desk().checkout().order().with_untracked(|order| {
            order.as_ref().is_some_and(|order| {
                order
                    .lines()
                    .iter()
                    .any(|line| line.job.0 == job && matches!(&line.fate, Fate::Stopped(why) if !why.is_certain()))
            })
        })
}

fn is_payment_unknown(tab: &Tab) -> bool {
    tab.app.desk_is_there()
        && tab.app.books().funds().payment().with_untracked(|payment| {
            payment
                .as_ref()
                .is_some_and(|payment| matches!(payment.fate(), top_up::Fate::Stopped(why) if !why.is_certain()))
        })
}

/// What a screen says now: nothing is said to be not charged that was.
pub(super) fn says_the_truth(scene: Scene<'_>, tab: &Tab, acts: &[Act], sends: &[Sent], book: &Book) -> Verdict {
    if !tab.app.desk_is_there() {
        return Ok(());
    }
    if tab.app.ending_is_there() {
        endings::says_the_truth(tab, acts, sends)?;
    }
    let desk = tab.app.desk();
    let stopped = desk.checkout().order().with_untracked(|order| {
        let (line, why) = order.as_ref()?.stopped()?;
        why.is_certain().then(|| (line.job.0, format!("{why:?}")))
    });
    if let (Some((job, why)), Some(reviewed)) = (stopped, book.reviewed.get(&tab.number)) {
        let is_it = |act: &Act| {
            matches!(&act.charged, Some(Charged::Job { job: charged, .. }) if *charged == job)
                && sends.get(act.sent).is_some_and(|by| (by.tab, by.who) == (tab.number, tab.who.get()))
        };
        if acts.iter().skip(reviewed.since).any(is_it) {
            let seen = format!("tab {} says of job {job}: {why}", tab.number);
            return broken("nothing is said to be not charged that was", seen);
        }
    }
    let is_denied = desk.app().books().funds().payment().with_untracked(|payment| {
        payment.as_ref().is_some_and(|payment| {
            payment.is_sent() && matches!(payment.fate(), top_up::Fate::Stopped(why) if why.is_certain())
        })
    });
    if is_denied {
        let is_ours =
            |sent: &Sent| (sent.tab, sent.who, sent.operation) == (tab.number, tab.who.get(), Operation::AddFunds);
        let last = sends.iter().rposition(is_ours);
        if acts.iter().any(|act| Some(act.sent) == last && act.charged.is_some()) {
            let seen = format!("tab {} says of a payment, at {} ms", tab.number, scene.now);
            return broken("nothing is said to be not charged that was", seen);
        }
    }
    Ok(())
}
