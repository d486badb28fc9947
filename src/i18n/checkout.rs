//! From the cart to a submitted order.

messages! {
    /// Address, shipping, copies, review; submitting; what was submitted.
    pub(crate) struct Checkout {
        text title: "Check out", "Tramitar el pedido";
        text hint: "You can change everything until you submit the order.", "Puedes cambiarlo todo hasta realizar el pedido.";
        text back_to_cart: "Back to the cart", "Volver al carrito";
        text step_address: "Delivery address", "Dirección de entrega";
        text step_shipping: "Shipping", "Envío";
        text step_copies: "Copies", "Copias";
        text step_review: "Review and submit", "Revisar y pedir";
        text go_on: "Continue", "Continuar";
        with change_of(step): "Change: {step}", "Cambiar: {step}";
        text change: "Change", "Cambiar";

        text ways: "Where shall it go?", "¿A dónde se envía?";
        text way_saved: "A saved address", "Una dirección guardada";
        text way_new: "A new address, to be saved", "Una dirección nueva, que se guarda";
        text way_one_off: "An address for this order only", "Una dirección solo para este pedido";
        text search_addresses: "Search your addresses", "Busca entre tus direcciones";
        text addresses: "Saved addresses", "Direcciones guardadas";
        text no_addresses: "No address is saved yet. Enter one.", "Todavía no hay direcciones guardadas. Escribe una.";
        text no_match: "No saved address matches your search.", "Ninguna dirección guardada coincide con tu búsqueda.";
        with more_addresses(count): "{count} more: search to find them.", "{count} más: búscalas arriba.";
        text primary: "Primary", "Principal";
        text save_and_go_on: "Save address and continue", "Guardar la dirección y continuar";
        text saving: "Saving…", "Guardando…";
        text full_name: "Full name", "Nombre completo";
        text email: "Email", "Correo electrónico";
        text alt_email: "Another email (optional)", "Otro correo electrónico (opcional)";
        text alt_phone_number: "Another phone number (optional)", "Otro teléfono (opcional)";
        text contact: "Who receives it?", "¿Quién lo recibe?";
        text choose_contact: "Choose one of your contacts", "Elegir uno de tus contactos";
        text new_contact: "A new contact", "Un contacto nuevo";
        with contact_number(number): "Contact {number}", "Contacto {number}";
        text make_primary: "Primary address: orders go there unless another one is chosen",
            "Dirección principal: los pedidos van allí si no se elige otra";
        text phone_number: "Phone number (optional)", "Teléfono (opcional)";
        text organization_name: "Organization (optional)", "Organización (opcional)";
        text label: "What to call this address (optional)", "Cómo llamar a esta dirección (opcional)";
        text address1: "Address line 1", "Dirección, línea 1";
        text address2: "Address line 2 (optional)", "Dirección, línea 2 (opcional)";
        text city: "City", "Ciudad";
        text state: "State", "Estado o provincia";
        text zip_code: "Zip code", "Código postal";
        text country: "Country", "País";
        text choose: "Choose…", "Elige…";
        with missing(label): "Fill in “{label}”.", "Completa «{label}».";
        text email_wrong: "This does not look like an email address. Check it for a missing @.",
            "Esto no parece un correo electrónico. Comprueba si falta la @.";
        text state_wrong: "Choose one of the country's states.", "Elige uno de los estados o provincias del país.";
        text zip_code_wrong: "This is not a zip code of this country.", "Este no es un código postal de ese país.";
        text country_wrong: "Choose a country.", "Elige un país.";
        text choose_address: "Choose an address.", "Elige una dirección.";

        text providers: "Who carries it?", "¿Quién lo lleva?";
        text no_providers: "No shipping provider is open to your organization.",
            "Tu organización no tiene ningún proveedor de envío disponible.";
        text no_providers_next: "Ask InstantCard to set one up, then try again.",
            "Pide a InstantCard que configure uno y vuelve a intentarlo.";
        text choose_provider: "Choose who carries it.", "Elige quién lo lleva.";

        text all_cards: "Copies of every card", "Copias de todas las tarjetas";
        text apply_to_all: "Use for all", "Usar para todas";
        with times(copies): "× {copies}", "× {copies}";

        text preparing: "Preparing the order…", "Preparando el pedido…";
        text cards: "Cards", "Tarjetas";
        text new_card: "New", "Nueva";
        text one_added: "One card was added to the cart since you opened it. It is part of this order unless it is taken out of the cart.",
            "Se ha añadido una tarjeta al carrito desde que lo abriste. Forma parte de este pedido, a menos que se quite del carrito.";
        with added(count): "{count} cards were added to the cart since you opened it. They are part of this order unless they are taken out of the cart.",
            "Se han añadido {count} tarjetas al carrito desde que lo abriste. Forman parte de este pedido, a menos que se quiten del carrito.";
        text address: "Address", "Dirección";
        text provider: "Shipping provider", "Proveedor de envío";
        text balance: "Account balance", "Saldo de la cuenta";
        text balance_unknown: "The balance could not be read.", "No se pudo consultar el saldo.";
        with job(number): "Print job {number}", "Trabajo de impresión {number}";
        text jobs_hint: "InstantCard prints each number of copies as a job of its own.",
            "InstantCard imprime cada número de copias como un trabajo aparte.";
        text covered_apart: "Each print job is covered by itself. Together they may cost more than your balance: then those that it does not cover stay in the cart.",
            "Cada trabajo está cubierto por separado. Juntos pueden costar más que tu saldo: en ese caso, los que no cubra se quedan en el carrito.";
        text covered: "Your balance covers it.", "Tu saldo lo cubre.";
        text saved_twice: "This address has come to be saved twice. Your order goes to it once; one of the two can be deleted.",
            "Esta dirección quedó guardada dos veces. Tu pedido va a ella una vez; una de las dos se puede borrar.";
        text overdrawn: "The account is overdrawn. The server would take the order all the same.",
            "La cuenta está en descubierto. El servidor aceptaría el pedido de todos modos.";
        text not_covered: "Your balance does not cover it.", "Tu saldo no lo cubre.";
        text not_covered_title: "Your balance is too low for this order.", "Tu saldo no alcanza para este pedido.";
        text not_covered_next: "Add funds below, then submit the order.", "Añade fondos aquí abajo y después realiza el pedido.";
        text price_hint: "Submitting charges your account. InstantCard tells the price once an order is submitted; you see it right after.",
            "Al realizar el pedido se cobra a tu cuenta. InstantCard indica el precio en ese momento; lo verás justo después.";
        with ships_today(left, at): "Submit within {left} and it ships today. The cut-off is 4 PM US Eastern, which is {at} for you.",
            "Pídelo en {left} y saldrá hoy. El límite son las 4 p. m. del este de EE. UU., que para ti es {at}.";
        with ships_later(at): "Today's cut-off for shipping the same day has passed. The next one is 4 PM US Eastern, which is {at} for you.",
            "El límite de hoy para salir el mismo día ya ha pasado. El próximo son las 4 p. m. del este de EE. UU., que para ti es {at}.";
        with hours_minutes(hours, minutes): "{hours} h {minutes} min", "{hours} h {minutes} min";
        with minutes(minutes): "{minutes} min", "{minutes} min";
        text submit: "Submit order", "Realizar el pedido";
        text submitting: "Submitting…", "Tramitando…";
        text empty: "There is nothing to order.", "No hay nada que pedir.";
        text empty_next: "Put a card into the cart first.", "Primero pon una tarjeta en el carrito.";

        text under_way: "Your order is being submitted. Keep this page open.",
            "Tu pedido se está tramitando. Mantén esta página abierta.";
        text fate_waiting: "Waiting", "En espera";
        text fate_working: "Being submitted…", "Tramitándose…";
        text fate_looking_up: "The answer got lost. Checking what became of it…", "Se perdió la respuesta. Comprobando qué pasó…";
        text fate_submitted: "Submitted and charged", "Tramitado y cobrado";
        text fate_stopped: "Not submitted", "No tramitado";
        text fate_unknown: "Not known", "No se sabe";
        text stopped_covered: "Your balance does not cover this print job. It was not charged, and is still in the cart.",
            "Tu saldo no cubre este trabajo. No se ha cobrado y sigue en el carrito.";
        text stopped_covered_next: "Add funds, then go on.", "Añade fondos y después continúa.";
        text stopped_changed: "Somebody has changed this print job since you reviewed it. It was not charged, and is still in the cart.",
            "Alguien ha cambiado este trabajo desde que lo revisaste. No se ha cobrado y sigue en el carrito.";
        text stopped_changed_next: "Review the order again.", "Revisa el pedido de nuevo.";
        text stopped_refused: "This print job was not submitted and not charged. It is still in the cart.",
            "Este trabajo no se ha tramitado ni cobrado. Sigue en el carrito.";
        text sign_in_next: "Try again to sign in.", "Vuelve a intentarlo para iniciar sesión.";
        text wait_next: "Wait a moment and try again.", "Espera un momento y vuelve a intentarlo.";
        text refused: "This site does not take the order now.", "Este sitio no acepta el pedido ahora.";
        text refused_next: "Nothing was ordered, and nothing was charged.", "No se ha pedido ni cobrado nada.";
        text stopped_nothing: "The submission did not reach the server: this print job is still open, and was not charged.",
            "El pedido no llegó al servidor: este trabajo sigue abierto y no se ha cobrado.";
        text stopped_nothing_next: "You can safely try again.", "Puedes volver a intentarlo sin riesgo.";
        text stopped_unknown: "The answer got lost, and the server cannot be asked what became of this print job. It may have been charged.",
            "Se perdió la respuesta y no se puede preguntar al servidor qué pasó con este trabajo. Puede que se haya cobrado.";
        text stopped_unknown_next: "Nothing is sent again until that is known. Check again in a moment.",
            "No se pedirá nada más hasta saberlo. Vuelve a comprobarlo en un momento.";
        text check_again: "Check again", "Volver a comprobar";
        text review_again: "Review again", "Revisar de nuevo";
        text resume: "Go on with the order", "Seguir con el pedido";

        text done_title: "Your order is submitted", "Tu pedido está hecho";
        text done_hint: "It is on its way to the printers.", "Va camino de la imprenta.";
        text ships: "Shipping", "Envío";
        text ships_same_day: "It is printed and shipped today.", "Se imprime y sale hoy.";
        with ships_with(at): "It ships with the orders that come in by {at}.", "Sale con los pedidos que llegan hasta {at}.";
        text see_order: "See what was charged", "Ver lo cobrado";
        text charged: "Charged to your account", "Cobrado a tu cuenta";
        text costs: "What the order costs", "Lo que cuesta el pedido";
        text total: "Total", "Total";
        text of_which_shipping: "of which shipping", "de los cuales, envío";
        text charge_unknown: "What was charged is in your account's transactions.",
            "Lo cobrado está en los movimientos de tu cuenta.";
        with open_order(number): "See order {number}", "Ver el pedido {number}";
    }
}
