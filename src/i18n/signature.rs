//! What is said while one signs.

messages! {
    /// The signature pad.
    pub(crate) struct Signature {
        text title: "Sign", "Firma";
        text hint: "Sign on the line.", "Firma sobre la línea.";
        text pad: "Signature pad", "Recuadro de firma";
        text typed: "Or type your name", "O escribe tu nombre";
        text undo: "Undo", "Deshacer";
        text clear: "Clear", "Borrar";
        text use_signature: "Use signature", "Usar firma";
        text choose_file: "Choose a file instead", "Elegir un archivo";
        text cancel: "Cancel", "Cancelar";
        text empty: "There is no signature yet. Sign above, or type your name.",
            "Todavía no hay firma. Firma arriba o escribe tu nombre.";
        text scrambled: "This browser does not let a typed name become a picture. Sign on the line instead.",
            "Este navegador no deja convertir en imagen un nombre escrito. Firma sobre la línea.";
        text not_made: "The signature could not be prepared. Try again.",
            "No se pudo preparar la firma. Vuelve a intentarlo.";
    }
}
