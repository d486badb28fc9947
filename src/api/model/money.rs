//! Amounts, and what they are for, as the server writes them.

/// An amount of money as the server writes it: `$5.50`, or `($5.50)` when negative, perhaps with commas between
/// thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount(pub String);

/// A line of a charge. Which members it has is not documented: each that is a text, a number or a truth value, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeItem {
    /// Names and values in the server's order.
    pub members: Vec<(String, String)>,
}
