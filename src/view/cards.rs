//! The way from the sign-in form to everything behind it.
//!
//! A page's visitor waits for the sign-in form; what comes after it is a WASM file of its own, fetched while the form is
//! being filled in. The build makes the cut at [`fetch`]: what can be reached from here only is in the second file. So
//! nothing of the first may name a function of [`Cards`] but through the value that [`fetch`] gives.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::app::App;
use super::steps;
use crate::browser::Fetch;
use crate::ui::dom::El;
use crate::ui::notice::Worded;

/// What the first file calls of the second.
pub(super) struct Cards {
    /// Gives the session its way to the server.
    connect: fn(App),
    /// Signs in with what stands in the form. `Err` is what to show in it.
    pub(super) sign_in: fn(App) -> LocalBoxFuture<'static, Result<(), Worded>>,
    /// Draws whichever screen there is, with the bar and the step line over it.
    pub(super) screens: fn(App) -> El,
    /// Goes on after signing in.
    pub(super) enter: fn(App),
    /// To the template screen, or to the form where there is nothing to choose.
    pub(super) first_screen: fn(App),
    /// Fills what the page knows into the card in work.
    pub(super) prefill: fn(App, &[(String, String)]),
}

static CARDS: Cards = Cards {
    connect: |app| app.session().connect(Rc::new(Fetch::new())),
    sign_in: App::sign_in_with_form,
    screens: steps::screens,
    enter: App::arrive,
    first_screen: App::first_screen,
    prefill: App::prefill_draft,
};

/// The second file could not be fetched. Asking again tries again.
#[derive(Debug)]
pub(super) struct NotFetched;

#[cfg(all(feature = "split", target_family = "wasm"))]
impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> NotFetched {
        NotFetched
    }
}

impl App {
    /// What is behind the form: there already, or fetched now.
    pub(super) async fn cards(self) -> Result<&'static Cards, NotFetched> {
        let kept = self.kept();
        if let Some(cards) = kept.cards.get() {
            return Ok(cards);
        }
        let cards = fetch().await?;
        kept.cards.set(Some(cards));
        (cards.connect)(self);
        Ok(cards)
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
