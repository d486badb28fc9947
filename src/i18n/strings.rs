//! What a page's author is told when the words that the page gives cannot be used.

messages! {
    /// Words of the page's own.
    pub(crate) struct Strings {
        text not_texts: "strings must be an object whose members are texts. docs/strings.md lists them.",
            "strings debe ser un objeto cuyos miembros son textos. La lista está en docs/strings.md.";
        with not_text(key): "strings: what “{key}” is to say must be a text, and not an empty one.",
            "strings: lo que debe decir «{key}» tiene que ser un texto, y no vacío.";
        with unknown(key): "strings: there is no text “{key}”. docs/strings.md lists them.",
            "strings: no hay ningún texto «{key}». La lista está en docs/strings.md.";
        with lacks(key, place): "strings: “{key}” must have {place} in it.", "strings: en «{key}» debe estar {place}.";
        with unknown_place(key, place): "strings: nothing takes the place {place} in “{key}”.",
            "strings: nada ocupa el lugar {place} en «{key}».";
    }
}
