//! From the template to the finished card.

messages! {
    /// Choosing a template, filling its fields, looking at the preview, finishing.
    pub(crate) struct Card {
        text steps: "Steps", "Pasos";
        text step_template: "Template", "Plantilla";
        text step_details: "Details", "Datos";
        text step_photo: "Photo", "Foto";
        text step_preview: "Preview", "Vista previa";
        text step_delivery: "Delivery", "Entrega";
        text step_done: "Done", "Listo";

        text templates_title: "Choose a card", "Elige una tarjeta";
        text templates_hint: "Each template has its own design and fields.",
            "Cada plantilla tiene su propio diseño y sus campos.";
        text no_templates: "Your organization has no card templates yet.",
            "Tu organización todavía no tiene plantillas de tarjeta.";
        text no_templates_next: "Create one in InstantCard's online designer, then come back and try again.",
            "Crea una en el diseñador en línea de InstantCard, y después vuelve a intentarlo aquí.";
        text template_missing: "The template that this page asks for does not exist in your organization.",
            "La plantilla que pide esta página no existe en tu organización.";
        text template_missing_next: "Tell the site's owner, or try again later.",
            "Avisa a quien lleva el sitio, o vuelve a intentarlo más tarde.";
        text unnamed_template: "Untitled template", "Plantilla sin título";

        text details_title: "Fill in the card", "Completa la tarjeta";
        text no_fields: "This template has nothing to fill in: every card of it is the same.",
            "Esta plantilla no tiene nada que completar: todas sus tarjetas son iguales.";
        with missing(label): "Fill in “{label}”.", "Completa «{label}».";
        with missing_image(label): "Add a picture to “{label}”.", "Añade una imagen a «{label}».";
        with too_long(length, limit): "This text has {length} characters, and a card holds {limit}. Shorten it.",
            "Este texto tiene {length} caracteres y en una tarjeta caben {limit}. Acórtalo.";
        text problems_title: "Some fields need you", "Algunos campos te necesitan";
        text leave_empty: "Leave them empty and go on", "Dejarlos vacíos y seguir";
        text show_preview: "Preview card", "Ver la tarjeta";
        text save_draft: "Save draft", "Guardar borrador";
        text saving: "Saving…", "Guardando…";
        with sending(percent): "{percent} % sent", "{percent} % enviado";
        text smaller_slow: "Your connection is slow, so the photos are sent smaller.",
            "Tu conexión es lenta, así que las fotos se envían más pequeñas.";
        text smaller_refused: "The photos are too large for something on the way, so they are sent smaller.",
            "Las fotos son demasiado grandes para algo en el camino, así que se envían más pequeñas.";
        text draft_saved: "Draft saved.", "Borrador guardado.";
        text sketch: "A sketch of your card. The preview shows the real one.",
            "Un esbozo de tu tarjeta. La vista previa muestra la real.";
        text stale: "You have changed the card since this preview.",
            "Has cambiado la tarjeta después de esta vista previa.";

        text preview_title: "Check the card", "Revisa la tarjeta";
        text preview_hint: "This is how it will be printed. Look at the spelling and the photo.",
            "Así se imprimirá. Revisa la ortografía y la foto.";
        text rendering: "The server is drawing your card…", "El servidor está dibujando tu tarjeta…";
        text rendering_hint: "This can take up to 40 seconds.", "Puede tardar hasta 40 segundos.";
        with elapsed(seconds): "{seconds} s", "{seconds} s";
        text stop_preview: "Stop waiting", "Dejar de esperar";
        text stopped: "You stopped the preview. Your card is saved as a draft.",
            "Has detenido la vista previa. Tu tarjeta está guardada como borrador.";
        text unavailable: "The server could not draw the preview this time.",
            "Esta vez el servidor no pudo dibujar la vista previa.";
        text unavailable_next: "Your card is saved. Wait a moment and try again.",
            "Tu tarjeta está guardada. Espera un momento y vuelve a intentarlo.";
        text front: "Front", "Anverso";
        text back: "Back", "Reverso";
        with front_of(template): "Front of the card “{template}”", "Anverso de la tarjeta «{template}»";
        with back_of(template): "Back of the card “{template}”", "Reverso de la tarjeta «{template}»";
        text turn_over: "Turn the card over", "Dar la vuelta a la tarjeta";
        text bad_picture: "The server's preview is not a picture that can be shown.",
            "La vista previa del servidor no es una imagen que se pueda mostrar.";
        text pictures_blocked: "This page does not let pictures be shown.",
            "Esta página no deja mostrar imágenes.";
        text pictures_blocked_next: "Your card is saved. Tell the site's owner: the page's policy has to allow them, img-src blob: or data:.",
            "Tu tarjeta está guardada. Avisa a quien lleva el sitio: la política de la página debe permitirlas, img-src blob: o data:.";
        text no_picture: "No picture", "Sin imagen";
        text edit: "Edit card", "Editar la tarjeta";
        text go_on: "Go on to delivery", "Seguir con la entrega";
        text finalize: "Finalize card", "Finalizar la tarjeta";
        text finalizing: "Finalizing…", "Finalizando…";

        text done_title: "Your card is ready", "Tu tarjeta está lista";
        text done_hint: "It is finalized and can be ordered.", "Está finalizada y se puede pedir.";
        text own_done_hint: "The organization orders it from here. You need do nothing more.",
            "A partir de aquí la pide la organización. No tienes que hacer nada más.";
        text draft_done_title: "Your draft is saved", "Tu borrador está guardado";
        text draft_done_hint: "It will be checked and finalized for you.", "Lo revisarán y finalizarán por ti.";
        with card_number(number): "Card number {number}", "Tarjeta número {number}";
        text new_card: "Make another card", "Hacer otra tarjeta";
    }
}
