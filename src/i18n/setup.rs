//! What stands over the attributes that cannot be used. What is said of each one is in `flaws.rs`, which comes later.

messages! {
    /// Around configuration errors.
    pub(crate) struct Setup {
        text title: "This card form is not set up correctly", "Este formulario no está bien configurado";
        text next: "The page's author can correct it:", "Quien hizo la página puede corregirlo:";
    }
}
