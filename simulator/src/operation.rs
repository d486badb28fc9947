//! What a request asks for.

use instant_card::world::Method;

/// What a request asks for, as far as it matters to the judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    SignIn,
    CreateJob,
    Patch(u64),
    Add(u64),
    Remove(u64, u64),
    Print(u64),
    AddFunds,
    Job(u64),
    Cart,
    Transactions,
    Finalize(u64),
    CreateCard,
    /// A card as the server has it.
    ShowCard(u64),
    UpdateCard(u64),
    DeleteCard(u64),
    DeleteAddress(u64),
    DeleteContact(u64),
    UpdateAddress(u64),
    UpdateContact(u64),
    CreateAddress,
    CreateContact,
    /// Others that may have come of a call that has made a card.
    FindTwins,
    /// A gateway's: a session for a statement.
    Session,
    /// A gateway's: a card goes into the cart.
    Place,
    /// A gateway's: a card is ordered.
    Order,
    Other,
}

impl Operation {
    pub(crate) fn of(method: Method, path: &str) -> Operation {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let rest: Vec<&str> = path.trim_start_matches("/api/v2/").split('/').collect();
        let number = |text: &str| text.parse::<u64>().unwrap_or_default();
        match (method, rest.get(2..).unwrap_or_default()) {
            (Method::Post, []) if rest == ["session"] => Operation::Session,
            (Method::Post, []) if rest == ["session", "cart"] => Operation::Place,
            (Method::Post, []) if rest == ["session", "order"] => Operation::Order,
            (Method::Post, []) if rest.first() == Some(&"authenticate") => Operation::SignIn,
            (Method::Post, ["print_jobs"]) => Operation::CreateJob,
            (Method::Patch, ["print_jobs", job]) => Operation::Patch(number(job)),
            (Method::Post, ["print_jobs", job, "add_cards"]) => Operation::Add(number(job)),
            (Method::Delete, ["print_jobs", job, "remove_cards", card]) => Operation::Remove(number(job), number(card)),
            (Method::Post, ["print_jobs", job, "print"]) => Operation::Print(number(job)),
            (Method::Post, ["add_funds"]) => Operation::AddFunds,
            (Method::Get, ["print_jobs", job]) => Operation::Job(number(job)),
            // Lists of orders come by smaller pages.
            (Method::Get, ["print_jobs"]) if query.contains("page_size=100") => Operation::Cart,
            (Method::Get, ["financial_transactions"]) => Operation::Transactions,
            (Method::Patch, ["cards", card, "finalize"]) => Operation::Finalize(number(card)),
            (Method::Post, ["cards"]) => Operation::CreateCard,
            (Method::Patch, ["cards", card]) => Operation::UpdateCard(number(card)),
            (Method::Delete, ["cards", card]) => Operation::DeleteCard(number(card)),
            (Method::Get, ["cards", card]) if card.parse::<u64>().is_ok() => Operation::ShowCard(number(card)),
            (Method::Delete, ["addresses", address]) => Operation::DeleteAddress(number(address)),
            (Method::Delete, ["contacts", contact]) => Operation::DeleteContact(number(contact)),
            (Method::Patch, ["addresses", address]) => Operation::UpdateAddress(number(address)),
            (Method::Patch, ["contacts", contact]) => Operation::UpdateContact(number(contact)),
            (Method::Post, ["addresses"]) => Operation::CreateAddress,
            (Method::Post, ["contacts"]) => Operation::CreateContact,
            // What a person searches comes by smaller pages.
            (Method::Get, ["cards", ..]) if query.contains("page_size=40") => Operation::FindTwins,
            _ => Operation::Other,
        }
    }

    /// Whether money goes by it.
    pub(crate) fn charges(self) -> bool {
        matches!(self, Operation::Print(_) | Operation::AddFunds | Operation::Order)
    }
}
