//! The sign-in form, as a screen and as the dialog that comes up when the token has expired.

messages! {
    /// Signing in.
    pub(crate) struct SignIn {
        text title: "Sign in to order cards", "Inicia sesión para pedir tarjetas";
        text hint: "Use your InstantCard account.", "Usa tu cuenta de InstantCard.";
        text again_title: "Sign in again", "Inicia sesión de nuevo";
        text again_hint: "Your session has expired. What you entered is still here.",
            "Tu sesión ha caducado. Lo que escribiste sigue aquí.";
        text email: "Email", "Correo electrónico";
        text password: "Password", "Contraseña";
        text show_password: "Show password", "Mostrar contraseña";
        text hide_password: "Hide password", "Ocultar contraseña";
        text submit: "Sign in", "Iniciar sesión";
        text busy: "Signing in…", "Iniciando sesión…";
        text email_missing: "Enter your email address.", "Escribe tu correo electrónico.";
        text email_wrong: "This does not look like an email address. Check it for a missing @.",
            "Esto no parece un correo electrónico. Comprueba si falta la @.";
        text password_missing: "Enter your password.", "Escribe tu contraseña.";
        text refused: "This email and password do not match an account. Check both and try again.",
            "Este correo y esta contraseña no corresponden a ninguna cuenta. Revísalos y vuelve a intentarlo.";
        text no_organization: "Your account names no organization. Ask the site's owner to set the organization.",
            "Tu cuenta no indica ninguna organización. Pide a quien lleva el sitio que la configure.";
        text no_access: "This page has not given you access yet.", "Esta página aún no te ha dado acceso.";
        text no_access_next: "Sign in to the site first, or reload the page.",
            "Inicia sesión primero en el sitio, o vuelve a cargar la página.";
        text forgotten: "Forgot your password?", "¿Has olvidado tu contraseña?";
        text forgotten_at: "https://online.instantcard.net", "https://online.instantcard.net";
        text not_started: "The next screen could not be loaded.", "No se pudo cargar la siguiente pantalla.";
    }
}
