//! At a kiosk: what strangers read, one after another.

messages! {
    /// The screen at which nobody is, and what is said around the screens of a journey.
    pub(crate) struct Kiosk {
        text title: "Make your ID card", "Haz tu tarjeta";
        text about: "It takes a few minutes: your details, a photo, and a look at the card.",
            "Son unos minutos: tus datos, una foto y un vistazo a la tarjeta.";
        text start: "Touch to start", "Toca para empezar";
        text opening: "One moment…", "Un momento…";
        text closed: "Back soon", "Volvemos enseguida";
        text closed_about: "This kiosk is out of order for a moment. It goes on by itself.",
            "Este puesto no funciona por un momento. Seguirá solo.";

        text out: "This kiosk is not in service", "Este puesto está fuera de servicio";
        text out_about: "Please use another one, or ask the staff.", "Usa otro puesto, por favor, o pregunta al personal.";
        text out_amid: "Your card was not finished, and nothing of it stays here. Please use another one, or ask the staff.",
            "Tu tarjeta no se ha terminado y aquí no queda nada de ella. Usa otro puesto, por favor, o pregunta al personal.";
        text refused: "The gateway does not accept this kiosk. Staff see why behind its first screen, and enrol it again.",
            "La pasarela no acepta este puesto. El personal ve el motivo tras su primera pantalla y lo vuelve a dar de alta.";
        text not_enrolled: "This kiosk is not enrolled at its gateway. Staff do that behind its first screen.",
            "Este puesto no está dado de alta en su pasarela. El personal lo hace tras su primera pantalla.";

        text start_over: "Start over", "Empezar de nuevo";
        text ask_title: "Start over?", "¿Empezar de nuevo?";
        text ask_about: "Everything that you have entered here will be deleted.",
            "Se borrará todo lo que has introducido aquí.";
        text ask_leave: "Delete everything", "Borrarlo todo";
        text ask_stay: "Go on with my card", "Seguir con mi tarjeta";

        text warning_title: "Are you still there?", "¿Sigues ahí?";
        text warning_about: "If not, everything that you have entered is deleted when the time is up.",
            "Si no, cuando se acabe el tiempo se borra todo lo que has introducido.";
        with warning_left(seconds): "If not, everything that you have entered is deleted in {seconds} seconds.",
            "Si no, todo lo que has introducido se borra en {seconds} segundos.";
        text still_here: "I am still here", "Sigo aquí";

        text covered_title: "Please wait", "Espera, por favor";
        text covered_about: "A card is being finished. Then this kiosk is ready for you.",
            "Se está terminando una tarjeta. Después, este puesto estará libre.";

        with thanks(seconds): "Thank you! This screen closes in {seconds} seconds.",
            "¡Gracias! Esta pantalla se cierra en {seconds} segundos.";
        text finish: "Finish", "Terminar";

        text tries_again: "There is no connection. What you have entered stays here, and it is tried again by itself.",
            "No hay conexión. Lo que has introducido sigue aquí, y se vuelve a intentar solo.";
        text hint_template: "Touch the card that you want.", "Toca la tarjeta que quieres.";
        text hint_details: "Touch a field and type. Then look at your card.",
            "Toca un campo y escribe. Después, mira tu tarjeta.";
        text hint_camera: "Stand before the camera and touch “Take photo”.",
            "Ponte delante de la cámara y toca «Hacer foto».";
        text hint_photo: "Move the frame until your face is in it.", "Mueve el marco hasta que tu cara esté dentro.";
        text hint_signature: "Sign with your finger.", "Firma con el dedo.";
        text hint_delivery: "Say where your card is to be mailed.", "Di adónde hay que enviar tu tarjeta.";
        text hint_preview: "Is everything right? Then go on.", "¿Está todo bien? Entonces sigue adelante.";
    }
}
