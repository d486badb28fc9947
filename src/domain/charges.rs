//! What a submitted order was charged for, as a person reads it.
//!
//! Which members the items of a charge have is not documented ("Print Job Charge Details"), so each is taken for what its
//! name says, and what no rule knows is shown by its name. There may be one item for each card: those that differ in
//! nothing but their numbers and times are one line.

use super::money::Money;
use crate::api::{Amount, ChargeItem};
use crate::i18n::Locale;

/// Members that say what an item is, the best first.
const WHATS: [&str; 6] = ["description", "name", "title", "item", "label", "type"];
/// Members that say what all of an item costs.
const TOTALS: [&str; 7] =
    ["total", "total_price", "total_cost", "total_amount", "line_total", "item_total", "subtotal"];
/// Members that say what an item costs, but not whether that is one piece of it or all.
const PRICES: [&str; 8] =
    ["amount", "price", "unit_price", "cost", "unit_cost", "charge", "price_per_card", "cost_per_card"];
/// Members that say how many pieces an item is.
const QUANTITIES: [&str; 5] = ["quantity", "qty", "count", "copies", "number_of_copies"];

/// A line of a charge: an item, or several that are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many items are in it.
    pub count: usize,
    /// What each of them is, by the server's words, where it says so.
    pub what: Option<String>,
    /// What else the server says of each.
    pub details: Vec<(Name, String)>,
    /// What each of them costs, where that is certain.
    pub each: Option<Money>,
    /// What they cost together; also `None` when that is more than can be counted.
    pub total: Option<Money>,
}

/// What a member of an item is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// How many pieces.
    Quantity,
    /// What a piece costs.
    Price,
    /// By the server's name, made readable; empty where nothing is left of it.
    Other(String),
}

/// The lines that these items make, in the order in which the first of each came.
pub fn lines(items: &[ChargeItem]) -> Vec<Line> {
    let mut groups: Vec<(Vec<(String, &str)>, Line)> = Vec::new();
    for item in items {
        let members = members(item);
        match groups.iter_mut().find(|(known, _)| *known == members) {
            Some((_, line)) => {
                line.count += 1;
                line.total = line.total.zip(line.each).and_then(|(total, each)| total.checked_add(each));
            }
            None => {
                let line = line(&members);
                groups.push((members, line));
            }
        }
    }
    groups.into_iter().map(|(_, line)| line).collect()
}

/// What the server wrote as an amount, in one notation where it can be read, and in its own where not.
pub fn readable_amount(amount: &Amount) -> String {
    Money::of(amount).map_or_else(|| amount.0.clone(), |money| money.to_string())
}

/// The same in a person's language, where it can be read.
pub fn amount_in_words(amount: &Amount, locale: Locale) -> String {
    Money::of(amount).map_or_else(|| amount.0.clone(), |money| money.in_words(locale))
}

/// What there is to tell of an item: not its numbers, and not when something was done with it.
fn members(item: &ChargeItem) -> Vec<(String, &str)> {
    let members = item.members.iter().map(|(name, value)| (snake(name), value.trim()));
    let is_told = |(name, value): &(String, &str)| {
        let tail = name.rsplit('_').next().unwrap_or_default();
        !value.is_empty() && !["id", "ids", "uuid", "at"].contains(&tail)
    };
    members.filter(is_told).collect()
}

fn line(members: &[(String, &str)]) -> Line {
    let named = |names: &[&str]| {
        let place = |name: &&str| members.iter().position(|(known, _)| known == name);
        names.iter().find_map(place)
    };
    let money = |place: usize| money(members[place].1);
    let first_money = |names: &[&str]| {
        let place =
            |name: &&str| members.iter().position(|(known, value)| known == name && self::money(value).is_some());
        names.iter().find_map(place)
    };
    let what = named(&WHATS);
    let one_piece = named(&QUANTITIES).is_none_or(|place| members[place].1 == "1");
    // The price of a piece is the price of the item only where the item is one piece.
    let cost = first_money(&TOTALS).or_else(|| first_money(&PRICES).filter(|_| one_piece));
    let details = members.iter().enumerate().filter(|(place, _)| Some(*place) != what && Some(*place) != cost);
    let details = details.map(|(_, (name, value))| {
        let value = self::money(value).map_or_else(|| (*value).to_owned(), |money| money.to_string());
        let name = match name.as_str() {
            name if QUANTITIES.contains(&name) => Name::Quantity,
            "price" | "unit_price" => Name::Price,
            name => Name::Other(readable(name)),
        };
        (name, value)
    });
    let each = cost.and_then(money);
    Line {
        count: 1,
        what: what.map(|place| members[place].1.to_owned()),
        details: details.collect(),
        each,
        total: each,
    }
}

/// An amount that is one beyond doubt: a bare whole number may as well be cents, or pieces.
fn money(text: &str) -> Option<Money> {
    Money::parse(text).filter(|_| text.contains(['$', '.']))
}

/// `unitPrice`, `Unit price` and `unit-price` are all `unit_price`.
fn snake(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    let mut is_in_word = false;
    for letter in name.trim().chars() {
        if letter.is_ascii_uppercase() && is_in_word {
            text.push('_');
        }
        is_in_word = letter.is_lowercase() || letter.is_ascii_digit();
        text.push(if matches!(letter, ' ' | '-') { '_' } else { letter.to_ascii_lowercase() });
    }
    text
}

