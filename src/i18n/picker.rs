//! What an image field of a form says.

messages! {
    /// The photo field.
    pub(crate) struct Picker {
        text take: "Take photo", "Hacer foto";
        text sign: "Sign here", "Firmar aquí";
        text sign_again: "Sign again", "Firmar de nuevo";
        text choose: "Choose a photo", "Elige una foto";
        text change: "Change photo", "Cambiar foto";
        text choose_picture: "Choose a picture", "Elige una imagen";
        text change_picture: "Change picture", "Cambiar imagen";
        text adjust: "Adjust", "Ajustar";
        text drop_or_paste: "Or drop it here, or paste it.", "O suéltala aquí, o pégala.";
        text ask_staff: "Please ask the staff for help.", "Pide ayuda al personal.";
        text not_shown: "Chosen. It cannot be shown here.", "Elegida. Aquí no se puede mostrar.";
        text opening: "Opening the photo…", "Abriendo la foto…";
        text not_fetched: "The photo screen could not be loaded. Choose the photo again.",
            "No se pudo cargar la pantalla de la foto. Vuelve a elegir la foto.";
    }
}
