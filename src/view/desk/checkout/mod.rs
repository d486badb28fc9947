//! The checkout: four steps on one page, of which one is open and the others say what was chosen, then the submission.

mod address;
mod address_form;
mod copies;
mod progress;
mod review;
mod shipping;
mod state;
mod submit;

pub(super) use state::Checkout;

use super::super::app::{App, DeskPage, Load};
use super::state::State;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::notice::loading;
use crate::ui::words;
use state::Step;

/// The checkout.
pub(super) fn screen(app: App) -> El {
    let state = app.desk();
    state.load_cart();
    state.load_addresses();
    state.load_providers();
    state.renew_review();
    let words = words().checkout();
    // What there is to see: nothing yet, an empty cart, the steps, or the order on its way.
    let shown = move || match state.cart.get() {
        _ if state.checkout.order.with(Option::is_some) => 3,
        Load::Ready(cart) if cart.is_empty() => 1,
        Load::Ready(_) => 2,
        _ => 0,
    };
    let content = move |shown| {
        Some(match shown {
            3 => progress::progress(state),
            2 => steps(state),
            1 => empty(app),
            _ => waiting(state),
        })
    };
    let back = button("button quiet back", "back-to-cart", words.back_to_cart, move || app.go_to_desk(DeskPage::Cart));
    el("section")
        .class("desk checkout")
        .attr("data-screen", "checkout")
        .child(back)
        .child(heading(words.title, "", app.moved.get_untracked()))
        .switch(shown, content)
}

fn waiting(state: State) -> El {
    let failed = move || state.cart.with(|cart| matches!(cart, Load::Failed(_))).then(|| super::cart::failed(state));
    let skeleton =
        el("div").class("skeleton starting").hidden(move || state.cart.with(|cart| matches!(cart, Load::Failed(_))));
    el("div").child(loading()).child(skeleton).live(failed)
}

fn empty(app: App) -> El {
    let words = words().checkout();
    el("div")
        .class("nothing")
        .child(icon(icon::CART))
        .child(el("p").child(el("strong").text(words.empty)))
        .child(el("p").text(words.empty_next))
        .child(button("button primary", "open-cart", words.back_to_cart, move || app.go_to_desk(DeskPage::Cart)))
}

fn steps(state: State) -> El {
    let words = words().checkout();
    let step =
        |step: Step, title: &'static str, name: &'static str, open: fn(State) -> El, said: fn(State) -> Option<El>| {
            let is_open = move || state.checkout.step.get() == step;
            let is_done = move || state.checkout.step.get() != step && state.is_chosen(step);
            let title_id = ["step-", name].concat();
            let change = blank("button quiet", "change", move || state.open_step(step))
                .attr("data-step-to", name)
                .attr("aria-label", &words.change_of(title))
                .hidden(move || !is_done())
                .text(words.change);
            let title_of = el("h2").attr("id", &title_id).attr("tabindex", "-1").text(title);
            let head = el("div").class("step-head").child(title_of.clone()).child(change);
            let content = move |which| match which {
                2 => {
                    if state.checkout.moved.get_untracked() {
                        state.checkout.moved.set(false);
                        title_of.focus_soon();
                    }
                    Some(el("div").class("step-body").child(open(state)))
                }
                1 => said(state).map(|said| el("div").class("step-said").child(said)),
                _ => None,
            };
            let which = move || if is_open() { 2 } else { u64::from(is_done()) };
            el("section")
                .class("checkout-step")
                .attr("data-step", name)
                .attr("aria-labelledby", &title_id)
                .live_class("open", is_open)
                .live_attr("aria-current", move || is_open().then(|| "step".to_string()))
                .child(head)
                .switch(which, content)
        };
    el("div")
        .class("checkout-steps")
        .child(el("p").class("help").text(words.hint))
        .child(step(Step::Address, words.step_address, "address", address::open, address::said))
        .child(step(Step::Shipping, words.step_shipping, "shipping", shipping::open, shipping::said))
        .child(step(Step::Copies, words.step_copies, "copies", copies::open, copies::said))
        .child(step(Step::Review, words.step_review, "review", review::open, |_| None))
}

/// The button that closes a step and opens the next one.
fn go_on(act: impl Fn() + 'static) -> El {
    el("div").class("actions").child(button("button primary", "continue", words().checkout().go_on, act))
}
