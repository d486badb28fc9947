//! The 37 operations and their paths; and the pictures that the `url` dialect points to.

use crate::error::Outcome;
use crate::form::Call;
use crate::json::Json;
use crate::world::World;
use crate::{addresses, auth, cards, charges, contacts, organization, payment, print_jobs, templates};

/// What answers a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation {
    /// It writes its answer.
    Answer(fn(&mut World, &Call<'_>, &mut Json) -> Outcome),
    /// A preview, which has to be drawn first.
    Preview,
    /// A picture, which is no JSON.
    Picture,
}

/// The operations of a path by their methods, and the ids in the path.
pub(crate) struct Route<'a> {
    pub(crate) methods: &'static [(&'static str, Operation)],
    pub(crate) ids: [&'a str; 2],
}

/// Where a path leads, if anywhere. The organization's own id is checked before.
pub(crate) fn route(path: &str) -> Option<Route<'_>> {
    use Operation::{Answer, Picture, Preview};
    const NONE: &str = "";
    let mut parts = [NONE; 8];
    let mut count = 0;
    for part in path.strip_prefix('/')?.split('/') {
        if part.is_empty() {
            return None;
        }
        *parts.get_mut(count)? = part;
        count += 1;
    }
    let (methods, ids): (&'static [_], _) = match &parts[..count] {
        ["api", "v2", "authenticate"] => (&[("POST", Answer(auth::authenticate))], [NONE; 2]),
        ["api", "v2", "profile", "me"] => (&[("GET", Answer(auth::profile))], [NONE; 2]),
        ["files", "cards", id, token] => (&[("GET", Picture)], [*id, *token]),
        ["api", "v2", "organizations", _, rest @ ..] => match rest {
            [] => (&[("GET", Answer(organization::show))], [NONE; 2]),
            [one] => (collection(one)?, [NONE; 2]),
            ["card_templates", id, "fields"] => (&[("GET", Answer(templates::fields))], [*id, NONE]),
            ["cards", "search"] => (&[("GET", Answer(cards::search))], [NONE; 2]),
            ["cards", id, "preview"] => (&[("GET", Preview)], [*id, NONE]),
            ["print_jobs", id, "remove_cards", card] => (&[("DELETE", Answer(print_jobs::remove_card))], [*id, *card]),
            [kind, id] => (thing(kind)?, [*id, NONE]),
            [kind, id, what] => (part(kind, what)?, [*id, NONE]),
            _ => return None,
        },
        _ => return None,
    };
    Some(Route { methods, ids })
}

type Methods = &'static [(&'static str, Operation)];

fn collection(name: &str) -> Option<Methods> {
    use Operation::Answer;
    Some(match name {
        "balance" => &[("GET", Answer(organization::balance))],
        "shipping_providers" => &[("GET", Answer(organization::shipping_providers))],
        "add_funds" => &[("POST", Answer(payment::add_funds))],
        "financial_transactions" => &[("GET", Answer(organization::financial_transactions))],
        "card_templates" => &[("GET", Answer(templates::list))],
        "cards" => &[("POST", Answer(cards::create)), ("GET", Answer(cards::list))],
        "print_jobs" => &[("POST", Answer(print_jobs::create)), ("GET", Answer(print_jobs::list))],
        "addresses" => &[("GET", Answer(addresses::list)), ("POST", Answer(addresses::create))],
        "contacts" => &[("GET", Answer(contacts::list)), ("POST", Answer(contacts::create))],
        _ => return None,
    })
}

fn thing(kind: &str) -> Option<Methods> {
    use Operation::Answer;
    Some(match kind {
        "cards" => &[("GET", Answer(cards::show)), ("PATCH", Answer(cards::update)), ("DELETE", Answer(cards::delete))],
        "print_jobs" => &[("GET", Answer(print_jobs::show)), ("PATCH", Answer(print_jobs::update))],
        "addresses" => &[
            ("GET", Answer(addresses::show)),
            ("PATCH", Answer(addresses::update)),
            ("DELETE", Answer(addresses::delete)),
        ],
        "contacts" => &[
            ("GET", Answer(contacts::show)),
            ("PATCH", Answer(contacts::update)),
            ("DELETE", Answer(contacts::delete)),
        ],
        _ => return None,
    })
}

fn part(kind: &str, what: &str) -> Option<Methods> {
    use Operation::Answer;
    Some(match (kind, what) {
        ("cards", "finalize") => &[("PATCH", Answer(cards::finalize))],
        ("cards", "print_history") => &[("GET", Answer(cards::print_history))],
        ("print_jobs", "add_cards") => &[("POST", Answer(print_jobs::add_cards))],
        ("print_jobs", "check_balance") => &[("GET", Answer(charges::check_balance))],
        ("print_jobs", "print") => &[("POST", Answer(charges::print))],
        ("print_jobs", "charge_details") => &[("GET", Answer(charges::charge_details))],
        _ => return None,
    })
}
