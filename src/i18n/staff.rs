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

        text close: "Close", "Cerrar";
        text leave: "Leave kiosk mode", "Salir del modo puesto";
        text left: "Kiosk mode is off", "El modo puesto está apagado";
        text left_about: "The screen is no longer locked, and nobody can make a card. Loading the page again starts it, too.",
            "La pantalla ya no está bloqueada y nadie puede hacer una tarjeta. Volver a cargar la página también lo inicia.";
        text begin: "Start kiosk mode", "Iniciar el modo puesto";
    }
}
