//! Money is read as it was written, or not at all.

use super::*;
use proptest::prelude::*;

/// Near an amount, and far from one.
fn scribble() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-+ ]?[(]?[-]?[$]?[-]?[0-9]{0,5}([,.][0-9]{0,4}){0,3}[)]?[$ ]?",
        "[0-9,.]{0,30}",
        "\\PC{0,12}",
        any::<String>()
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(cents in any::<i64>()) {
        let money = Money::usd(cents);
        prop_assert_eq!(Money::parse(&money.to_string()), Some(money));
        prop_assert_eq!(Money::parse(&money.plain()), Some(money));
        prop_assert_eq!(Money::of(&Amount(money.to_string())), Some(money));
        prop_assert_eq!(Money::typed(&money.to_string()), (cents > 0).then_some(money));
        prop_assert_eq!(Money::typed(&money.plain()), (cents > 0).then_some(money));
    }

    #[test]
    fn cents_as_people_write_them(units in 0..100_000_u32, cents in 0..100_u32) {
        let money = Money::usd(i64::from(units * 100 + cents));
        let expected = (money.cents() > 0).then_some(money);
        for text in [format!("{units}.{cents:02}"), format!("{units},{cents:02}"), format!(" $ {units}.{cents:02} ")] {
            prop_assert_eq!(Money::typed(&text), expected, "{}", text);
        }
    }

    #[test]
    fn whatever_stands_there_is_read_once_or_not(text in scribble()) {
        if let Some(money) = Money::parse(&text) {
            let written = money.to_string();
            let again = Money::parse(&written);
            prop_assert_eq!(again, Some(money));
            prop_assert_eq!(again.unwrap().to_string(), written);
        }
        if let Some(money) = Money::typed(&text) {
            prop_assert!(money.cents() > 0);
            // Where both notations read it, they read the same.
            prop_assert!(Money::parse(text.trim()).is_none_or(|parsed| parsed == money), "{}", text);
        }
    }

    #[test]
    fn sums_are_exact_or_none(one in any::<i64>(), other in any::<i64>()) {
        let (a, b) = (Money::usd(one), Money::usd(other));
        let sum = i128::from(one) + i128::from(other);
        prop_assert_eq!(a.checked_add(b).map(|money| i128::from(money.cents())), i64::try_from(sum).ok().map(|_| sum));
        prop_assert_eq!(a.checked_sub(b).map(Money::cents), one.checked_sub(other));
        prop_assert_eq!(a.partial_cmp(&b), Some(one.cmp(&other)));
    }
}

#[test]
fn the_vendors_notation() {
    for (text, cents) in [
        ("$5.50", 550),
        ("($5.50)", -550),
        (" $1,234.50\n", 123_450),
        ("$1234.5", 123_450),
        ("-$5.50", -550),
        ("$-5.50", -550),
        ("-5", -500),
        ("(5.50)", -550),
        ("5.50", 550),
        ("$5", 500),
        ("$.50", 50),
        ("0", 0),
        ("($0.00)", 0),
        ("$007.00", 700),
        ("17.3700", 1737),
        ("$92,233,720,368,547,758.07", i64::MAX),
        ("($92,233,720,368,547,758.08)", i64::MIN),
    ] {
        assert_eq!(Money::parse(text), Some(Money::usd(cents)), "{text}");
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_not_read() {
    for text in [
        "",
        " ",
        "$",
        "()",
        "-",
        ".",
        "$.",
        "5.",
        "5.505",
        "17,37",
        "1,23",
        "12,34.50",
        "1234,567",
        ",123",
        "1,,234",
        "1,234,",
        "0,123",
        "1.234.567",
        "1.234,50",
        "1.2,3",
        "(-$5.50)",
        "-$-5.50",
        "--5",
        "($5.50",
        "$5.50)",
        "$ 5.50",
        "$$5",
        "+5",
        "€5.50",
        "5e2",
        "٥",
        "five",
        "NaN",
        "$92,233,720,368,547,758.08",
        "($92,233,720,368,547,758.09)",
        "999999999999999999999999",
    ] {
        assert_eq!(Money::parse(text), None, "{text}");
    }
}

#[test]
fn what_people_type() {
    for (text, cents) in [
        ("17", 1700),
        ("17.", 1700),
        ("17,", 1700),
        ("17.5", 1750),
        ("17,5", 1750),
        ("17.37", 1737),
        ("17,37", 1737),
        ("$17.37", 1737),
        ("$ 17.37", 1737),
        ("17,37 $", 1737),
        ("17,000.37", 1_700_037),
        ("17,000", 1_700_000),
        ("1,234,567", 123_456_700),
        ("1.234,56", 123_456),
        (".5", 50),
        (",5", 50),
        ("0,05", 5),
        ("１７．３７", 1737),
        ("＄１７，０００", 1_700_000),
        ("١٧٫٥", 1750),
        ("۱۷٬۰۰۰٫۳۷", 1_700_037),
    ] {
        assert_eq!(Money::typed(text), Some(Money::usd(cents)), "{text}");
    }
    for text in [
        "",
        "0",
        "0.00",
        "-5",
        "(5)",
        "17.000",
        "1.234",
        "1.234.567",
        "17.375",
        "17,3750",
        "0,123",
        "1,234,56",
        "17 37",
        "1e3",
        "$",
        "$$5",
        "17..",
        "١٧٫٣٧٥",
        "17,.5",
        "abc",
    ] {
        assert_eq!(Money::typed(text), None, "{text}");
    }
}

#[test]
fn written_for_people_and_for_programs() {
    for (cents, shown, plain) in [
        (0, "$0.00", "0.00"),
        (5, "$0.05", "0.05"),
        (-5, "($0.05)", "-0.05"),
        (1737, "$17.37", "17.37"),
        (99_999, "$999.99", "999.99"),
        (100_000, "$1,000.00", "1000.00"),
        (-123_456_789, "($1,234,567.89)", "-1234567.89"),
    ] {
        assert_eq!(Money::usd(cents).to_string(), shown);
        assert_eq!(Money::usd(cents).plain(), plain);
    }
}

#[test]
fn no_binary_point_comes_near_money() {
    let source = include_str!("../money.rs");
    for word in ["f32", "f64"] {
        assert!(!source.contains(word), "{word}");
    }
}

#[test]
fn each_language_writes_it_its_own_way() {
    for (cents, english, spanish) in [
        (0, "$0.00", "0,00\u{a0}US$"),
        (550, "$5.50", "5,50\u{a0}US$"),
        (-550, "\u{2212}$5.50", "\u{2212}5,50\u{a0}US$"),
        (123_456_789, "$1,234,567.89", "1.234.567,89\u{a0}US$"),
    ] {
        assert_eq!(Money::usd(cents).in_words(Locale::En), english);
        assert_eq!(Money::usd(cents).in_words(Locale::Es), spanish);
    }
}

#[test]
fn much_is_more_than_ten_thousand() {
    assert!(!Money::usd(1_000_000).is_much() && Money::usd(1_000_001).is_much() && !Money::usd(-2_000_000).is_much());
}
