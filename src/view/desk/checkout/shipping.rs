//! Who carries the order.

use std::rc::Rc;

use super::next::go_on;
use crate::api::ShippingProvider;
use crate::flow::checkout::{Checkout, Step};
use crate::flow::{Listing, Remote, Worded, worded};
use crate::reactive::Var;
use crate::ui::choice::{choice, choices};
use crate::ui::dom::{El, el};
use crate::ui::notice::{left_out, loading, nothing_in, notice};
use crate::ui::text_field::error_line;
use crate::ui::words;

/// The provider in short, once the step is done.
pub(super) fn said(checkout: Checkout) -> Option<El> {
    let provider = checkout.provider().get_untracked()?;
    Some(el("p").text(&name_of(&provider)))
}

/// A provider's name; its number where it has none.
pub(in crate::view::desk) fn name_of(provider: &ShippingProvider) -> String {
    match provider.name.trim() {
        "" => provider.id.to_string(),
        name => name.to_owned(),
    }
}

/// The step itself.
pub(super) fn open(checkout: Checkout) -> El {
    let all = words();
    let words = all.checkout();
    let missing = Var::new(false);
    let chosen = checkout.provider();
    let content = move || {
        let retry = Rc::new(move || checkout.load_providers());
        Some(match checkout.providers().get() {
            Remote::Loading => el("div").child(loading()).child(el("div").class("skeleton starting")),
            Remote::Failed(error) => notice(worded(all, &error), Some(retry)),
            Remote::Ready(list) if list.is_empty() => {
                let unread = checkout.cx().left_out(Listing::Providers);
                let next = if unread > 0 { all.errors().again_or_owner } else { words.no_providers_next };
                notice(Worded::of(nothing_in(unread, words.no_providers), next), Some(retry))
            }
            Remote::Ready(list) => choices(words.providers, list.iter().map(|provider| option(checkout, provider))),
        })
    };
    let go = move || {
        let is_chosen = chosen.with_untracked(Option::is_some);
        missing.set(!is_chosen);
        if is_chosen {
            checkout.open_step(Step::Shipping.next());
        }
    };
    let error =
        Rc::new(move || (missing.get() && chosen.with(Option::is_none)).then(|| words.choose_provider.to_string()));
    el("div")
        .live(move || left_out(checkout.cx().left_out(Listing::Providers)))
        .live(content)
        .child(error_line("provider-error", error).attr("role", "alert"))
        .child(go_on(go))
}

fn option(checkout: Checkout, provider: &ShippingProvider) -> El {
    let id = provider.id;
    let chosen = checkout.provider();
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
