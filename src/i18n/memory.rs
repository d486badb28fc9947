//! What somebody reads who comes back to a card, after the page was loaded again.

messages! {
    /// The question whether to go on with it.
    pub(crate) struct Memory {
        text title: "Go on with your card?", "¿Seguir con tu tarjeta?";
        text about: "You began a card before this page was loaded again. What you typed is still here.",
            "Empezaste una tarjeta antes de que esta página se volviera a cargar. Lo que escribiste sigue aquí.";
        text pictures: "The photo or signature is not kept and has to be added again.",
            "La foto o la firma no se guardan: hay que añadirlas de nuevo.";
        text go_on: "Go on", "Seguir";
        text looking: "Looking for your card…", "Buscando tu tarjeta…";
        text start_over: "Start over", "Empezar de nuevo";
        text told_title: "About your card", "Sobre tu tarjeta";
        text gone: "Its draft is no longer at the server. What you typed makes a new card.",
            "Su borrador ya no está en el servidor. Con lo que escribiste se hará una tarjeta nueva.";
        text sent: "It was being finalized when this page was left, and may be finalized already. To finalize it again does no harm.",
            "Se estaba finalizando cuando se dejó esta página, y puede que ya lo esté. Volver a finalizarla no hace daño.";
        text other_fields: "The card has other fields by now. What no longer has a place on it is left out.",
            "La tarjeta tiene ahora otros campos. Lo que ya no tiene lugar en ella se ha omitido.";
        text ordered: "This card has been ordered in the meantime, so it is not gone on with.",
            "Esta tarjeta se ha pedido entretanto, así que no se sigue con ella.";
        text on_its_way: "Your card was on its way to the organization when this page was left. It is not sent again: ask there whether it has come.",
            "Tu tarjeta iba camino de la organización cuando se dejó esta página. No se envía de nuevo: pregunta allí si ha llegado.";
        text no_template: "The card that you began is no longer offered.", "La tarjeta que empezaste ya no se ofrece.";
        text understood: "OK", "Entendido";
    }
}
