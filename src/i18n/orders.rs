//! Orders.

messages! {
    /// Orders.
    pub(crate) struct Orders {
        text title: "Orders", "Pedidos";
    }
}
