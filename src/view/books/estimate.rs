//! What an order will probably cost, where somebody asks: told apart from the vendor's price, which comes when it is submitted.

use std::rc::Rc;

use crate::flow::checkout::Checkout;
use crate::flow::estimating::Estimating;
use crate::flow::{Remote, worded};
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::notice::{loading, notice};
use crate::ui::words;

/// The question, and then its answer.
pub(super) fn estimate(checkout: Checkout) -> El {
    let all = words();
    let words = all.orders();
    let estimating = Estimating::new(checkout);
    let content = move || {
        Some(match estimating.now.get() {
            None => button("button", "estimate-cost", words.estimate, move || estimating.find_out()),
            Some(Remote::Loading) => {
                let text = el("p").class("help").text(words.estimating);
                el("div").child(loading()).child(text)
            }
            Some(Remote::Failed(error)) => notice(worded(all, &error), Some(Rc::new(move || estimating.find_out()))),
            Some(Remote::Ready(None)) => el("p").class("help").text(words.no_estimate),
            Some(Remote::Ready(Some(found))) => {
                let (low, high) = (found.low.to_string(), found.high.to_string());
                let sum = if low == high { words.about(&low) } else { words.about_between(&low, &high) };
                let by = match found.orders {
                    1 => words.by_one_order.to_owned(),
                    orders => words.by_orders(&orders.to_string()),
                };
                el("div").child(el("p").child(el("strong").text(&sum))).child(el("p").class("help").text(&by))
            }
        })
    };
    el("div").class("estimate").attr("role", "status").live(content)
}
