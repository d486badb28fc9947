//! The organization's account: its balance, and what moved on it.

messages! {
    /// The account's screen.
    pub(crate) struct Account {
        text title: "Account", "Cuenta";
        with signed_in_as(person): "Signed in as {person}", "Sesión de {person}";
        with number(id): "Organization {id}", "Organización {id}";
        text one_card: "1 card", "1 tarjeta";
        with cards(count): "{count} cards", "{count} tarjetas";
        text one_template: "1 template", "1 plantilla";
        with templates(count): "{count} templates", "{count} plantillas";
        text balance: "Balance", "Saldo";
        text overdrawn: "Overdrawn. Add funds before the next order.",
            "En descubierto. Añade fondos antes del próximo pedido.";
        with as_instantcard(amount): "InstantCard writes {amount}", "InstantCard lo escribe {amount}";
        text close_funds: "Close", "Cerrar";

        text transactions: "Transactions", "Movimientos";
        text period: "Period", "Periodo";
        text from: "From", "Desde";
        text to: "To", "Hasta";
        text this_month: "This month", "Este mes";
        text last_month: "Last month", "El mes pasado";
        text all: "All", "Todo";
        text backwards: "The first day is after the last one.", "El primer día es posterior al último.";
        with receipt(number): "Receipt {number}", "Recibo {number}";
        text open_receipt: "Open the receipt (in a new tab)", "Abrir el recibo (en otra pestaña)";
        text date: "Date", "Fecha";
        text kind: "Type", "Tipo";
        text sub_type: "Sub type", "Subtipo";
        text description: "Description", "Descripción";
        text credit: "Credit", "Abono";
        text debit: "Debit", "Cargo";
        text funds_added: "Funds added", "Fondos añadidos";
        text print_job: "Print job", "Trabajo de impresión";
        text adjustment: "Adjustment", "Ajuste";
        text refund: "Refund", "Reembolso";
        text none: "Nothing has moved on this account yet.", "Todavía no hay movimientos en esta cuenta.";
        text none_next: "What you add and what your orders cost will be listed here.",
            "Aquí aparecerá lo que añadas y lo que cuesten tus pedidos.";
        text none_within: "There are no transactions in this period.", "No hay movimientos en este periodo.";
        text show_all: "Show all transactions", "Mostrar todos los movimientos";
        text one_shown: "1 transaction", "1 movimiento";
        with all_shown(count): "{count} transactions", "{count} movimientos";
        with some_shown(shown, count): "{shown} of {count} transactions", "{shown} de {count} movimientos";
        text more: "Show more", "Mostrar más";
        text download: "Download as CSV", "Descargar como CSV";
        with given(name): "Your browser was given the file {name}.", "Tu navegador recibió el archivo {name}.";
        text no_file: "No file?", "¿No hay archivo?";
        text no_file_next: "This page, or the app that shows it, may not allow saving files. Copy the text into a file of your own.",
            "Puede que esta página, o la aplicación que la muestra, no permita guardar archivos. Copia el texto en un archivo tuyo.";
        text copy: "Copy the text", "Copiar el texto";
        text copied: "Copied.", "Copiado.";
        text copy_yourself: "Copy the selected text yourself.", "Copia tú el texto seleccionado.";
    }
}
