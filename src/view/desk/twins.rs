//! Cards that may have come to be more than one: it stands over the cart and beside the card that was made, until the person says
//! that they know; and in the cart, beside each of them that is there.

use crate::api::CardId;
use crate::flow::cart::CartFlow;
use crate::i18n::Messages;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::heading::focus_title;
use crate::ui::words;

/// What is to be known of cards that were made.
pub(super) fn notices(cart: CartFlow) -> El {
    let all = words();
    let place = el("div").attr("role", "alert");
    let here = place.clone();
    place.live(move || {
        let twins = cart.twins().get();
        let notices: Vec<El> = twins
            .iter()
            .filter(|twins| !twins.is_known)
            .map(|twins| {
                let (made, here) = (twins.made, here.clone());
                let [what, next] = cart.twins_in_words(twins);
                let known = button("button", "dismiss-twins", all.audit().dismiss, move || {
                    cart.knows_twins(made);
                    focus_title(&here);
                });
                el("div")
                    .class("notice")
                    .attr("part", "notice")
                    .attr("data-twins", &made.to_string())
                    .child(el("p").child(el("strong").text(&what)))
                    .child(el("p").text(&next))
                    .child(known)
            })
            .collect();
        (!notices.is_empty()).then(|| el("div").class("findings").children(notices))
    })
}

/// That another card in the cart may be the same as this one.
pub(super) fn beside(cart: CartFlow, all: Messages, card: CardId) -> Option<El> {
    let other = cart.twin_in_cart(card)?;
    Some(el("div").class("notice").attr("role", "status").text(&all.cart().twin_here(&other.to_string())))
}
