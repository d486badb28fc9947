//! The way from the sign-in form to everything behind it.
//!
//! A page's visitor waits for the sign-in form; what comes after it is a WASM file of its own, fetched while the form is
//! being filled in. The build makes the cut at [`fetch`]: what can be reached from here only is in the second file. So
//! nothing of the first may name a function of [`Cards`] but through the value that [`fetch`] gives.

use std::cell::Cell;
use std::rc::Rc;

use super::ending;
use super::gateway;
use super::given;
use super::staying::ask_while;
use super::steps;
use super::trail;
use crate::browser::{BeforeUnload, Fetch};
use crate::flow::App;
use crate::flow::app::{CardDeeds, Fetched, NotFetched};
use crate::flow::arrival::CARD_DEEDS;
use crate::media::blob_url::BlobUrls;
use crate::ui::dom::El;

/// What the first file calls of the second.
pub(super) struct Cards {
    /// What is done there.
    deeds: &'static CardDeeds,
    /// Gives the session its way to the server, the widget its pictures and a way to keep the page from being left.
    connect: fn(App),
    /// Draws whichever screen there is, with the bar and the step line over it.
    pub(super) screens: fn(App) -> El,
}

static CARDS: Cards = Cards {
    deeds: &CARD_DEEDS,
    connect: |app| {
        app.cx().session().connect(Rc::new(Fetch::new()));
        gateway::connect(app);
        app.cx().set_pictures(Rc::new(BlobUrls));
        app.cx().set_leave_guard(Rc::new(BeforeUnload));
        app.load_ending_with(ending::load);
        app.card().give_by(given::load);
        ask_while(app.cx(), Box::new(move || app.card().is_unsaved()));
        trail::follow_soon(app);
    },
    screens: steps::screens,
};

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Cards>> = const { Cell::new(None) };
}

/// What is behind the form, once it was fetched.
pub(super) fn there() -> Option<&'static Cards> {
    THERE.get()
}

/// Fetches what is behind the form, and makes it ready for this widget.
pub fn load(app: App) -> Fetched<CardDeeds> {
    Box::pin(async move {
        let cards = fetch().await?;
        THERE.set(Some(cards));
        (cards.connect)(app);
        Ok(cards.deeds)
    })
}

#[cfg(all(feature = "split", target_family = "wasm"))]
impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> NotFetched {
        NotFetched
    }
}

/// Fetches the second file, or waits for it, or has it already.
#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(cards, fallible)]
fn fetch() -> Result<&'static Cards, NotFetched> {
    Ok(&CARDS)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Cards, NotFetched> {
    Ok(&CARDS)
}
