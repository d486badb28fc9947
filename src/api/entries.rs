//! Lists of which an entry may be unreadable: it takes nothing with it but itself.

use super::error::Error;
use super::json::{Flaw, Node};

/// What could be read of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<T> {
    /// The entries, in the server's order.
    pub items: Vec<T>,
    /// How many there are beside them that cannot be read: without a number of their own, or of another kind.
    pub left_out: u32,
}

/// A list of which everything can be read.
impl<T> From<Vec<T>> for Entries<T> {
    fn from(items: Vec<T>) -> Entries<T> {
        Entries { items, left_out: 0 }
    }
}

impl<T> Entries<T> {
    /// All of the list, where a part of it proves nothing.
    ///
    /// # Errors
    /// [`Error::Undecodable`] where an entry was left out.
    pub fn whole(self) -> Result<Vec<T>, Error> {
        match self.left_out {
            0 => Ok(self.items),
            _ => Err(Error::Undecodable { operation: "list", field: "entry".to_owned() }),
        }
    }
}

/// The entries of a list that has to be there, as far as they can be read.
pub(super) fn entries<T>(node: &Node<'_>, read: fn(&Node<'_>) -> Result<T, Flaw>) -> Result<Entries<T>, Flaw> {
    let all = node.list()?;
    let mut items = Vec::with_capacity(all.len());
    for json in all {
        if let Ok(item) = read(&Node::root(json)) {
            items.push(item);
        }
    }
    let left_out = (all.len() - items.len()) as u32;
    Ok(Entries { items, left_out })
}
