//! How cards are found at the server, by whoever makes them.

use crate::api::Card;
use crate::domain::config::Mode;
use crate::flow::card::{CardFlow, Finder, Lost};
use crate::flow::cart::CartFlow;

/// How cards are found at the server.
pub(super) static FINDER: Finder = Finder {
    lost: |card, lost| {
        Box::pin(async move {
            let found = card.look_for(&lost).await?;
            let id = found.as_ref().map(|found| found.id);
            found.into_iter().for_each(|found| look_for_twins(card, &lost, found));
            Ok(id)
        })
    },
    made: |card, sent, made| look_for_twins(card, &sent, made),
};

/// Tells staff where a card may have come to be more than one. That it cannot be looked is no failure of anything that was asked
/// for; and who is no staff sees no card but their own.
fn look_for_twins(card: CardFlow, sent: &Lost, made: Card) {
    if card.cx().mode() != Mode::Portal {
        return;
    }
    let cart = CartFlow::of(card.cx().row());
    let id = made.id;
    let before = cart.has_made(id, sent.template);
    // What was made here, or is older than something that was, has not come of this call.
    let looking = card.look_for_twins(sent, made, move |other| Some(other) <= before || cart.was_made(other));
    card.cx().spawn(Box::pin(async move {
        if let Ok(others) = looking.await {
            cart.may_be_twice(id, others);
        }
    }));
}
