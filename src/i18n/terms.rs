//! Before a person's first photo: what they agree to, and what a good photo is like.

messages! {
    /// What stands before a photo.
    pub(crate) struct Terms {
        text read_more: "Read all of it (opens in a new tab)", "Leerlo entero (se abre en otra pestaña)";
        with not_usable(flaw): "This page's consent text cannot be used, so no photo can be taken. Tell the site's owner: {flaw}",
            "El texto de consentimiento de esta página no sirve, así que no se puede hacer una foto. Avisa a quien lleva el sitio: {flaw}";
        text not_object: "consent is to be an object with a text.", "consent tiene que ser un objeto con un texto (text).";
        text no_text: "consent.text is empty.", "consent.text está vacío.";
        with bad_link(link): "consent.link is no https address: {link}.", "consent.link no es una dirección https: {link}.";
        text not_flag: "consent.required is to be true or false.", "consent.required tiene que ser true o false.";
        with unknown(name): "consent.{name} is unknown. There are text, link and required.",
            "consent.{name} no existe. Hay text, link y required.";

        text rules: "A good photo", "Una buena foto";
        text good: "Straight to the camera, plain background", "De frente a la cámara, fondo liso";
        text turned: "Not turned to the side", "No de lado";
        text behind: "Nothing behind you", "Nada detrás de ti";
        text covered: "No hat, no sunglasses", "Sin gorro ni gafas de sol";
    }
}
