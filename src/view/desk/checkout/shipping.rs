//! Who carries the order.

use std::rc::Rc;

use super::super::super::app::Load;
use super::super::state::State;
use super::go_on;
use super::state::Step;
use crate::api::ShippingProvider;
use crate::reactive::Var;
use crate::ui::choice::{choice, choices};
use crate::ui::dom::{El, el};
use crate::ui::notice::{Worded, loading, notice, worded};
use crate::ui::text_field::error_line;
use crate::ui::words;

/// The provider in short, once the step is done.
pub(super) fn said(state: State) -> Option<El> {
    let provider = state.checkout.provider.get_untracked()?;
    Some(el("p").text(&name_of(&provider)))
}

/// A provider's name; its number where it has none.
pub(super) fn name_of(provider: &ShippingProvider) -> String {
    match provider.name.trim() {
        "" => provider.id.to_string(),
        name => name.to_owned(),
    }
}

/// The step itself.
pub(super) fn open(state: State) -> El {
    let all = words();
    let words = all.checkout();
    let missing = Var::new(false);
    let chosen = state.checkout.provider;
    let content = move || {
        let retry = Rc::new(move || state.load_providers());
        Some(match state.checkout.providers.get() {
            Load::Busy => el("div").child(loading()).child(el("div").class("skeleton starting")),
            Load::Failed(error) => notice(worded(all, &error), Some(retry)),
            Load::Ready(list) if list.is_empty() => {
                notice(Worded::of(words.no_providers, words.no_providers_next), Some(retry))
            }
            Load::Ready(list) => choices(words.providers, list.iter().map(|provider| option(state, provider))),
        })
    };
    let go = move || {
        let is_chosen = chosen.with_untracked(Option::is_some);
        missing.set(!is_chosen);
        if is_chosen {
            state.open_step(Step::Shipping.next());
        }
    };
    let error =
        Rc::new(move || (missing.get() && chosen.with(Option::is_none)).then(|| words.choose_provider.to_string()));
    el("div").live(content).child(error_line("provider-error", error).attr("role", "alert")).child(go_on(go))
}

fn option(state: State, provider: &ShippingProvider) -> El {
    let id = provider.id;
    let chosen = state.checkout.provider;
    let content = el("span").class("choice-text").child(el("strong").text(&name_of(provider)));
    let provider = provider.clone();
    choice(
        "shipping_provider_id",
        &id.to_string(),
        content,
        move || chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.id == id)),
        move || chosen.set(Some(provider.clone())),
    )
}
