//! Add funds.

messages! {
    /// Add funds.
    pub(crate) struct Funds {
        text title: "Add funds", "Añadir fondos";
    }
}
