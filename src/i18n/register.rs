//! All cards of the organization, and one of them.

messages! {
    /// The list of all cards, and the page of one.
    pub(crate) struct Register {
        text title: "Cards", "Tarjetas";
        text hint: "Every card of your organization, drafts too.", "Todas las tarjetas de tu organización, también los borradores.";
        text search: "Search cards", "Buscar tarjetas";
        text search_help: "By name, number, or any text on the card. Your browser's own search sees only the cards on the screen.",
            "Por nombre, número o cualquier texto de la tarjeta. La búsqueda del navegador solo ve las tarjetas en pantalla.";
        text which: "Which cards", "Qué tarjetas";
        text all: "All", "Todas";
        text waiting: "Waiting", "Pendientes";
        text in_cart: "In the cart", "En el carrito";
        text ordered: "Ordered", "Pedidas";
        text template: "Template", "Plantilla";
        text any_template: "Any template", "Cualquier plantilla";
        text order: "Sort by", "Ordenar por";
        text by_number: "Newest first", "Más recientes primero";
        text by_name: "Name", "Nombre";
        text by_printed: "Last printed", "Última impresión";
        text list: "Cards", "Tarjetas";
        text shown_as: "Show as", "Mostrar como";
        text as_list: "List", "Lista";
        text as_faces: "Faces", "Tarjetas";
        text reading: "Reading the cards…", "Leyendo las tarjetas…";
        with among(read, all): "Sorted among the {read} of {all} cards that have been read so far.",
            "Ordenadas entre las {read} de {all} tarjetas leídas hasta ahora.";
        with among_read(read): "Sorted among the {read} cards that have been read so far.",
            "Ordenadas entre las {read} tarjetas leídas hasta ahora.";
        with shown_of(shown, all): "{shown} of {all} cards", "{shown} de {all} tarjetas";
        text asking: "Asking the server too…", "Preguntando también al servidor…";
        text not_read: "Not all cards could be read.", "No se pudieron leer todas las tarjetas.";
        text not_asked: "The server could not be asked. What has been read already was searched.",
            "No se pudo preguntar al servidor. Se buscó en lo ya leído.";
        text none: "No card matches.", "Ninguna tarjeta coincide.";
        text none_next: "Look for another text, or look at all cards.", "Busca otro texto, o mira todas las tarjetas.";
        text none_so_far: "No card matches so far.", "Hasta ahora no coincide ninguna tarjeta.";
        text show_all: "Show all cards", "Mostrar todas las tarjetas";
        text empty: "Your organization has no cards yet.", "Tu organización todavía no tiene tarjetas.";
        text empty_next: "A card shows up here as soon as its draft is saved.",
            "Una tarjeta aparece aquí en cuanto se guarda su borrador.";

        text is_ordered: "Ordered", "Pedida";
        text is_in_cart: "In the cart", "En el carrito";
        text is_final: "Finalized", "Finalizada";
        text is_draft: "Draft", "Borrador";
        text is_waiting: "Waiting", "Pendiente";
        text waiting_hint: "Never ordered, and the server does not say whether it is finalized. It is a draft, or somebody has \
            finalized it elsewhere; to finalize it once more does no harm.",
            "Nunca se ha pedido, y el servidor no dice si está finalizada. Es un borrador, o alguien la finalizó en otro \
            sitio; volver a finalizarla no causa ningún daño.";
        text draft_hint: "A draft: the server has refused it for the cart. Finalize it first.",
            "Un borrador: el servidor no la aceptó en el carrito. Finalízala primero.";

        text back: "Back to the cards", "Volver a las tarjetas";
        text gone: "This card does not exist any more.", "Esta tarjeta ya no existe.";
        text gone_next: "It may have been deleted. Go back to the cards and choose another one.",
            "Puede que se haya borrado. Vuelve a las tarjetas y elige otra.";
        text number: "Number", "Número";
        text status: "Status", "Estado";
        text details: "Details", "Datos";
        text has_picture: "A picture", "Una imagen";
        text is_blank: "Empty", "Vacío";
        text submitted_on: "Last submitted", "Último pedido";
        text history: "Printings", "Impresiones";
        text never_printed: "Not printed so far.", "Sin imprimir hasta ahora.";
        text drawing: "The server is drawing the card…", "El servidor está dibujando la tarjeta…";
        text not_drawn: "The server could not draw the card this time.", "Esta vez el servidor no pudo dibujar la tarjeta.";
        text edit: "Edit card", "Editar la tarjeta";
        text opening: "Opening…", "Abriendo…";
        text edit_final: "This card is finalized. What you change and save is changed at once, also where it is in the cart \
            or in somebody's order that is not printed yet.",
            "Esta tarjeta está finalizada. Lo que cambies y guardes cambia en el acto, también si está en el carrito o en un \
            pedido sin imprimir.";
        text not_opened: "The card could not be opened for editing.", "No se pudo abrir la tarjeta para editarla.";
        text busy: "Another card from this template is just being saved.", "Se está guardando otra tarjeta de esta plantilla.";
        text busy_next: "Wait a moment, then try again.", "Espera un momento y vuelve a intentarlo.";
        text finalize: "Finalize card", "Finalizar la tarjeta";
        text finalizing: "Finalizing…", "Finalizando…";
        text finalize_and_add: "Finalize and add to cart", "Finalizar y añadir al carrito";
        text not_finalized: "The card was not finalized.", "La tarjeta no se finalizó.";
        text delete: "Delete card", "Borrar la tarjeta";
        text delete_title: "Delete this card?", "¿Borrar esta tarjeta?";
        with delete_what(card): "{card} is deleted at the server, for everybody. There is no way back once it is done.",
            "{card} se borra en el servidor, para todas las personas. Después no hay vuelta atrás.";
        text delete_in_cart: "It is in the cart, and is taken out of it.", "Está en el carrito, y se quita de él.";
        with deleting(card): "{card} is being deleted.", "Se está borrando {card}.";
        text undo: "Keep it", "Conservarla";
        with not_deleted(card): "{card} was not deleted.", "{card} no se borró.";
        text sign_in_to_delete: "Sign in again to delete it.", "Vuelve a iniciar sesión para borrarlo.";
        text leave: "Leave it there", "Dejarla ahí";

        text changed_by_others: "Somebody else has changed this card meanwhile.", "Otra persona ha cambiado esta tarjeta entretanto.";
        text changed_before: "Yours is not saved yet. Choose what the card is to say.",
            "Lo tuyo todavía no se ha guardado. Elige lo que debe decir la tarjeta.";
        text changed_after: "It was saved in the same moment as yours, and theirs is what the server has. Choose what the card is to say.",
            "Se guardó en el mismo momento que lo tuyo, y el servidor tiene lo suyo. Elige lo que debe decir la tarjeta.";
        text field: "Field", "Campo";
        text theirs: "Theirs", "Lo suyo";
        text mine: "Yours", "Lo tuyo";
        text go_on_with_mine: "Go on with mine", "Seguir con lo mío";
        text take_theirs: "Keep theirs", "Dejar lo suyo";
        with picture_gone(label): "The card has lost “{label}” at the server.", "La tarjeta ha perdido «{label}» en el servidor.";
        text duplicate: "Duplicate", "Duplicar";
        with pick_of(card): "Pick {card}", "Elegir {card}";
        text pick_hint: "Pick cards to do something with many at once.", "Elige tarjetas para hacer algo con muchas a la vez.";
        text one_picked: "1 card picked", "1 tarjeta elegida";
        with picked(count): "{count} cards picked", "{count} tarjetas elegidas";
        with pick_all(count): "Pick all {count}", "Elegir las {count}";
        text pick_none: "Pick none", "No elegir ninguna";
        text finalize_many: "Finalize", "Finalizar";
        text delete_many: "Delete", "Borrar";
        with delete_many_title(count): "Delete {count} cards?", "¿Borrar {count} tarjetas?";
        text delete_many_what: "They are deleted at the server, for everybody, and taken out of the cart. There is no way back once \
            it is done.",
            "Se borran en el servidor, para todas las personas, y se quitan del carrito. Después no hay vuelta atrás.";
        text progress: "Progress", "Progreso";
        with many_held(count): "{count} cards are about to be deleted.", "Se van a borrar {count} tarjetas.";
        with many_finalized(done, count): "{done} of {count} cards are finalized.", "{done} de {count} tarjetas finalizadas.";
        with many_added(done, count): "{done} of {count} cards are in the cart.", "{done} de {count} tarjetas están en el carrito.";
        with many_deleted(done, count): "{done} of {count} cards are deleted.", "{done} de {count} tarjetas borradas.";
        with many_failed(count): "{count} could not be done.", "{count} no se pudieron hacer.";
        text keep_all: "Keep them", "Conservarlas";
        text stop: "Stop", "Parar";
        text go_on: "Try the rest again", "Volver a intentar el resto";
        text report: "Download a report", "Descargar un informe";
        text close: "Close", "Cerrar";
        text result: "Result", "Resultado";
        text result_done: "Done", "Hecho";
        text result_none: "Not begun", "Sin empezar";

        text walk: "Look through them", "Revisarlas una a una";
        with walk_at(place, count): "Card {place} of {count}", "Tarjeta {place} de {count}";
        text next: "Later", "Más tarde";
        text next_card: "Next card", "Tarjeta siguiente";
        text previous: "Previous card", "Tarjeta anterior";
        text shortcuts: "Keys", "Teclas";
        text shortcuts_title: "Keys on this page", "Teclas en esta página";
    }
}
