//! What the page gives for cards: what stands in the form of it, and what its author is told where it cannot be used.

messages! {
    /// Fields that are the page's, and what is wrong with what it gives.
    pub(crate) struct Given {
        text filled_in: "Filled in for you. It cannot be changed here.",
            "Ya está completado. Aquí no se puede cambiar.";
        text empty: "Nothing is needed here.", "Aquí no hace falta nada.";
        text only_with_order: "shippingAddress works only together with ends-with=\"order\".",
            "shippingAddress solo funciona junto con ends-with=\"order\".";
        with not_used(why): "The picture that this page gave cannot be used. {why} You can choose another one.",
            "La imagen que dio esta página no se puede usar. {why} Puedes elegir otra.";
        text no_address: "It gave an address, and nothing is fetched from one.",
            "Dio una dirección, y no se descarga nada de ninguna.";
        text there: "The card has a picture that cannot be shown here. It stays unless you choose another one.",
            "La tarjeta tiene una imagen que aquí no se puede mostrar. Se queda, si no eliges otra.";
        text gone: "The card has lost its picture at the server. Choose it again.",
            "La tarjeta ha perdido su imagen en el servidor. Elígela de nuevo.";
        with gone_of(label): "The card has lost “{label}” at the server.", "La tarjeta ha perdido «{label}» en el servidor.";
        with no_card(id): "card-id=\"{id}\": the organization has no such card.",
            "card-id=\"{id}\": la organización no tiene esa tarjeta.";
        with foreign_card(id): "card-id=\"{id}\" is a card of another organization.",
            "card-id=\"{id}\" es una tarjeta de otra organización.";
        with other_template(id, template, wanted): "card-id=\"{id}\" is a card from the template {template}, and template-id=\"{wanted}\".",
            "card-id=\"{id}\" es una tarjeta de la plantilla {template}, y template-id=\"{wanted}\".";
        with no_object(place): "{place} must be an object with the fields' tokens, as the documentation says.",
            "{place} debe ser un objeto con los identificadores de los campos, como dice la documentación.";
        with no_truth(place): "{place} must be true or false.", "{place} debe ser true o false.";
        with no_member(place): "{place} is not known: a field has value, locked and hidden.",
            "{place} no se conoce: un campo tiene value, locked y hidden.";
        with no_field(place, known): "{place}: the template has no such field. It has: {known}.",
            "{place}: la plantilla no tiene ese campo. Tiene: {known}.";
        with no_text(place): "{place} is a field for a text, and something else is given for it.",
            "{place} es un campo de texto, y se le da otra cosa.";
        with no_picture(place): "{place} takes a picture as a Blob, a File or a data: URI. Nothing is fetched from an address.",
            "{place} admite una imagen como Blob, File o URI data:. No se descarga nada de una dirección.";
        with too_long(place, length, limit): "{place} has {length} characters, and a card holds {limit}.",
            "{place} tiene {length} caracteres y en una tarjeta caben {limit}.";
        with no_value(place): "{place} is locked or hidden and has no value, and the card needs one.",
            "{place} está bloqueado u oculto y no tiene valor, y la tarjeta lo necesita.";
    }
}
