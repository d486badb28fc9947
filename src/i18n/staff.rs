//! What is for a kiosk's staff.

messages! {
    /// Staff at a kiosk.
    pub(crate) struct Staff {
        text title: "For staff", "Para el personal";
        text hint: "Sign in with an account of this kiosk's organization.",
            "Inicia sesión con una cuenta de la organización de este puesto.";
        text back: "Back", "Volver";
        text stranger: "This account belongs to another organization.", "Esta cuenta es de otra organización.";
        text stranger_next: "Sign in with one of this kiosk's own.", "Inicia sesión con una de la de este puesto.";
        with wait(seconds): "Too many tries. You can try again in {seconds} seconds.",
            "Demasiados intentos. Podrás volver a intentarlo en {seconds} segundos.";
        with closes(seconds): "Without a touch this closes in {seconds} seconds.",
            "Si no se toca nada, esto se cierra en {seconds} segundos.";

        text panel: "This kiosk", "Este puesto";
        text version: "Version", "Versión";
        text server: "Server", "Servidor";
        text idle: "Asks whether one is still there after", "Pregunta si sigue ahí alguien tras";
        with seconds(count): "{count} seconds", "{count} segundos";
        text served: "Cards finished since the start", "Tarjetas terminadas desde el inicio";
        text abandoned: "Begun and left", "Empezadas y abandonadas";
        text unsettled: "Drafts still to be deleted", "Borradores por borrar";

        text camera: "Camera", "Cámara";
        text any_camera: "Whichever there is", "La que haya";
        text gone: "The chosen camera is not there. Another one is used until it is back.",
            "La cámara elegida no está. Se usa otra hasta que vuelva.";
        text test: "Test the camera", "Probar la cámara";
        text stop: "Turn the camera off", "Apagar la cámara";
        text view: "What the camera sees", "Lo que ve la cámara";
        text kept: "This camera is used from now on, after a restart too.",
            "Esta cámara se usa a partir de ahora, también tras reiniciar.";

        text device: "Enrolment at the gateway", "Alta en la pasarela";
        text by_page: "The page says itself that somebody is here (token, tokenProvider). This kiosk needs no key of its own.",
            "La página dice ella misma que hay alguien (token, tokenProvider). Este puesto no necesita una clave propia.";
        text not_enrolled: "This kiosk is not enrolled: nobody can make a card until it is.",
            "Este puesto no está dado de alta: nadie puede hacer una tarjeta hasta entonces.";
        with enrolled(name): "Enrolled as {name}.", "Dado de alta como {name}.";
        with revoked(name): "{name} was taken off the gateway's list, and nobody can make a card here. Enrol this kiosk again to go on.",
            "{name} ya no está en la lista de la pasarela y aquí nadie puede hacer una tarjeta. Vuelve a dar de alta este puesto para seguir.";
        with refused(name): "{name} is on the gateway's list, but what it signs is not taken. Is this machine's clock right, to the minute? The gateway's log says why.",
            "{name} está en la lista de la pasarela, pero lo que firma no se acepta. ¿Va bien el reloj de este equipo, al minuto? El registro de la pasarela dice el motivo.";
        text name: "Name of this kiosk", "Nombre de este puesto";
        text name_hint: "As you will know it in the list, up to 80 characters.", "Como lo reconocerás en la lista, hasta 80 caracteres.";
        text name_missing: "Give this kiosk a name.", "Pon un nombre a este puesto.";
        text name_long: "This name is longer than 80 characters.", "Este nombre tiene más de 80 caracteres.";
        text enrol: "Enrol this kiosk", "Dar de alta este puesto";
        text busy: "One moment…", "Un momento…";
        text revoke: "Revoke", "Dar de baja";
        with revoke_of(name): "Revoke {name}", "Dar de baja {name}";
        with revoke_ask(name): "Nobody can make a card at {name} any more until it is enrolled again. Whoever is there now loses theirs.",
            "Nadie podrá hacer una tarjeta en {name} hasta que se vuelva a dar de alta. Quien esté allí ahora pierde la suya.";
        text revoke_stay: "Keep it", "Dejarlo";
        text others: "Other kiosks", "Otros puestos";
        with since(when): "since {when}", "desde {when}";
        text no_devices: "This gateway enrols no kiosks. Its configuration needs [devices].",
            "Esta pasarela no da de alta puestos. A su configuración le falta [devices].";
        text insecure: "This page may not use keys, since it did not come by https.",
            "Esta página no puede usar claves, porque no llegó por https.";
        text insecure_next: "Open it by its https address.", "Ábrela por su dirección https.";
        text not_kept: "This browser does not keep a key.", "Este navegador no guarda claves.";
        text not_kept_next: "Use a window that is not private, and let the site store data.",
            "Usa una ventana que no sea privada y permite que el sitio guarde datos.";

        text close: "Close", "Cerrar";
        text leave: "Leave kiosk mode", "Salir del modo puesto";
        text left: "Kiosk mode is off", "El modo puesto está apagado";
        text left_about: "The screen is no longer locked, and nobody can make a card. Loading the page again starts it, too.",
            "La pantalla ya no está bloqueada y nadie puede hacer una tarjeta. Volver a cargar la página también lo inicia.";
        text begin: "Start kiosk mode", "Iniciar el modo puesto";
    }
}
