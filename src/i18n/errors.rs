//! What went wrong with a call, in one sentence that says what happened and one that says what to do.

messages! {
    /// Errors of the API and of the way to it.
    pub(crate) struct Errors {
        text unauthorized: "The server does not accept your sign-in any more.", "El servidor ya no acepta tu sesión.";
        text unauthorized_next: "Sign in again and go on where you were.",
            "Inicia sesión de nuevo y sigue donde estabas.";
        text dismissed: "You are not signed in.", "No has iniciado sesión.";
        text dismissed_next: "Try again to sign in. What you entered is still here.",
            "Vuelve a intentarlo para iniciar sesión. Lo que escribiste sigue aquí.";
        text refused: "The server did not accept this.", "El servidor no aceptó esto.";
        text refused_next: "Correct what it names and try again.", "Corrige lo que indica y vuelve a intentarlo.";
        text not_found: "The server does not know this.", "El servidor no conoce esto.";
        text not_found_next: "It may have been deleted. Go back and try again.",
            "Puede que se haya borrado. Vuelve atrás e inténtalo de nuevo.";
        with unknown_organization(id): "The server does not know the organization {id}, or your account does not belong to it.",
            "El servidor no conoce la organización {id}, o tu cuenta no pertenece a ella.";
        text unknown_organization_next: "Check the number in the page's organization-id, or sign in with another account.",
            "Revisa el número en el organization-id de la página, o entra con otra cuenta.";
        text server: "The server has a problem of its own right now.", "El servidor tiene ahora un problema propio.";
        text server_next: "What you entered is still here. Wait a moment and try again.",
            "Lo que escribiste sigue aquí. Espera un momento y vuelve a intentarlo.";
        with gateway_next(status): "Something before it answered with status {status}. Wait a moment and try again.",
            "Algo delante de él respondió con el estado {status}. Espera un momento y vuelve a intentarlo.";
        text sign_in_page: "A sign-in page stands between this page and the card server.",
            "Entre esta página y el servidor de tarjetas hay otra página de inicio de sesión.";
        text sign_in_page_next: "Open this site in a new tab, sign in there, and try again here. If it stays so, tell the site's owner.",
            "Abre este sitio en otra pestaña, inicia sesión allí y vuelve a intentarlo aquí. Si sigue igual, avisa a quien lleva el sitio.";
        with gate(status): "Something between this page and the card server answered in its place, with status {status}.",
            "Algo entre esta página y el servidor de tarjetas respondió en su lugar, con el estado {status}.";
        text too_large: "Something between this page and the card server does not let so much through.",
            "Algo entre esta página y el servidor de tarjetas no deja pasar tanto.";
        with too_large_next(kilobytes): "For the site's owner: {kilobytes} KB were sent and refused with status 413. The limit for uploads must be higher.",
            "Para quien lleva el sitio: se enviaron {kilobytes} KB y se rechazaron con el estado 413. El límite de subida debe ser mayor.";
        text busy: "Too much was asked of the server at once.", "Se le pidió demasiado al servidor a la vez.";
        with busy_next(seconds): "Wait {seconds} seconds and try again.",
            "Espera {seconds} segundos y vuelve a intentarlo.";
        text unreachable: "The card server cannot be reached.", "No se puede llegar al servidor de tarjetas.";
        text unreachable_next: "Check your connection. If that is fine, the server does not allow this site (CORS): the site's owner can set a proxy.",
            "Revisa tu conexión. Si está bien, el servidor no permite este sitio (CORS): quien lleva el sitio puede configurar un proxy.";
        with timed_out(seconds): "The server did not answer within {seconds} seconds.",
            "El servidor no respondió en {seconds} segundos.";
        text timed_out_next: "What you entered is still here. Try again.", "Lo que escribiste sigue aquí. Vuelve a intentarlo.";
        with provider_silent(seconds): "This page did not pass on your sign-in within {seconds} seconds.",
            "Esta página no transmitió tu sesión en {seconds} segundos.";
        text again_or_owner: "Try again. If it stays so, tell the site's owner.",
            "Vuelve a intentarlo. Si sigue igual, avisa a quien lleva el sitio.";
        text undecodable: "The server's answer could not be understood.", "No se pudo entender la respuesta del servidor.";
        with undecodable_next(operation, field): "Try again. If it stays so, tell the site's owner: {operation}, {field}.",
            "Vuelve a intentarlo. Si sigue igual, avisa a quien lleva el sitio: {operation}, {field}.";
        text one_left_out: "One entry of this list cannot be read and is left out.",
            "Una entrada de esta lista no se puede leer y se ha omitido.";
        with left_out(count): "{count} entries of this list cannot be read and are left out.",
            "{count} entradas de esta lista no se pueden leer y se han omitido.";
        text payment_proxy: "A payment is not sent through this page's proxy.",
            "Un pago no se envía a través del proxy de esta página.";
        text payment_proxy_next: "The site's owner can set a proxy that stands in for the server's address.",
            "Quien lleva el sitio puede configurar un proxy que sustituya la dirección del servidor.";
    }
}
