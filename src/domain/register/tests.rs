use proptest::prelude::*;

use super::standing::{Evidence, Standing};
use super::*;
use crate::api::{CardId, CardValue};

fn card(id: u64, name: &str) -> Card {
    let value = CardValue { token: "FULL_NAME".to_owned(), label: None, value: name.to_owned() };
    Card {
        id: CardId(id),
        template_id: Some(TemplateId(id % 3)),
        organization_id: None,
        data: if name.is_empty() { Vec::new() } else { vec![value] },
        last_printed_at: None,
        last_submitted_at: None,
    }
}

/// By their numbers, each once.
fn entries(cards: &[Card]) -> Vec<Rc<Entry>> {
    let mut cards = cards.to_vec();
    cards.sort_by_key(|card| card.id);
    cards.dedup_by_key(|card| card.id);
    cards.into_iter().map(|card| Rc::new(Entry::of(card))).collect()
}

fn ids(cards: &[Card], look: &Look) -> Vec<u64> {
    let standing = |card: &Card| Standing::of(card, Evidence { is_in_cart: card.id.0 == 2, ..Evidence::default() });
    let cards = entries(cards);
    let places = select(&cards, look, &standing, &|card| card.id.0 == 99);
    places.into_iter().map(|place| cards[place].id.0).collect()
}

fn looked(term: &str, order: Order) -> Look {
    Look { term: term.to_owned(), order, ..Look::default() }
}

#[test]
fn a_card_is_found_by_any_text_and_by_its_number() {
    let cards = [card(264, "Ana Núñez"), card(99, "Otto"), card(2, "ÁNA"), card(5, "Лев")];
    assert_eq!(ids(&cards, &looked(" ana nun", Order::Number)), [264, 99], "and what the server has found");
    assert_eq!(ids(&cards, &looked("26", Order::Number)), [264, 99]);
    assert_eq!(ids(&cards, &looked("ЛЕВ", Order::Number)), [99, 5]);
    assert_eq!(folded("Nguyễn Thị ÁNH ÆÞ Łódź"), "nguyen thi anh æþ lodz");
}

#[test]
fn pictures_are_not_kept_and_not_found() {
    let mut photo = card(1, "Ana");
    photo.data.push(CardValue { token: "PHOTO".to_owned(), label: None, value: "Q".repeat(2_000) });
    let entry = Entry::of(photo);
    assert_eq!(entry.data[1].value, "image");
    assert!(!matches(&entry, "qq") && matches(&entry, "an") && matches(&entry, "1"));
}

#[test]
fn cards_stand_by_number_by_name_or_by_when_they_were_printed() {
    let mut cards = [card(1, "Zoe"), card(7, ""), card(3, "Émile"), card(4, "emile")];
    cards[0].last_printed_at = Some("2026-11-20T10:00:00Z".to_owned());
    cards[2].last_printed_at = Some("2026-11-24T10:00:00Z".to_owned());
    assert_eq!(ids(&cards, &looked("", Order::Number)), [7, 4, 3, 1]);
    assert_eq!(ids(&cards, &looked("", Order::Name)), [4, 3, 1, 7], "what has no name comes last");
    assert_eq!(ids(&cards, &looked("", Order::Printed)), [3, 1, 7, 4], "what was never printed comes last");
}

#[test]
fn cards_are_told_apart_by_what_became_of_them() {
    let mut cards = [card(1, "a"), card(2, "b"), card(3, "c"), card(4, "d")];
    cards[1].last_submitted_at = Some("2026-11-24".to_owned());
    cards[2].last_submitted_at = Some("2026-11-24".to_owned());
    let of = |filter| ids(&cards, &Look { filter, ..Look::default() });
    assert_eq!(of(Filter::All), [4, 3, 2, 1]);
    assert_eq!(of(Filter::Waiting), [4, 1]);
    assert_eq!(of(Filter::InCart), [2], "also where it was ordered before");
    assert_eq!(of(Filter::Ordered), [3]);
    assert_eq!(ids(&cards, &Look { template: Some(TemplateId(1)), ..Look::default() }), [4, 1]);
}

#[test]
fn a_draft_is_told_by_what_is_known_and_by_nothing_else() {
    let known = |is_in_cart, was_finalized, was_refused| Evidence { is_in_cart, was_finalized, was_refused };
    let fresh = card(1, "a");
    let ordered = Card { last_printed_at: Some("2026-11-24".to_owned()), ..card(1, "a") };
    for (card, evidence, standing) in [
        (&fresh, known(false, false, false), Standing::Unknown),
        (&fresh, known(false, false, true), Standing::Draft),
        (&fresh, known(false, true, false), Standing::Finalized),
        (&fresh, known(true, false, false), Standing::InCart),
        (&ordered, known(false, false, true), Standing::Ordered),
        (&ordered, known(true, false, false), Standing::InCart),
    ] {
        assert_eq!(Standing::of(card, evidence), standing, "{evidence:?}");
        assert!(standing.waits() || !standing.may_be_draft());
    }
}

proptest! {
    #[test]
    fn whatever_is_looked_at_is_there_once_and_in_order(
        all in proptest::collection::vec((0_u64..500, "[a-cÁéñ ]{0,4}"), 0..60), term in "[acñ ]{0,2}", by in 0..3,
    ) {
        let cards: Vec<Card> = all.iter().map(|(id, name)| card(*id, name)).collect();
        let cards = entries(&cards);
        let order = [Order::Number, Order::Name, Order::Printed][by as usize];
        let look = looked(&term, order);
        let places = select(&cards, &look, &|_| Standing::Unknown, &|_| false);
        let mut once = places.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), places.len());
        for (place, known) in cards.iter().enumerate() {
            let is_meant = term.trim().is_empty() || folded(name_of(known).unwrap_or("")).contains(&folded(term.trim()));
            prop_assert_eq!(places.contains(&place), is_meant, "{:?}", known);
        }
        let names: Vec<String> = places.iter().filter_map(|place| name_of(&cards[*place])).map(folded).collect();
        if order == Order::Name {
            prop_assert!(names.is_sorted());
        }
    }

    #[test]
    fn what_is_folded_is_as_long_and_stays_so(text in "\\PC{0,20}") {
        let once = folded(&text);
        prop_assert_eq!(once.chars().count(), text.chars().count());
        prop_assert_eq!(folded(&once), once);
    }
}