/// `unit_price` as `Unit price`.
fn readable(name: &str) -> String {
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => [first.to_ascii_uppercase().to_string().as_str(), letters.as_str()].concat(),
        None => text,
    }
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(members: &[(&str, &str)]) -> ChargeItem {
        ChargeItem { members: members.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect() }
    }

    fn cents(money: Option<Money>) -> Option<i64> {
        money.map(Money::cents)
    }

    #[test]
    fn an_item_for_each_card_is_one_line() {
        let items: Vec<_> = (0..500)
            .map(|id| {
                item(&[
                    ("card_id", &id.to_string()),
                    ("description", "Printed card"),
                    ("quantity", "2"),
                    ("unit_price", "$5.50"),
                    ("total", "$11.00"),
                    ("created_at", &format!("2026-11-24T05:37:{:02}Z", id % 60)),
                ])
            })
            .collect();
        let all = lines(&items);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].count, all[0].what.as_deref()), (500, Some("Printed card")));
        let details = [(Name::Quantity, "2".to_owned()), (Name::Price, "$5.50".to_owned())];
        assert_eq!(all[0].details, details);
        assert_eq!((cents(all[0].each), cents(all[0].total)), (Some(1100), Some(550_000)));
    }

    #[test]
    fn what_differs_stands_apart() {
        let items = [("Card", "$5.50"), ("Lanyard", "$1.25"), ("Card", "$5.50"), ("Card", "$6.50")];
        let all = lines(&items.map(|(name, price)| item(&[("name", name), ("price", price)])));
        let told: Vec<_> =
            all.iter().map(|line| (line.count, line.what.as_deref().unwrap_or(""), cents(line.total))).collect();
        assert_eq!(told, [(2, "Card", Some(1100)), (1, "Lanyard", Some(125)), (1, "Card", Some(650))]);
        assert!(all.iter().all(|line| line.details.is_empty()));
    }

    #[test]
    fn what_is_not_certain_is_shown_and_not_summed() {
        // The price of one piece or of three?
        let three = &lines(&[item(&[("name", "Card"), ("Quantity", "3"), ("cost", "$5.50")])])[0];
        assert_eq!((three.each, three.total), (None, None));
        assert_eq!(three.details[1], (Name::Other("Cost".to_owned()), "$5.50".to_owned()));
        // Dollars or cents?
        let bare = &lines(&[item(&[("total", "1100")])])[0];
        assert_eq!((bare.each, &bare.details[0]), (None, &(Name::Other("Total".to_owned()), "1100".to_owned())));
        // Not a notation that is known.
        assert_eq!(lines(&[item(&[("total", "5,50 EUR")])])[0].total, None);
        let once = &lines(&[item(&[("qty", "1"), ("unitPrice", "5.5"), ("isRush", "true")])])[0];
        assert_eq!(cents(once.total), Some(550));
        let details = [(Name::Quantity, "1".to_owned()), (Name::Other("Is rush".to_owned()), "true".to_owned())];
        assert_eq!(once.details, details);
    }

    #[test]
    fn nothing_but_numbers_is_still_counted() {
        let all = lines(&[item(&[("id", "1")]), item(&[("cardId", "2")]), item(&[])]);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].count, &all[0].what, all[0].total), (3, &None, None));
    }

    #[test]
    fn more_than_can_be_counted_has_no_sum() {
        let much = item(&[("total", "$92,233,720,368,547,758.07")]);
        let all = lines(&[much.clone(), much]);
        assert_eq!((all[0].count, cents(all[0].each), all[0].total), (2, Some(i64::MAX), None));
    }

    #[test]
    fn amounts_are_in_one_notation_where_they_can_be_read() {
        for (text, shown) in [("1234.5", "$1,234.50"), ("($5.50)", "($5.50)"), ("5,50 EUR", "5,50 EUR"), ("", "")] {
            assert_eq!(readable_amount(&Amount(text.to_owned())), shown);
        }
    }

    fn any_item() -> impl Strategy<Value = ChargeItem> {
        let name = prop_oneof![
            "(id|card_id|total|price|unitPrice|quantity|description|created_at|Rush fee|_|)",
            "[a-zA-Z_ -]{0,12}",
            any::<String>(),
        ];
        let value = prop_oneof![
            "[$]?[0-9]{0,19}[.]?[0-9]{0,3}",
            "[(][$][0-9]{1,3}[.][0-9]{2}[)]",
            "(1|2|Card|true|)",
            any::<String>(),
        ];
        prop::collection::vec((name, value), 0..6).prop_map(|members| ChargeItem { members })
    }

    proptest! {
        #[test]
        fn every_item_is_in_one_line(some in prop::collection::vec(any_item(), 0..6), times in 1..6_usize) {
            let items: Vec<_> = (0..times).flat_map(|_| some.clone()).collect();
            let all = lines(&items);
            prop_assert_eq!(all.iter().map(|line| line.count).sum::<usize>(), items.len());
            // Again and again the same: the lines are those of the first time, each so many times.
            let once = lines(&some);
            prop_assert_eq!(all.len(), once.len());
            for (line, first) in all.iter().zip(&once) {
                prop_assert_eq!(line.count, first.count * times);
                prop_assert_eq!((&line.what, &line.details, line.each), (&first.what, &first.details, first.each));
            }
        }

        #[test]
        fn the_sum_is_exact_or_there_is_none(cents in any::<i64>(), count in 1..40_usize) {
            let text = Money::usd(cents).to_string();
            let items = vec![item(&[("id", "7"), ("total", &text)]); count];
            let all = lines(&items);
            prop_assert_eq!(all.len(), 1);
            let exact = i64::try_from(i128::from(cents) * count as i128).ok();
            prop_assert_eq!(all[0].total.map(Money::cents), exact);
        }

        #[test]
        fn nothing_that_is_told_is_lost(item in any_item()) {
            let told = members(&item).len();
            let line = &lines(std::slice::from_ref(&item))[0];
            let shown = line.details.len() + usize::from(line.what.is_some()) + usize::from(line.each.is_some());
            prop_assert_eq!(shown, told);
        }
    }
}
