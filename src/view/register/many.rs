//! What is done with many cards at once: how many are picked, how far it is, and what became of each.

use std::rc::Rc;

use super::deletions;
use super::parting::parting;
use crate::domain::statement::sheet;
use crate::flow::register::{Batch, Deed, Outcome, Pace};
use crate::flow::{Register, worded};
use crate::i18n::Messages;
use crate::media::download::download;
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// So many of those that did not come about are named.
const NAMED: usize = 5;

/// What can be done with the cards that are picked; it keeps its place, so that the list does not move when one is.
pub(super) fn bar(register: Register, shown: Var<Vec<u64>>) -> El {
    let all = words();
    let words = all.register();
    let asks = Var::new(false);
    let is_empty = move || register.picked().with(Vec::is_empty);
    let count = move || match register.picked().with(Vec::len) {
        0 => words.pick_hint.to_owned(),
        1 => words.one_picked.to_owned(),
        count => words.picked(&count.to_string()),
    };
    let whole = move || {
        let count = shown.with(Vec::len).to_string();
        if is_empty() { words.pick_all(&count) } else { words.pick_none.to_owned() }
    };
    let pick =
        el("button").attr("type", "button").class("button quiet").attr("data-action", "pick-all").live_text(whole).on(
            "click",
            move |_| match register.picked().with_untracked(Vec::is_empty) {
                true => register.pick_all(shown.get_untracked()),
                false => register.pick_all(Vec::new()),
            },
        );
    let begin = |action, text: &'static str, deed: Deed| {
        button("button", action, text, move || match deed {
            _ if register.picked().with_untracked(Vec::is_empty) => {}
            Deed::Delete => asks.set(true),
            deed => register.start_many(deed),
        })
        .live_true("aria-disabled", is_empty)
    };
    let deeds = el("div")
        .class("actions")
        .child(begin("add-picked", all.cart().add_to_cart, Deed::Add))
        .child(begin("finalize-picked", words.finalize_many, Deed::Finalize))
        .child(begin("delete-picked", words.delete_many, Deed::Delete));
    let question = move |asked| {
        let answered = move |yes| {
            asks.set(false);
            if yes {
                register.start_many(Deed::Delete);
            }
        };
        (asked == 1).then(|| question(register, Rc::new(answered)))
    };
    let count = el("span").class("picked").attr("role", "status").live_text(count);
    el("div")
        .class("many")
        .child(el("div").class("many-count").child(pick).child(count))
        .child(deeds)
        .switch(move || u64::from(asks.get()), question)
}

fn question(register: Register, answered: Rc<dyn Fn(bool)>) -> El {
    let all = words();
    let words = all.register();
    let count = register.picked().with_untracked(Vec::len).to_string();
    let title = el("h2").attr("id", "delete-card").text(&words.delete_many_title(&count));
    let content = [title, el("p").text(words.delete_many_what), deletions::answers(all, answered.clone())];
    dialog("delete-card", Rc::new(move || answered(false)), content).class("asking")
}

/// How far it is with them.
pub(super) fn progress(register: Register) -> El {
    let all = words();
    // The parts that are there; their texts follow by themselves.
    let state = move || {
        register.batch().with(|batch| match batch {
            None => 0,
            Some(batch) if batch.pace == Pace::Held => 1,
            Some(batch) if batch.is_going() => 2,
            Some(_) => 3,
        })
    };
    el("div").class("batch-place").switch(state, move |state| (state > 0).then(|| batch(register, all, state)))
}

fn batch(register: Register, all: Messages, state: u64) -> El {
    let words = all.register();
    let read = move |tell: fn(&Batch, Messages) -> String| {
        move || register.batch().with(|batch| batch.as_ref().map(|batch| tell(batch, all)).unwrap_or_default())
    };
    let bar = el("progress")
        .attr("aria-label", words.progress)
        .live_attr("max", read(|batch, _| batch.pieces.len().to_string()).some())
        .live_attr("value", read(|batch, _| (batch.counts().0 + batch.counts().1).to_string()).some());
    let stop = |text| parting("button", "stop-batch", text, move || register.stop_many());
    let told = el("p").attr("role", "status").live_text(read(told));
    let place = el("div").class("notice batch").child(told);
    match state {
        1 => place.child(stop(words.keep_all)),
        2 => place.child(bar).child(stop(words.stop)),
        _ => {
            let failed = move || register.batch().with(|batch| failures(batch.as_deref()?, all));
            let is_open = move || register.batch().with(|batch| batch.as_ref().is_some_and(|batch| has_more(batch)));
            let retry = parting("button", "go-on-batch", words.go_on, move || register.go_on_with_many());
            let save = button("button", "download-report", words.report, move || {
                if let Some(batch) = register.batch().get_untracked() {
                    let text = sheet(&report(&batch, all));
                    download(el("a").html(), "instantcard-cards.csv", &text, "text/csv;charset=utf-8");
                }
            });
            let close = parting("button quiet", "dismiss", words.close, move || register.forget_many());
            let buttons = el("div").class("buttons").child(retry.hidden(move || !is_open())).child(save).child(close);
            place.live(failed).child(buttons)
        }
    }
}

fn has_more(batch: &Batch) -> bool {
    batch.count(|outcome| !matches!(outcome, Outcome::Done)) > 0
}

fn told(batch: &Batch, all: Messages) -> String {
    let words = all.register();
    let (done, failed) = batch.counts();
    let (done, count) = (done.to_string(), batch.pieces.len().to_string());
    let so_far = match batch.deed {
        _ if batch.pace == Pace::Held => return words.many_held(&count),
        Deed::Finalize => words.many_finalized(&done, &count),
        Deed::Add => words.many_added(&done, &count),
        Deed::Delete => words.many_deleted(&done, &count),
    };
    if failed == 0 { so_far } else { [&so_far, " ", &words.many_failed(&failed.to_string())].concat() }
}

/// Those that did not come about, and why.
fn failures(batch: &Batch, all: Messages) -> Option<El> {
    let failed: Vec<String> = batch
        .pieces
        .iter()
        .filter_map(|piece| match &piece.outcome {
            Outcome::Failed(error) => Some([&piece.title, ": ", &worded(all, error).what].concat()),
            _ => None,
        })
        .collect();
    let more = failed.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| el("li").text(&all.orders().and_more(&more.to_string())));
    (!failed.is_empty())
        .then(|| el("ul").children(failed.iter().take(NAMED).map(|text| el("li").text(text))).children(more))
}

/// What became of each, for a file.
fn report(batch: &Batch, all: Messages) -> Vec<Vec<String>> {
    let words = all.register();
    let head = [words.number, words.by_name, words.result].map(str::to_owned).to_vec();
    let row = |piece: &crate::flow::register::Piece| {
        let result = match &piece.outcome {
            Outcome::Done => words.result_done.to_owned(),
            Outcome::Waiting | Outcome::Busy => words.result_none.to_owned(),
            Outcome::Failed(error) => {
                let why = worded(all, error);
                [why.what.as_str(), " ", &why.said.join(" ")].concat().trim().to_owned()
            }
        };
        vec![piece.card.to_string(), piece.title.clone(), result]
    };
    std::iter::once(head).chain(batch.pieces.iter().map(row)).collect()
}

/// A text that an attribute always has.
trait Always {
    /// It.
    fn some(self) -> impl Fn() -> Option<String> + 'static;
}

impl<F: Fn() -> String + 'static> Always for F {
    fn some(self) -> impl Fn() -> Option<String> + 'static {
        move || Some(self())
    }
}
