use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::api::{FieldKind, Template};
use crate::domain::field::tests::field;

fn any_card() -> impl Strategy<Value = RememberedCard> {
    let texts = || proptest::collection::vec((any::<String>(), any::<String>()), 0..5);
    (any::<u64>(), any::<Option<u64>>(), any::<bool>(), any::<bool>(), texts(), texts()).prop_map(
        |(template, number, is_sent, has_pictures, texts, saved)| RememberedCard {
            template,
            number,
            is_sent,
            has_pictures,
            texts,
            saved,
        },
    )
}

fn any_remembered() -> impl Strategy<Value = Remembered> {
    let token = any::<Option<String>>().prop_map(|token| token.filter(|token| !token.is_empty()));
    (token, any::<[u64; 4]>(), proptest::option::of(any_card())).prop_map(|(token, numbers, card)| {
        let [token_mark, account, given, screen] = numbers;
        Remembered { token, person: Person { token: token_mark, account, given }, screen, card }
    })
}

proptest! {
    /// What was kept comes back as it was, whatever was typed.
    #[test]
    fn what_is_kept_comes_back(kept in any_remembered()) {
        prop_assert_eq!(Remembered::of(&kept.to_text()), Some(kept));
    }

    /// Whatever stands there instead is nothing.
    #[test]
    fn wild_text_is_nothing(text in any::<String>()) {
        prop_assert_eq!(Remembered::of(&text), None);
    }

    /// A text that was damaged anywhere is nothing, or says all that it says: no part of one becomes a part of another.
    #[test]
    fn a_damaged_text_gives_no_other_value(
        kept in any_remembered(), at in any::<prop::sample::Index>(), with in any::<Option<char>>(), length in 0_usize..4,
    ) {
        let text: Vec<char> = kept.to_text().chars().collect();
        let at = at.index(text.len());
        let damaged: String = text[..at].iter().copied().chain(with).chain(text.iter().copied().skip(at + length)).collect();
        if let Some(read) = Remembered::of(&damaged) {
            prop_assert_eq!(read.to_text(), damaged);
        }
    }

    /// Cut off anywhere, or gone on with, it is nothing, but where a whole pair of parts is missing.
    #[test]
    fn half_a_text_is_nothing(kept in any_remembered(), at in any::<prop::sample::Index>(), more in "[^0-9].{0,8}") {
        let text = kept.to_text();
        let cut: String = text.chars().take(at.index(text.chars().count())).collect();
        if let Some(read) = Remembered::of(&cut) {
            let (card, whole) = (read.card.unwrap_or_default(), kept.card.clone().unwrap_or_default());
            prop_assert_eq!(read.token, kept.token);
            prop_assert!(whole.texts.starts_with(&card.texts) && card.saved == whole.saved || card == RememberedCard::default());
        }
        prop_assert_eq!(Remembered::of(&(text + &more)), None);
    }
}

#[test]
fn another_version_is_nothing() {
    let text = Remembered::default().to_text();
    assert!(Remembered::of(&text).is_some());
    assert_eq!(Remembered::of(&text.replace("instant-card 2", "instant-card 1")), None);
}

#[test]
fn no_picture_is_kept_and_an_emptied_text_is() {
    let mut draft = Draft::new(
        Template { id: TemplateId(7), name: "Badge".into() },
        vec![
            field("NAME", "Full name", FieldKind::Text, None),
            field("NOTE", "Note", FieldKind::Text, None),
            field("PIC", "Photo", FieldKind::Image, Some("PHOTO")),
            field("TEAM", "Team", FieldKind::Text, None),
        ],
    );
    assert!(!RememberedCard::of(&draft, false).is_worth_it());
    draft.set(2, Value::Image(Arc::from("/9j/PHOTO-MARKER")));
    draft.set(0, Value::Text("Ana: 3".into()));
    draft.set(1, Value::Text("".into()));
    let card = RememberedCard::of(&draft, true);
    assert_eq!(card.texts, [("NAME".into(), "Ana: 3".into()), ("NOTE".into(), String::new())]);
    assert!(card.has_pictures && card.is_sent && card.is_worth_it() && card.number.is_none());
    let text = Remembered { card: Some(card), ..Remembered::default() }.to_text();
    assert!(!text.contains("MARKER") && !text.contains("/9j/"));
}

#[test]
fn in_doubt_it_is_somebody_else() {
    let ana = Person { token: 1, account: 2, given: 3 };
    for (other, is_same) in [
        (ana, true),
        (Person { token: 9, ..ana }, true),
        (Person { account: 9, ..ana }, true),
        (Person { token: 9, account: 9, ..ana }, false),
        (Person { token: 9, account: 0, ..ana }, false),
        (Person { given: 9, ..ana }, false),
    ] {
        assert_eq!(ana.is(other), is_same, "{other:?}");
    }
    let unknown = Person { token: 0, account: 0, given: 3 };
    assert!(!unknown.is(unknown));
    assert_ne!(mark(["a", "b"]), mark(["ab", ""]));
}
