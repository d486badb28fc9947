//! Notices: what went wrong, what to do about it, and a way on.

use super::button::{Act, button};
use super::dom::{El, el};
use super::language::words;
use crate::flow::{self, Context, Listing, Worded};

/// Shows a failure, with a button to try again where there is something to try. Where the device is without a network, that is
/// done by itself once it has one.
pub(crate) fn notice(worded: Worded, retry: Option<Act>) -> El {
    let words = words().common();
    let mut shown = el("div")
        .class("notice danger")
        .attr("role", "alert")
        .attr("part", "notice")
        .child(el("p").child(el("strong").text(&worded.what)));
    if !worded.next.is_empty() {
        shown = shown.child(el("p").text(&worded.next));
    }
    if !worded.said.is_empty() {
        let list = el("ul").children(worded.said.iter().map(|said| el("li").text(said)));
        shown = shown.child(el("div").class("said").child(el("span").text(words.server_said)).child(list));
    }
    shown.children(retry.map(|retry| {
        flow::when_back(retry.clone());
        button("button", "retry", words.retry, move || retry())
    }))
}

/// Says how many entries of a list are left out; nothing where all are there.
pub(crate) fn left_out(count: u32) -> Option<El> {
    (count > 0).then(|| el("p").class("hint").attr("role", "status").text(&flow::left_out(words(), count)))
}

/// What a list says that shows nothing: `nothing`, unless there is something that cannot be read.
pub(crate) fn nothing_in(left_out: u32, nothing: &str) -> &str {
    if left_out > 0 { words().cart().nothing_readable } else { nothing }
}

/// Says, where a card is added or ordered, that it may be in a part of the cart that cannot be read. Follows.
pub(crate) fn cart_in_doubt(cx: Context) -> Option<El> {
    let text = || cx.words().cart().in_doubt;
    (cx.left_out(Listing::Cart) > 0).then(|| el("p").class("notice").attr("role", "status").text(text()))
}

/// Says, to whoever does not see the skeleton beside it, that something is on its way.
pub(crate) fn loading() -> El {
    let text = words().common().loading;
    el("p").class("visually-hidden").attr("role", "status").attr("aria-label", text).text(text)
}
