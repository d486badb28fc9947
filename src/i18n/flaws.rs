//! What a page's author is told when an attribute has a value that cannot be used.

messages! {
    /// Configuration errors.
    pub(crate) struct Flaws {
        with not_url(attribute, value): "{attribute}=\"{value}\" is not a web address, nor a path that begins with a slash.",
            "{attribute}=\"{value}\" no es una dirección web, ni una ruta que empiece con una barra.";
        with not_https(attribute, value): "{attribute}=\"{value}\" must begin with https:// (http:// only on this machine).",
            "{attribute}=\"{value}\" debe empezar con https:// (http:// solo en esta máquina).";
        with extra_parts(attribute, value): "{attribute}=\"{value}\" must not hold a user name, a question mark or a hash.",
            "{attribute}=\"{value}\" no debe llevar nombre de usuario, signo de interrogación ni almohadilla.";
        with placeholder(attribute, value, place): "{attribute}=\"{value}\" may hold {place} once, in the path or the query of a proxy.",
            "{attribute}=\"{value}\" solo puede llevar {place} una vez, en la ruta o la consulta de un proxy.";
        with only_in_kiosk(attribute): "{attribute} is only for mode=\"kiosk\".", "{attribute} es solo para mode=\"kiosk\".";
        with not_number(attribute, value): "{attribute}=\"{value}\" must be a whole number above zero.",
            "{attribute}=\"{value}\" debe ser un número entero mayor que cero.";
        with needs(attribute, other): "{attribute} works only together with {other}.",
            "{attribute} solo funciona junto con {other}.";
        with not_with(attribute, other): "{attribute} does nothing beside {other}, which stands in its place.",
            "{attribute} no hace nada junto a {other}, que ocupa su lugar.";
        with not_one_of(attribute, value, choices): "{attribute}=\"{value}\" must be one of: {choices}.",
            "{attribute}=\"{value}\" debe ser uno de estos: {choices}.";
    }
}
