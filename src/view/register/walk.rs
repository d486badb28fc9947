//! Going from one card to the next: a queue is worked through, with the hands on the keys if one likes.

use crate::domain::register::Filter;
use crate::flow::register::OneCard;
use crate::flow::{DeskPage, Screen};
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::keys::Keys;
use crate::ui::words;

/// Where the card stands among those that one goes through, and the ways to those beside it.
pub(super) fn bar(this: OneCard) -> Option<El> {
    let words = words().register();
    let (place, _) = this.register.beside(this.id, 1)?;
    let count = this.register.walk().with_untracked(Vec::len);
    let is_queue = this.register.look().with_untracked(|look| look.filter == Filter::Waiting);
    let is_end = move |by| this.register.beside(this.id, by).and_then(|(_, next)| next).is_none();
    let step = |action, text, by: isize| {
        button("button", action, text, move || step(this, by)).live_true("aria-disabled", move || is_end(by))
    };
    let at = words.walk_at(&(place + 1).to_string(), &count.to_string());
    let next = if is_queue { words.next } else { words.next_card };
    Some(
        el("div")
            .class("walk")
            .child(el("span").class("help").text(&at))
            .child(step("previous-card", words.previous, -1))
            .child(step("next-card", next, 1)),
    )
}

fn step(this: OneCard, by: isize) {
    if let Some((_, Some(next))) = this.register.beside(this.id, by) {
        this.register.focus().set(Some(next));
        this.register.cx().go(Screen::Desk(DeskPage::Card(next)));
    }
}

/// To the next one; back to the list where there is none, or where one does not go through a queue.
pub(super) fn go_on(this: OneCard) {
    let is_queue = this.register.look().with_untracked(|look| look.filter == Filter::Waiting);
    match this.register.beside(this.id, 1) {
        Some((_, Some(_))) if is_queue => step(this, 1),
        _ => this.register.cx().go(Screen::Desk(DeskPage::Cards)),
    }
}

/// Finalizes the card and puts it into the cart; in a queue the next one comes then.
pub(super) fn finalize_and_add(this: OneCard) {
    let is_queue = this.register.look().with_untracked(|look| look.filter == Filter::Waiting);
    this.finalize_and_add(move || {
        if is_queue && matches!(this.register.beside(this.id, 1), Some((_, Some(_)))) {
            step(this, 1);
        }
    });
}

/// The keys of a card's page.
pub(super) fn keys() -> Keys {
    let words = words().register();
    Keys::new(&[
        ("j", "[data-action=next-card]", words.next_card),
        ("k", "[data-action=previous-card]", words.previous),
        ("f", "[data-action=finalize-and-add]", words.finalize_and_add),
        ("e", "[data-action=edit]", words.edit),
    ])
}
