//! What several screens say.

messages! {
    /// Words that several screens share.
    pub(crate) struct Common {
        text retry: "Try again", "Volver a intentarlo";
        text cancel: "Cancel", "Cancelar";
        text sign_out: "Sign out", "Cerrar sesión";
        text server_said: "The server says:", "El servidor dice:";
        text loading: "Loading…", "Cargando…";
        text waiting: "The server asks to wait. Then it goes on by itself.",
            "El servidor pide esperar. Después sigue solo.";
        text your_account: "Your account", "Tu cuenta";
    }
}
