//! Account.

messages! {
    /// Account.
    pub(crate) struct Account {
        text title: "Account", "Cuenta";
    }
}
