//! What the page gives for cards, and the fields of a form that are the page's.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched where a page gives anything. Only [`Given`] is known
//! on this side of it.

mod control;
mod page;

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::api::Field;
use crate::flow::CardFlow;
use crate::flow::app::NotFetched;
use crate::ui::dom::El;

/// Draws the usual control of a field.
type Usual = Rc<dyn Fn() -> El>;

/// What the files before call of this one.
struct Given {
    /// Says how what the page gives is read.
    connect: fn(CardFlow),
    /// The control of a field, which is the usual one where the page has no say in it.
    control: fn(CardFlow, usize, Field, Usual) -> El,
}

static GIVEN: Given = Given { connect: page::connect, control: control::control };

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(given, fallible)]
fn fetch() -> Result<&'static Given, NotFetched> {
    Ok(&GIVEN)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Given, NotFetched> {
    Ok(&GIVEN)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Given>> = const { Cell::new(None) };
}

/// Fetches it, and makes it ready for this widget.
pub(super) fn load(card: CardFlow) {
    spawn_local(async move {
        let fetched = fetch().await;
        if card.opening().is_gone() {
            return;
        }
        match fetched {
            Ok(given) => {
                THERE.set(Some(given));
                (given.connect)(card);
            }
            Err(NotFetched) => card.not_given(),
        }
    });
}

/// The control of field number `index`: the `usual` one, unless the page wants another.
pub(super) fn dressed(card: CardFlow, index: usize, field: &Field, usual: Usual) -> El {
    match THERE.get().filter(|_| card.is_dressed().get_untracked()) {
        Some(given) => (given.control)(card, index, field.clone(), usual),
        None => usual(),
    }
}
