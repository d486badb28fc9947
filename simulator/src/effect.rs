//! What a call has made of something that was there: held against what somebody has asked for.

use instant_card::flow::people::Subject;
use sandbox::door::Door;

use crate::operation::Operation;

/// Something that can be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    Card(u64),
    Address(u64),
    Contact(u64),
}

impl Thing {
    /// What a call would delete.
    pub(crate) fn deleted_by(operation: Operation) -> Option<Thing> {
        match operation {
            Operation::DeleteCard(card) => Some(Thing::Card(card)),
            Operation::DeleteAddress(address) => Some(Thing::Address(address)),
            Operation::DeleteContact(contact) => Some(Thing::Contact(contact)),
            _ => None,
        }
    }

    /// Whether the server has it.
    pub(crate) fn is_there(self, door: &Door) -> bool {
        match self {
            Thing::Card(id) => door.card(id).is_some(),
            Thing::Address(id) => door.addresses().any(|address| address.id == id),
            Thing::Contact(id) => door.contacts().any(|contact| contact.id == id),
        }
    }
}

/// A field of a card: what it is called, what stood there before, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) token: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// What became of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It was a draft before.
    Finalized(u64),
    Deleted(Thing),
    /// What of a card is otherwise than it was.
    Changed(u64, Vec<Written>),
}

/// How something was before a call that may change it.
pub(crate) enum Before {
    Draft(u64),
    There(Thing),
    Texts(u64, Vec<(String, String)>),
}

impl Before {
    pub(crate) fn of(door: &Door, operation: Operation) -> Option<Before> {
        if let Some(thing) = Thing::deleted_by(operation) {
            return thing.is_there(door).then_some(Before::There(thing));
        }
        match operation {
            Operation::Finalize(id) => door.card(id).filter(|card| !card.finalized).map(|_| Before::Draft(id)),
            Operation::UpdateCard(id) => Some(Before::Texts(id, texts(door, id))),
            _ => None,
        }
    }

    /// What has become of it.
    pub(crate) fn effect(self, door: &Door) -> Option<Effect> {
        match self {
            Before::Draft(id) => door.card(id).filter(|card| card.finalized).map(|_| Effect::Finalized(id)),
            Before::There(thing) => (!thing.is_there(door)).then_some(Effect::Deleted(thing)),
            Before::Texts(id, before) => {
                let now = texts(door, id);
                let of = |list: &[(String, String)], token: &str| {
                    let text = list.iter().find(|(known, _)| known == token).map(|(_, text)| text.trim().to_owned());
                    text.unwrap_or_default()
                };
                let gone = before.iter().filter(|(token, _)| !now.iter().any(|(known, _)| known == token));
                let all = now.iter().chain(gone).map(|(token, _)| Written {
                    token: token.clone(),
                    before: of(&before, token),
                    after: of(&now, token),
                });
                let changed: Vec<Written> = all.filter(|written| written.before != written.after).collect();
                (!changed.is_empty()).then_some(Effect::Changed(id, changed))
            }
        }
    }
}

fn texts(door: &Door, id: u64) -> Vec<(String, String)> {
    let own = |(token, text): &(&str, &str)| ((*token).to_owned(), (*text).to_owned());
    door.card(id).map(|card| card.texts.iter().map(own).collect()).unwrap_or_default()
}

/// What can be deleted of people and places.
pub(crate) fn thing(subject: Subject) -> Option<Thing> {
    match subject {
        Subject::Address(id) => id.map(|id| Thing::Address(id.0)),
        Subject::Contact(id) => id.map(|id| Thing::Contact(id.0)),
    }
}
