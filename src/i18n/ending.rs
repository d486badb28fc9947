//! The end of a person's own journey: the cart, or an order of one's own.

messages! {
    /// Where the card goes, and what became of it.
    pub(crate) struct Ending {
        text title: "Where shall your card go?", "¿A dónde enviamos tu tarjeta?";
        text hint: "It is printed, and mailed to this address.", "Se imprime y se envía por correo a esta dirección.";
        text order: "Order my card", "Pedir mi tarjeta";
        text ordering: "Ordering…", "Haciendo el pedido…";
        text handing_in: "Handing in your card…", "Entregando tu tarjeta…";
        text under_way: "Keep this page open for a moment.", "Mantén esta página abierta un momento.";
        text looking_up: "The answer got lost. Checking what became of your order…",
            "Se perdió la respuesta. Comprobando qué pasó con tu pedido…";
        text not_ordered: "Your card was not ordered.", "Tu tarjeta no se ha pedido.";
        text refused: "This site does not take the order now.", "Este sitio no acepta el pedido ahora.";
        text not_handed_in: "Your card was not handed in.", "Tu tarjeta no se ha entregado.";
        text nothing_happened: "Your order did not reach the server.", "Tu pedido no llegó al servidor.";
        text nothing_happened_next: "You can safely try again.", "Puedes volver a intentarlo sin riesgo.";
        text unknown: "The answer got lost, and it is not known what became of your order.",
            "Se perdió la respuesta y no se sabe qué pasó con tu pedido.";
        text unknown_next: "Nothing is sent again until that is known. Check again in a moment.",
            "No se pedirá nada más hasta saberlo. Vuelve a comprobarlo en un momento.";
        text check_again: "Check again", "Volver a comprobar";

        text ordered_title: "Your card is ordered", "Tu tarjeta está pedida";
        text ordered_hint: "It will be printed, and mailed to:", "Se imprimirá y se enviará por correo a:";
        text in_cart_title: "Your card is handed in", "Tu tarjeta está entregada";
        text in_cart_hint: "The organization orders it with its next cards. You need do nothing more.",
            "La organización la pedirá con sus próximas tarjetas. No tienes que hacer nada más.";
        text not_covered_hint: "It could not be ordered right away. The organization will send it: you need do nothing more.",
            "No se pudo pedir ahora mismo. La organización la enviará: no tienes que hacer nada más.";
        text charge_told: "Something about this order has to be checked. The organization has been told: you need do nothing.",
            "Hay algo que comprobar en este pedido. La organización está avisada: no tienes que hacer nada.";
        text balance_low: "The account's balance does not cover the card. It is in the cart, for the organization to order.",
            "El saldo de la cuenta no cubre la tarjeta. Está en el carrito, para que la organización la pida.";
        with order_unknown(job, card): "It is not known what became of order {job}, of card {card}.",
            "No se sabe qué pasó con el pedido {job}, de la tarjeta {card}.";
        with order_late(job, card): "Order {job}, of card {card}, has come through after all.",
            "El pedido {job}, de la tarjeta {card}, sí llegó.";
        with order_lost(job, card): "Order {job} did not come through: card {card} is in the cart, for the organization to order.",
            "El pedido {job} no llegó: la tarjeta {card} está en el carrito, para que la organización la pida.";
        with own_unknown(card): "It is not known what became of the order of card {card}.",
            "No se sabe qué pasó con el pedido de la tarjeta {card}.";
        with own_late(card): "The order of card {card} has come through after all.",
            "El pedido de la tarjeta {card} sí llegó.";
        with own_lost(card): "The order of card {card} did not come through: it is for the organization to order.",
            "El pedido de la tarjeta {card} no llegó: tiene que hacerlo la organización.";
        with given_unknown(name, known): "shippingAddress.{name} is no part of an address. It has: {known}.",
            "shippingAddress.{name} no es parte de una dirección. Tiene: {known}.";
        with given_no_text(name): "shippingAddress.{name} must be a text.", "shippingAddress.{name} debe ser un texto.";
        with given_wrong(names): "The page's shippingAddress cannot be mailed to as it is: {names}. The person is asked to correct it.",
            "No se puede enviar al shippingAddress de la página tal como está: {names}. Se le pide a la persona que lo corrija.";
        with unknown_provider(value, known): "shipping-provider-id=\"{value}\" is none of the account's shipping providers: {known}.",
            "shipping-provider-id=\"{value}\" no es ninguno de los proveedores de envío de la cuenta: {known}.";
    }
}
