//! Check out.

messages! {
    /// Check out.
    pub(crate) struct Checkout {
        text title: "Check out", "Tramitar el pedido";
    }
}
