//! What is said while a photo is taken with a camera.

messages! {
    /// The camera screen.
    pub(crate) struct Camera {
        text title: "Take a photo", "Haz una foto";
        text asking: "Allow the camera in your browser's question.", "Permite la cámara en la pregunta de tu navegador.";
        text live: "Fit your head and shoulders into the outline.", "Encaja la cabeza y los hombros en el contorno.";
        text one_person: "Only one person should be in the photo.", "En la foto solo debe haber una persona.";
        text closer: "Move closer.", "Acércate.";
        text back: "Move back a little.", "Aléjate un poco.";
        text centre: "Move to the middle of the outline.", "Colócate en el centro del contorno.";
        text good: "That's good. Hold still.", "Así está bien. No te muevas.";
        text paused: "The camera is off while this page is out of sight.",
            "La cámara está apagada mientras no se ve esta página.";
        text view: "Camera picture", "Imagen de la cámara";
        text shutter: "Take photo", "Hacer foto";
        text stay: "Stop the countdown", "Parar la cuenta atrás";
        text timer: "Countdown", "Cuenta atrás";
        text timer_none: "None", "Ninguna";
        with timer_seconds(seconds): "{seconds} seconds", "{seconds} segundos";
        text camera: "Camera", "Cámara";
        with camera_number(number): "Camera {number}", "Cámara {number}";
        text flip: "Switch camera", "Cambiar de cámara";
        text torch: "Light", "Luz";
        text choose_file: "Choose a file instead", "Elegir un archivo";
        text cancel: "Cancel", "Cancelar";
        text private: "The picture stays on this device until you save the card; the help with your position runs on this device, too.",
            "La imagen no sale de este dispositivo hasta que guardes la tarjeta; la ayuda para colocarte también funciona en este dispositivo.";
        text not_taken: "The picture could not be taken. Try again.", "No se pudo hacer la foto. Vuelve a intentarlo.";

        text ask_staff: "Please ask the staff for help.", "Pide ayuda al personal.";
        text denied: "This site may not use the camera.", "Este sitio no puede usar la cámara.";
        text denied_chrome: "Click the camera or the icon before the address, allow the camera, and try again.",
            "Pulsa la cámara o el icono delante de la dirección, permite la cámara y vuelve a intentarlo.";
        text denied_firefox: "Click the crossed-out camera before the address, remove the block, and try again.",
            "Pulsa la cámara tachada delante de la dirección, quita el bloqueo y vuelve a intentarlo.";
        text denied_safari: "Open “Settings for this website” in the Safari menu, allow the camera, and try again.",
            "Abre «Ajustes para este sitio web» en el menú Safari, permite la cámara y vuelve a intentarlo.";
        text denied_ios: "Tap the button beside the address, then “Website Settings”, allow the camera, and try again.",
            "Toca el botón junto a la dirección, luego «Ajustes del sitio web», permite la cámara y vuelve a intentarlo.";
        text denied_other: "Allow the camera for this site in your browser's settings, and try again.",
            "Permite la cámara para este sitio en los ajustes de tu navegador y vuelve a intentarlo.";
        text in_app: "You see this page inside of another app. Open it in Safari or Chrome, and take the photo there.",
            "Estás viendo esta página dentro de otra aplicación. Ábrela en Safari o Chrome y haz allí la foto.";
        text dismissed: "The browser's question about the camera was closed.",
            "Se cerró la pregunta del navegador sobre la cámara.";
        text dismissed_next: "Try again, and choose “Allow”.", "Vuelve a intentarlo y elige «Permitir».";
        text no_camera: "No camera was found.", "No se encontró ninguna cámara.";
        text no_camera_next: "Connect one and try again, or choose a photo from your files.",
            "Conecta una y vuelve a intentarlo, o elige una foto de tus archivos.";
        text system: "Your device's own settings keep this browser from the camera.",
            "Los ajustes de tu dispositivo no dejan que este navegador use la cámara.";
        with system_next(place): "Allow it there ({place}), and try again.",
            "Permítelo allí ({place}) y vuelve a intentarlo.";
        text place: "Settings › Privacy & Security › Camera", "Ajustes › Privacidad y seguridad › Cámara";
        text place_android: "Settings › Apps › this browser › Permissions",
            "Ajustes › Aplicaciones › este navegador › Permisos";
        text place_other: "the system's privacy settings", "los ajustes de privacidad del sistema";
        text in_use: "The camera is there, but it gives no picture.", "La cámara está ahí, pero no da imagen.";
        with in_use_next(place): "Close other programs that may use it (a video call, perhaps), look whether the system allows it ({place}), and try again.",
            "Cierra otros programas que puedan usarla (quizá una videollamada), mira si el sistema la permite ({place}) y vuelve a intentarlo.";
        text timed_out: "The camera did not start in time.", "La cámara no se encendió a tiempo.";
        text timed_out_next: "Unplug it and plug it in again, or restart the browser, and try again.",
            "Desconéctala y vuelve a conectarla, o reinicia el navegador, y vuelve a intentarlo.";
        text insecure: "Browsers give the camera to secure pages only (https).",
            "Los navegadores solo dan la cámara a páginas seguras (https).";
        text insecure_next: "Choose a photo from your files, or tell the site's owner.",
            "Elige una foto de tus archivos, o avisa a quien lleva el sitio.";
        text blocked: "This page does not let the card form use the camera.",
            "Esta página no deja que el formulario use la cámara.";
        text blocked_next: "Choose a photo from your files. The site's owner can allow the camera: Permissions-Policy, or allow=\"camera\" on a frame.",
            "Elige una foto de tus archivos. Quien lleva el sitio puede permitir la cámara: Permissions-Policy, o allow=\"camera\" en un marco.";
        text unplugged: "The camera was disconnected.", "La cámara se desconectó.";
        text unplugged_next: "Connect it again and try again, or choose a photo from your files.",
            "Vuelve a conectarla e inténtalo de nuevo, o elige una foto de tus archivos.";
        text unsupported: "This browser has no way to a camera.", "Este navegador no puede usar una cámara.";
        text unsupported_next: "Choose a photo from your files, or use another browser.",
            "Elige una foto de tus archivos, o usa otro navegador.";
        text failed: "The camera could not be started.", "No se pudo encender la cámara.";
        text failed_next: "Try again, or choose a photo from your files.",
            "Vuelve a intentarlo, o elige una foto de tus archivos.";
    }
}
