//! The checkout: four steps on one page, of which one is open and the others say what was chosen, then the submission.

mod address;
mod copies;
mod next;
mod progress;
mod review;
mod shipping;

pub(in crate::view::desk) use shipping::name_of;

use crate::flow::cart::CartFlow;
use crate::flow::checkout::Step;
use crate::flow::{App, Context, Desk, DeskPage, Listing, Remote, Screen};
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::later::later;
use crate::ui::notice::{loading, nothing_in};
use crate::ui::words;

/// The checkout.
pub(super) fn screen(app: App) -> El {
    let desk = app.desk();
    let (cx, checkout) = (desk.cx(), desk.checkout());
    let words = words().checkout();
    // What there is to see: nothing yet, an empty cart, the steps, or the order on its way.
    let shown = move || match checkout.cart().cart().get() {
        _ if checkout.order().with(Option::is_some) => 1,
        Remote::Ready(cart) if cart.is_empty() => 3 + u64::from(cx.left_out(Listing::Cart)),
        Remote::Ready(_) => 2,
        _ => 0,
    };
    let content = move |shown| {
        Some(match shown {
            0 => waiting(checkout.cart()),
            1 => progress::progress(desk),
            2 => steps(desk),
            shown => empty(cx, shown as u32 - 3),
        })
    };
    let back =
        button("button quiet back", "back-to-cart", words.back_to_cart, move || cx.go(Screen::Desk(DeskPage::Cart)));
    let head = heading(words.title, "", cx.moved().get_untracked());
    let screen = el("section").class("desk checkout").attr("data-screen", "checkout").child(back).child(head);
    later(screen, move |screen| {
        checkout.enter();
        screen.switch(shown, content);
    })
}

fn waiting(cart: CartFlow) -> El {
    let failed = move || cart.cart().with(|cart| matches!(cart, Remote::Failed(_))).then(|| super::cart::failed(cart));
    let skeleton =
        el("div").class("skeleton starting").hidden(move || cart.cart().with(|cart| matches!(cart, Remote::Failed(_))));
    el("div").child(loading()).child(skeleton).live(failed)
}

fn empty(cx: Context, left_out: u32) -> El {
    let words = words().checkout();
    el("div")
        .class("nothing")
        .child(icon(icon::CART))
        .child(el("p").child(el("strong").text(nothing_in(left_out, words.empty))))
        .child(el("p").text(words.empty_next))
        .child(button("button primary", "open-cart", words.back_to_cart, move || cx.go(Screen::Desk(DeskPage::Cart))))
}

fn steps(desk: Desk) -> El {
    let checkout = desk.checkout();
    let words = words().checkout();
    let step =
        |step: Step, title: &'static str, name: &'static str, open: fn(Desk) -> El, said: fn(Desk) -> Option<El>| {
            let is_open = move || checkout.step().get() == step;
            let is_done = move || checkout.step().get() != step && checkout.is_chosen(step);
            let title_id = ["step-", name].concat();
            let change = blank("button quiet", "change", move || checkout.open_step(step))
                .attr("data-step-to", name)
                .attr("aria-label", &words.change_of(title))
                .hidden(move || !is_done())
                .text(words.change);
            let title_of = el("h2").attr("id", &title_id).attr("tabindex", "-1").text(title);
            let head = el("div").class("step-head").child(title_of.clone()).child(change);
            let content = move |which| match which {
                2 => {
                    if checkout.moved().get_untracked() {
                        checkout.moved().set(false);
                        title_of.focus_soon();
                    }
                    Some(el("div").class("step-body").child(open(desk)))
                }
                1 => said(desk).map(|said| el("div").class("step-said").child(said)),
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
        .child(step(
            Step::Address,
            words.step_address,
            "address",
            |desk| address::open(desk.checkout()),
            |desk| address::said(desk.checkout()),
        ))
        .child(step(
            Step::Shipping,
            words.step_shipping,
            "shipping",
            |desk| shipping::open(desk.checkout()),
            |desk| shipping::said(desk.checkout()),
        ))
        .child(step(
            Step::Copies,
            words.step_copies,
            "copies",
            |desk| copies::open(desk.checkout()),
            |desk| copies::said(desk.checkout()),
        ))
        .child(step(Step::Review, words.step_review, "review", review::open, |_| None))
}
