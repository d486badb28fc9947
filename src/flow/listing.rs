//! The server's lists, of which entries may have to be left out.

/// A list of which entries may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// The templates.
    Templates,
    /// The cards that a search has found.
    Found,
    /// The print jobs that are the cart.
    Cart,
    /// The saved addresses.
    Addresses,
    /// Who carries orders.
    Providers,
    /// The orders.
    Submitted,
    /// The orders that are still in the cart.
    Open,
    /// The account's movements.
    Transactions,
    /// All cards.
    Register,
    /// The contacts.
    Contacts,
}

impl Listing {
    /// So many lists there are.
    pub(super) const COUNT: u32 = Listing::Contacts as u32 + 1;
}
