//! What is said while a photo is opened and cropped.

messages! {
    /// What is wrong with a photo, and the crop screen.
    pub(crate) struct Photo {
        text empty: "This file is empty. Choose another one.", "Este archivo está vacío. Elige otro.";
        text unreadable:
            "The file could not be read. Check that it is still in its place, and choose it again.",
            "No se pudo leer el archivo. Comprueba que sigue en su sitio y vuelve a elegirlo.";
        text not_an_image:
            "This file is not a photo. Choose a JPEG or PNG file.",
            "Este archivo no es una foto. Elige un archivo JPEG o PNG.";
        with unsupported(format):
            "Your browser cannot open {format} photos. Save it as JPEG, and choose that file.",
            "Tu navegador no puede abrir fotos {format}. Guárdala como JPEG y elige ese archivo.";
        text truncated:
            "The end of this photo is missing. Download or copy it again, and choose the new file.",
            "A esta foto le falta el final. Descárgala o cópiala otra vez y elige el archivo nuevo.";
        text damaged:
            "This photo is damaged and could not be opened. Choose another one.",
            "Esta foto está dañada y no se pudo abrir. Elige otra.";
        text file_too_large:
            "This file is larger than 40 MB. Choose a smaller one.",
            "Este archivo ocupa más de 40 MB. Elige uno más pequeño.";
        text too_many_pixels:
            "This photo is too large for this device. Choose one under 120 megapixels, or make it smaller first.",
            "Esta foto es demasiado grande para este dispositivo. Elige una de menos de 120 megapíxeles o redúcela antes.";
        text not_encoded:
            "The photo could not be prepared, perhaps for lack of memory. Close other tabs and try again.",
            "No se pudo preparar la foto, quizá por falta de memoria. Cierra otras pestañas e inténtalo de nuevo.";
        text scrambled:
            "This browser scrambles pictures to protect your privacy, and would spoil the photo. Let this site read canvases (beside the address) and try again, use another browser, or choose a JPEG under 300 KB that needs no cropping.",
            "Este navegador desordena las imágenes para proteger tu privacidad y estropearía la foto. Permite que este sitio lea los lienzos (canvas, junto a la dirección) y vuelve a intentarlo, usa otro navegador o elige un JPEG de menos de 300 KB que no haya que recortar.";

        text title: "Adjust the photo", "Ajusta la foto";
        text use_photo: "Use photo", "Usar foto";
        text retake: "Take another", "Hacer otra";
        text cancel: "Cancel", "Cancelar";
        text preparing: "Preparing the photo…", "Preparando la foto…";
        text frame: "Crop frame", "Marco de recorte";
        text frame_help:
            "Drag the frame over the part you want on the card; drag a corner to resize it.",
            "Arrastra el marco sobre la parte que irá en la tarjeta; arrastra una esquina para cambiar su tamaño.";
        text frame_keys:
            "With the keyboard: arrows move it, with Shift further; + and - zoom.",
            "Con el teclado: las flechas lo mueven, con Mayús más lejos; + y - acercan y alejan.";
        with frame_at(left, top, width):
            "{left} % from the left, {top} % from the top, {width} % wide",
            "{left} % desde la izquierda, {top} % desde arriba, {width} % de ancho";
        text rotate_left: "Rotate left", "Girar a la izquierda";
        text rotate_right: "Rotate right", "Girar a la derecha";
        text flip: "Flip horizontally", "Voltear horizontalmente";
        text undo: "Undo", "Deshacer";
        text reset: "Reset", "Restablecer";
        text original: "Original", "Original";
        text zoom: "Zoom", "Zoom";
        text straighten: "Straighten", "Enderezar";
        text tone: "Brightness and contrast", "Brillo y contraste";
        text brightness: "Brightness", "Brillo";
        text contrast: "Contrast", "Contraste";

        text placed: "The frame was placed around the face.", "El marco se colocó alrededor de la cara.";
        text placed_one: "Several faces were found; the frame was placed around one of them.",
            "Se encontraron varias caras; el marco se colocó alrededor de una de ellas.";
        text private: "Faces are found on this device; the photo leaves it only when you save the card.",
            "Las caras se buscan en este dispositivo; la foto solo sale de él al guardar la tarjeta.";
        with done(action): "{action}: done.", "{action}: hecho.";
        text no_face:
            "No face was found in the frame. Make sure the whole face is visible and facing the camera.",
            "No se encontró ninguna cara en el marco. Comprueba que se vea entera y de frente.";
        text several_faces:
            "More than one face was found in the frame. An ID photo shows one person.",
            "Se encontró más de una cara en el marco. Una foto de identificación muestra a una sola persona.";
        with too_small(has, needs):
            "What is in the frame is {has} pixels wide; a sharp print needs {needs}. Make the frame larger, or use a larger photo.",
            "Lo que queda en el marco mide {has} píxeles de ancho; una impresión nítida necesita {needs}. Agranda el marco o usa una foto más grande.";
        text blurred:
            "The photo looks blurred. Try one that is in focus, taken with a steady hand.",
            "La foto parece borrosa. Prueba con una enfocada y hecha con pulso firme.";
        text too_dark:
            "The photo looks too dark. Face a window or a lamp and take it again, or raise the brightness.",
            "La foto parece demasiado oscura. Ponte frente a una ventana o una lámpara y vuelve a hacerla, o sube el brillo.";
        text too_bright:
            "The photo looks too bright. Turn away from the light and take it again, or lower the brightness.",
            "La foto parece demasiado clara. Apártate de la luz y vuelve a hacerla, o baja el brillo.";
    }
}
