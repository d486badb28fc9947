//! Orders: what became of the print jobs.

messages! {
    /// The list of orders, and one of them.
    pub(crate) struct Orders {
        text title: "Orders", "Pedidos";
        text hint: "Everybody in your organization sees these orders.",
            "Todas las personas de tu organización ven estos pedidos.";
        text which: "Which orders", "Qué pedidos";
        text submitted: "Submitted", "Tramitados";
        text in_the_cart: "In the cart", "En el carrito";
        text status_created: "Created", "Creado";
        text status_submitted: "Submitted", "Tramitado";
        with order(number): "Order {number}", "Pedido {number}";
        with of_each(cards, copies): "{cards}, {copies} of each", "{cards}, {copies} de cada una";
        with in_all(count): "{count} in all", "{count} en total";
        with charged(sum): "charged {sum}", "cobrado {sum}";
        with goes_to(place): "Ships to {place}", "Se envía a {place}";
        text empty: "No orders yet.", "Todavía no hay pedidos.";
        text empty_next: "An order shows up here once it has been submitted.", "Un pedido aparece aquí cuando se ha tramitado.";
        text empty_cart: "No order is waiting.", "No hay ningún pedido pendiente.";
        text empty_cart_next: "Cards that are in the cart show up here until they are checked out.",
            "Las tarjetas del carrito aparecen aquí hasta que se tramita el pedido.";
        text none_so_far: "None of these orders has turned up so far.", "Hasta ahora no ha aparecido ninguno de estos pedidos.";
        text none_so_far_next: "There are more to look through.", "Quedan más por revisar.";

        text back: "Back to the orders", "Volver a los pedidos";
        text details: "Details", "Datos";
        text status: "Status", "Estado";
        text created_on: "Created", "Creado";
        text submitted_on: "Submitted", "Tramitado";
        text changed_on: "Last change", "Último cambio";
        text copies: "Copies of each card", "Copias de cada tarjeta";
        text copies_in_all: "Copies in all", "Copias en total";
        text address: "Address", "Dirección";
        text no_address: "Not chosen yet", "Sin elegir";
        with saved_address(number): "Saved address {number}", "Dirección guardada {number}";
        text provider: "Shipping provider", "Proveedor de envío";
        text no_provider: "Not chosen yet", "Sin elegir";
        with provider_number(number): "Number {number}", "Número {number}";
        text gone: "This order does not exist any more.", "Este pedido ya no existe.";
        text gone_next: "Go back to the orders and choose another one.", "Vuelve a los pedidos y elige otro.";
        text not_submitted: "This order has not been submitted.", "Este pedido no se ha tramitado.";
        text not_submitted_next: "Its cards are in the cart. Check out there to order them.",
            "Sus tarjetas están en el carrito. Tramita el pedido allí.";

        text cards: "Cards", "Tarjetas";
        text no_cards: "The server names no cards in this order.", "El servidor no indica ninguna tarjeta en este pedido.";
        text not_printed: "Not printed yet", "Sin imprimir todavía";
        with not_printed_of(count): "Not printed yet ({count} orders)", "Sin imprimir todavía ({count} pedidos)";
        with printed(date): "Printed and sent on {date}", "Impresa y enviada el {date}";
        text printed_once: "Printed and sent", "Impresa y enviada";
        text one_earlier: "and once before", "y una vez antes";
        with earlier(count): "and {count} times before", "y {count} veces antes";
        text history_failed: "When it was printed could not be found out.", "No se pudo averiguar cuándo se imprimió.";

        text estimate: "Estimate what it will cost", "Calcular lo que costará";
        text estimating: "Looking at what orders like it have cost…", "Mirando lo que han costado pedidos parecidos…";
        text no_estimate: "Your account has no order like it yet, so nothing can be estimated.",
            "Tu cuenta todavía no tiene ningún pedido parecido, así que no se puede calcular nada.";
        with about(sum): "Probably about {sum}", "Probablemente unos {sum}";
        with about_between(low, high): "Probably between {low} and {high}", "Probablemente entre {low} y {high}";
        text by_one_order: "An estimate by this page, from one earlier order like it. It is not InstantCard's price.",
            "Un cálculo de esta página, según un pedido anterior parecido. No es el precio de InstantCard.";
        with by_orders(count): "An estimate by this page, from {count} earlier orders like it. It is not InstantCard's price.",
            "Un cálculo de esta página, según {count} pedidos anteriores parecidos. No es el precio de InstantCard.";
        text print: "Print a confirmation", "Imprimir una confirmación";
        text charges: "Charges", "Cargos";
        text item: "Item", "Concepto";
        text amount: "Amount", "Importe";
        with each(amount): "{amount} each", "{amount} cada uno";
        with per_piece(amount): "{amount} per piece", "{amount} por pieza";
        text quantity: "Quantity", "Cantidad";
        text shipping: "Shipping", "Envío";
        text total: "Total", "Total";
        with all_lines(count): "Show all {count} lines", "Mostrar las {count} líneas";

        text again: "Order again", "Pedir otra vez";
        text one_other: "There is another card in the cart already.", "Ya hay otra tarjeta en el carrito.";
        with others(count): "There are {count} other cards in the cart already.", "Ya hay otras {count} tarjetas en el carrito.";
        text others_next: "Cards that are in the cart are ordered together.", "Las tarjetas del carrito se piden juntas.";
        text add_to_others: "Add these to them", "Añadir estas también";
        text again_starts: "Looking at the cart…", "Revisando el carrito…";
        with again_goes(done, all): "{done} of {all} cards are in the cart…", "{done} de {all} tarjetas están en el carrito…";
        text one_left_out: "One card could not be ordered again.", "Una tarjeta no se pudo volver a pedir.";
        with left_out(count): "{count} cards could not be ordered again.", "{count} tarjetas no se pudieron volver a pedir.";
        text left_out_next: "A card that has been deleted cannot be ordered. The others are in the cart.",
            "Una tarjeta borrada no se puede pedir. Las demás están en el carrito.";
        text all_left_out_next: "A card that has been deleted cannot be ordered.",
            "Una tarjeta borrada no se puede pedir.";
        with and_more(count): "and {count} more", "y {count} más";
        text again_failed: "Not all cards are in the cart.", "No todas las tarjetas están en el carrito.";
    }
}
