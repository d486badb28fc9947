//! Adding funds with a payment card.

messages! {
    /// The form, and what becomes of a payment.
    pub(crate) struct Funds {
        text title: "Add funds", "Añadir fondos";
        text amount: "Amount in US dollars", "Importe en dólares estadounidenses";
        text amount_missing: "Enter how much to add.", "Escribe cuánto quieres añadir.";
        text amount_wrong: "Enter an amount such as 50 or 50.00.", "Escribe un importe como 50 o 50.00.";
        text payment_card: "Payment card", "Tarjeta de pago";
        text number: "Card number", "Número de tarjeta";
        text number_missing: "Enter the number on the card.", "Escribe el número de la tarjeta.";
        text number_length: "A card number has more digits, or fewer. Check it.",
            "Un número de tarjeta tiene más cifras, o menos. Revísalo.";
        text number_wrong: "One of the digits is not right. Check the number.",
            "Alguna de las cifras no es correcta. Revisa el número.";
        text expiry: "Expires (MM/YY)", "Caduca (MM/AA)";
        text expiry_missing: "Enter when the card expires.", "Escribe cuándo caduca la tarjeta.";
        text expiry_wrong: "Enter month and year, such as 06/29.", "Escribe mes y año, como 06/29.";
        text expiry_past: "This card has expired. Use another one.", "Esta tarjeta ha caducado. Usa otra.";
        text cvc: "Security code", "Código de seguridad";
        text cvc_missing: "Enter the security code.", "Escribe el código de seguridad.";
        with cvc_digits(count): "The security code of this card has {count} digits.",
            "El código de seguridad de esta tarjeta tiene {count} cifras.";
        text full_name: "Name on the card", "Nombre en la tarjeta";
        text billing_address: "Billing address", "Dirección de facturación";
        text address1: "Street and number", "Calle y número";
        text address2: "Apartment, floor, suite (optional)", "Apartamento, piso, oficina (opcional)";
        text city: "City", "Ciudad";
        text state: "State", "Estado";
        text zip_code: "Zip code", "Código postal";
        text country: "Country", "País";
        with missing(label): "Fill in “{label}”.", "Completa «{label}».";

        text add: "Pay", "Pagar";
        with pay(amount): "Pay {amount}", "Pagar {amount}";
        with much(amount): "You are about to pay {amount}. Is that right?", "Vas a pagar {amount}. ¿Es correcto?";
        text much_next: "That is more than accounts are usually paid at once.", "Es más de lo que se suele pagar de una vez.";
        text much_yes: "Yes, pay", "Sí, pagar";
        text much_no: "Change the amount", "Cambiar el importe";
        text preparing: "Reading the account…", "Leyendo la cuenta…";
        text paying: "Paying…", "Pagando…";
        text looking_up: "The answer got lost. Checking the account…", "Se perdió la respuesta. Revisando la cuenta…";
        text checking: "Checking the account…", "Revisando la cuenta…";

        with added(amount): "{amount} was added to the account.", "Se añadieron {amount} a la cuenta.";
        with balance_now(amount): "The balance is now {amount}.", "El saldo es ahora {amount}.";
        text late: "That is your earlier payment, which has come in after all. Nothing else was charged.",
            "Es tu pago anterior, que al final ha llegado. No se cobró nada más.";
        text add_more: "Add more funds", "Añadir más fondos";

        text refused: "The payment was declined. Nothing was charged.", "El pago fue rechazado. No se cobró nada.";
        text refused_next: "Check your details or use another payment card, and enter its number again.",
            "Revisa tus datos o usa otra tarjeta de pago, y vuelve a escribir su número.";
        text refused_by_page: "This site does not take the payment now.", "Este sitio no acepta el pago ahora.";
        text not_charged: "Nothing was charged.", "No se cobró nada.";
        text nothing_happened: "The payment did not arrive. Nothing was charged.", "El pago no llegó. No se cobró nada.";
        text nothing_happened_next: "Enter the payment card again to try once more.",
            "Vuelve a escribir la tarjeta de pago para intentarlo otra vez.";
        text card_again: "Before you try again, enter the payment card once more.",
            "Antes de volver a intentarlo, escribe otra vez la tarjeta de pago.";
        with unknown(amount): "It is not known whether your payment of {amount} was made.",
            "No se sabe si se hizo tu pago de {amount}.";
        text unknown_next: "The answer got lost, and the account could not be read. Do not pay again before you know: check the account again in a moment.",
            "Se perdió la respuesta y no se pudo leer la cuenta. No vuelvas a pagar antes de saberlo: revisa la cuenta de nuevo en un momento.";
        text unknown_balance: "The answer got lost. The balance has changed since, but no transaction fits your payment. Do not pay again before you know: check the account again in a moment, or ask InstantCard.",
            "Se perdió la respuesta. El saldo ha cambiado desde entonces, pero ningún movimiento corresponde a tu pago. No vuelvas a pagar antes de saberlo: revisa la cuenta de nuevo en un momento o pregunta a InstantCard.";
        text check_again: "Check again", "Revisar de nuevo";
    }
}
