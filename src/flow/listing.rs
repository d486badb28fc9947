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
}

/// How many entries of each list are left out.
pub type LeftOut = [u32; Listing::Transactions as usize + 1];
