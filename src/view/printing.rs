//! What may come out otherwise on the printed card than it was entered: beside its field, and where one looks at the preview.
//!
//! It comes with [`super::trail`].

use crate::domain::draft::{Draft, Problem};
use crate::domain::field::{COUNT_FROM, Hold, TEXT_LIMIT};
use crate::domain::printable::{Doubt, doubts};
use crate::domain::text::printed;
use crate::flow::CardFlow;
use crate::i18n::printing::Printing;
use crate::ui::dom::{El, el};

fn say(words: &Printing, doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Emoji => words.emoji,
        Doubt::RightToLeft => words.right_to_left,
        Doubt::EastAsian => words.east_asian,
        Doubt::Rare => words.rare,
        Doubt::Long => words.long,
    }
}

/// What is said below field number `index`: once it was left, what may go wrong with its text; and how long that is, where it is
/// nearly too long. Follows.
pub(super) fn beside(card: CardFlow, index: usize) -> Option<String> {
    let words = card.cx().words().printing();
    let was_left = card.touched().with(|touched| touched.contains(&index));
    let text = card.draft().with(|draft| draft.as_ref().map(|draft| draft.text(index)))?;
    let mut said: Vec<String> = Vec::new();
    if was_left {
        said.extend(doubts(printed(&text)).into_iter().map(|doubt| say(words, doubt).to_owned()));
    }
    let length = text.chars().count();
    if length >= COUNT_FROM {
        said.push(words.count(&length.to_string(), &TEXT_LIMIT.to_string()));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// What one is asked to look at on the preview: what the card was to have and has not, and texts that may not be printed as they
/// are.
pub(super) fn at_preview(card: CardFlow) -> Option<El> {
    let words = card.cx().words().printing();
    card.draft().with_untracked(|draft| {
        let draft = draft.as_ref()?;
        let (fields, mut empty) = (draft.fields(), Vec::new());
        let mut doubted = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            if draft.problem(index) == Some(Problem::Missing) {
                empty.push(field.label.as_str());
            }
            doubted.extend(looked_at(draft, index, &field.label, words));
        }
        let empty = (!empty.is_empty()).then(|| el("p").class("notice").text(&words.left_empty(&empty.join(", "))));
        let closely = (!doubted.is_empty()).then(|| {
            el("div").class("notice closely").child(el("p").text(words.look)).child(el("ul").children(doubted))
        });
        (empty.is_some() || closely.is_some()).then(|| el("div").children(empty).children(closely))
    })
}

/// A text of which it is not certain how it comes out: what it is called, as it was entered, and why.
fn looked_at(draft: &Draft, index: usize, label: &str, words: &Printing) -> Option<El> {
    // What the page hides is seen by nobody before it is printed.
    if draft.hold(index) == Hold::Hidden {
        return None;
    }
    let text = draft.text(index);
    let found = doubts(printed(&text));
    let why: Vec<&str> = found.into_iter().map(|doubt| say(words, doubt)).collect();
    (!why.is_empty()).then(|| {
        el("li")
            .child(el("strong").text(label))
            .text(": ")
            .child(el("bdi").text(printed(&text)))
            .child(el("div").class("help").text(&why.join(" ")))
    })
}
