//! What is found out about charges after they were made.

messages! {
    /// Charges that are not as they were asked for, or may not be.
    pub(crate) struct Audit {
        text title: "Check this charge", "Revisa este cobro";
        with job_twice(job, times, amount): "Order {job} was charged {times} times, {amount} each time.",
            "El pedido {job} se cobró {times} veces, {amount} cada vez.";
        text not_again: "Do not submit it again.", "No lo envíes de nuevo.";
        with transactions(list): "The transactions are {list}.", "Los movimientos son {list}.";
        with job_unclear(job): "Order {job} was submitted, but there may be a second charge for it.",
            "El pedido {job} se envió, pero puede haber un segundo cobro.";
        text look: "Look at the account's transactions.", "Revisa los movimientos de la cuenta.";
        with job_late(job): "There is a charge for order {job} in the account, although it seemed not to be submitted.",
            "Hay un cobro por el pedido {job} en la cuenta, aunque parecía no haberse enviado.";
        with job_not_checked(job): "Order {job} was submitted; whether it was charged once could not be checked.",
            "El pedido {job} se envió; no se pudo comprobar si se cobró una sola vez.";
        with payment_not_checked(amount): "{amount} was added; whether it was charged once could not be checked.",
            "Se añadieron {amount}; no se pudo comprobar si se cobró una sola vez.";
        with job_not_yet(job): "Order {job} was submitted; whether it was charged once could not be checked yet.",
            "El pedido {job} se envió; todavía no se pudo comprobar si se cobró una sola vez.";
        with payment_not_yet(amount): "{amount} was added; whether it was charged once could not be checked yet.",
            "Se añadieron {amount}; todavía no se pudo comprobar si se cobró una sola vez.";
        text looks_on: "The account is looked at again for five minutes. What is found is said here.",
            "Se vuelve a mirar la cuenta durante cinco minutos. Lo que se encuentre se dirá aquí.";
        with payment_unclear(amount): "{amount} was added, but more than one entry in the account may be this payment; \
            one of them may be a colleague's.",
            "Se añadieron {amount}, pero más de un movimiento de la cuenta puede ser este pago; alguno puede ser de otra \
            persona.";
        with payment_doubt(amount): "{amount} was added, but there may be a second charge.",
            "Se añadieron {amount}, pero puede haber un segundo cobro.";
        text look_at_card: "Look at your card's statement.", "Revisa el extracto de tu tarjeta.";
        with support(organization): "If you were charged more than once, write to InstantCard's support and name your \
            organization's number, {organization}.",
            "Si se cobró más de una vez, escribe al soporte de InstantCard e indica el número de tu organización, \
            {organization}.";
        with report(organization): "Write to InstantCard's support and name your organization's number, {organization}.",
            "Escribe al soporte de InstantCard e indica el número de tu organización, {organization}.";
        text dismiss: "I know", "Entendido";
    }
}
