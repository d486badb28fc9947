//! The cart, and the way to it.

messages! {
    /// Where one can go in a portal.
    pub(crate) struct Places {
        text places: "Places", "Secciones";
        text make_card: "New card", "Nueva tarjeta";
        text cards: "Cards", "Tarjetas";
        text cart: "Cart", "Carrito";
        with cart_of(count): "Cart ({count})", "Carrito ({count})";
        text orders: "Orders", "Pedidos";
        text people: "People", "Personas";
        text account: "Account", "Cuenta";
        text sign_out_loses: "What you entered and did not save is lost when you sign out.",
            "Lo que has introducido sin guardar se pierde al cerrar la sesión.";
        text sign_out_stay: "Stay signed in", "Seguir con la sesión";
    }
}

messages! {
    /// The organization's open print jobs, as a list of cards.
    pub(crate) struct Cart {
        text title: "Cart", "Carrito";
        text hint: "Everybody in your organization sees this cart.", "Todas las personas de tu organización ven este carrito.";
        text one_card: "1 card", "1 tarjeta";
        with cards(count): "{count} cards", "{count} tarjetas";
        text one_copy: "1 copy", "1 copia";
        with copies(count): "{count} copies", "{count} copias";
        with summary(cards, copies): "{cards}, {copies} in all", "{cards}, {copies} en total";
        text empty: "Your cart is empty.", "Tu carrito está vacío.";
        text empty_next: "Make a card, or search for one that you have made before.",
            "Haz una tarjeta, o busca una que hayas hecho antes.";
        text nothing_readable: "There is nothing here that can be read.", "Aquí no hay nada que se pueda leer.";
        text in_doubt: "A part of the cart cannot be read. A card may be in it already, and be printed twice.",
            "Una parte del carrito no se puede leer. Una tarjeta puede estar ya en ella e imprimirse dos veces.";
        text list: "Cards in the cart", "Tarjetas del carrito";
        with copies_of(card): "Copies of {card}", "Copias de {card}";
        with fewer_of(card): "Fewer copies of {card}", "Menos copias de {card}";
        with more_of(card): "More copies of {card}", "Más copias de {card}";
        with wrong_copies(most): "Enter a number from 1 to {most}.", "Escribe un número del 1 al {most}.";
        with remove_of(card): "Remove {card}", "Quitar {card}";
        text remove: "Remove", "Quitar";
        with removed(card): "{card} is no longer in the cart.", "{card} ya no está en el carrito.";
        text undo: "Put it back", "Volver a ponerla";
        text saving: "Saving…", "Guardando…";
        text adding: "Adding…", "Añadiendo…";
        text not_changed: "This change did not reach the cart.", "Este cambio no llegó al carrito.";
        text leave: "Leave it as it was", "Dejarlo como estaba";
        text checkout: "Check out", "Tramitar el pedido";

        text add_to_cart: "Add to cart", "Añadir al carrito";
        with add_of(card): "Add to cart: {card}", "Añadir al carrito: {card}";
        text in_cart: "In the cart", "En el carrito";
        text is_in_cart: "The card is in the cart.", "La tarjeta está en el carrito.";
        text open_cart: "Open the cart", "Abrir el carrito";
        text gone: "This card no longer exists.", "Esta tarjeta ya no existe.";
        text gone_next: "It may have been deleted. Search for another one.", "Puede que se haya borrado. Busca otra.";
        text not_final: "The server does not take this card into an order.", "El servidor no acepta esta tarjeta en un pedido.";
        text not_final_next: "Only finalized cards can be printed. Finalize it first, then add it.",
            "Solo se imprimen tarjetas finalizadas. Finalízala primero y añádela después.";

        with twins(made, others): "Card {made} may have been created twice. The same details are on: {others}.",
            "La tarjeta {made} puede haberse creado dos veces. Los mismos datos están en: {others}.";
        text twins_next: "A browser can repeat a request by itself, or a colleague has made the same card. Put only one of them into \
            the cart; a draft that nobody orders costs nothing.",
            "Un navegador puede repetir una petición por sí solo, o alguien de tu organización hizo la misma tarjeta. Pon solo una \
            en el carrito; un borrador que nadie pide no cuesta nada.";
        with twin_here(other): "This may be the same card as {other}, which is in the cart too. If you want it once, remove one.",
            "Puede ser la misma tarjeta que la {other}, que también está en el carrito. Si solo quieres una, quita la otra.";

        text search_title: "Add a card", "Añadir una tarjeta";
        text search_label: "Search your organization's cards", "Busca entre las tarjetas de tu organización";
        text search: "Search", "Buscar";
        text searching: "Searching…", "Buscando…";
        text results: "Cards found", "Tarjetas encontradas";
        with found_none(term): "No card matches “{term}”. Check the spelling, or search for a part of it.",
            "Ninguna tarjeta coincide con «{term}». Revisa la ortografía o busca solo una parte.";
        text no_cards: "Your organization has no cards yet.", "Tu organización todavía no tiene tarjetas.";
        text more: "Show more", "Mostrar más";
    }
}
