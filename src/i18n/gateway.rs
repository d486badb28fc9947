//! What is said of a gateway.

messages! {
    /// A site's own gateway.
    pub(crate) struct Gateway {
        text away_next: "Check your connection. If that is fine, the gateway is away or does not allow this site: the site's owner can look whether it runs, and at its origins.",
            "Revisa tu conexión. Si está bien, la pasarela no responde o no permite este sitio: quien lleva el sitio puede mirar si funciona y sus origins.";
    }
}
