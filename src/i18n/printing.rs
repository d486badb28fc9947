//! What may come out otherwise on the printed card than it was entered.

messages! {
    /// What is told beside a field, and what one is asked to look at on the preview.
    pub(crate) struct Printing {
        text emoji: "Emoji are mostly printed as empty boxes, or not at all.",
            "Los emojis casi siempre se imprimen como recuadros vacíos, o no se imprimen.";
        text right_to_left: "Arabic and Hebrew letters may be printed apart, in another order, or as empty boxes.",
            "Las letras árabes y hebreas pueden imprimirse separadas, en otro orden o como recuadros vacíos.";
        text east_asian: "Chinese, Japanese and Korean characters may be printed as empty boxes.",
            "Los caracteres chinos, japoneses y coreanos pueden imprimirse como recuadros vacíos.";
        text rare: "Some of these characters may be printed as empty boxes.",
            "Algunos de estos caracteres pueden imprimirse como recuadros vacíos.";
        text long: "This is long for a card. It may be printed small, or cut off.",
            "Es largo para una tarjeta. Puede imprimirse pequeño o cortado.";
        with count(length, limit): "{length} of {limit} characters", "{length} de {limit} caracteres";
        text look: "Look closely at these on the card, since they may not be printed as you typed them:",
            "Fíjate bien en esto en la tarjeta, porque puede no imprimirse tal como lo escribiste:";
        with left_empty(labels): "Left empty: {labels}. The card is printed without it.",
            "Sin rellenar: {labels}. La tarjeta se imprime sin ello.";
    }
}
