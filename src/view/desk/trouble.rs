//! What stands in the way of a change of the cart, beside the card that it is about.

use crate::api::{CardId, Error};
use crate::flow::cart::CartFlow;
use crate::flow::{Worded, worded};
use crate::i18n::Messages;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::notice::notice;

/// Why a change did not come about, and what to do.
pub(super) fn trouble(cart: CartFlow, all: Messages, card: CardId) -> Option<El> {
    let wish = cart.wish_for(card)?;
    let error = wish.failed?;
    let again = move || cart.wish(&[(card, wish.copies)]);
    let is_in = cart.cart().with_untracked(|cart| cart.ready().is_some_and(|cart| cart.copies(card) > 0));
    let why = why(all, &error, is_in);
    let leave = button("button quiet", "leave-as-is", all.cart().leave, move || cart.drop_wish(card));
    let retry = button("button", "retry", all.common().retry, again);
    Some(notice(why, None).child(el("div").class("buttons").child(retry).child(leave)))
}

/// A refusal in the words of the cart.
fn why(all: Messages, error: &Error, is_in: bool) -> Worded {
    let words = all.cart();
    let said = error.words().to_vec();
    match error {
        Error::NotFound { .. } if !is_in => Worded { said, ..Worded::of(words.gone, words.gone_next) },
        Error::Refused { .. } if !is_in => Worded { said, ..Worded::of(words.not_final, words.not_final_next) },
        error => {
            let worded = worded(all, error);
            Worded { what: [words.not_changed, " ", &worded.what].concat(), ..worded }
        }
    }
}
