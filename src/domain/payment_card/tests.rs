//! Nothing typed is lost or reordered, and a slip of the finger is caught. The numbers are made up, or published for
//! tests.

use super::*;
use proptest::prelude::*;

const TODAY: (u16, u8) = (2026, 11);

/// A number that such cards could have, of so many digits: random ones and the check digit that goes with them.
fn checked(start: &[u8]) -> String {
    let start: String = start.iter().map(|digit| char::from(b'0' + digit)).collect();
    ('0'..='9').map(|check| format!("{start}{check}")).find(|number| is_luhn(number)).unwrap_or_default()
}

fn numbers() -> impl Strategy<Value = String> {
    prop::collection::vec(0..10_u8, 11..19).prop_map(|start| checked(&start))
}

/// What a field may hold: nearly a number, or anything at all.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9]{0,22}", "3[47]?[0-9 -]{0,24}", "[0-9 🂡x-]{0,30}", any::<String>()]
}

/// `text` up to so many UTF-16 units.
fn before_caret(text: &str, caret: usize) -> String {
    String::from_utf16_lossy(&text.encode_utf16().take(caret).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn grouping_keeps_every_digit_in_its_place(text in typed()) {
        let written = grouped(&text);
        let kept: String = digits(&text).chars().take(MOST_DIGITS).collect();
        prop_assert_eq!(written.replace(' ', ""), kept);
        prop_assert_eq!(grouped(&written), written.clone());
        let lengths: Vec<usize> = written.split(' ').map(str::len).collect();
        let expected: &[usize] = if is_amex(&text) { &[4, 6] } else { &[4, 4, 4, 4] };
        let (last, full) = lengths.split_last().unwrap();
        prop_assert!(expected.starts_with(full), "{:?}", lengths);
        prop_assert!(written.is_empty() || *last > 0);
    }

    #[test]
    fn the_caret_stays_behind_the_same_digit(text in typed(), caret in 0..40_usize) {
        let (written, place) = regroup(&text, caret);
        // A caret is never within a letter of two units, whatever stands here.
        let before = digits(&before_caret(&text, caret));
        let expected: String = before.chars().take(MOST_DIGITS).collect();
        prop_assert_eq!(written[..place].replace(' ', ""), expected);
        prop_assert!(!written[..place].ends_with(' '), "before the gap");
        prop_assert_eq!(regroup(&written, place), (written, place));
    }

    #[test]
    fn every_single_slip_is_caught(number in numbers(), at in 0..19_usize, other in 1..10_u8) {
        let mut digits = number.into_bytes();
        let at = at % digits.len();
        digits[at] = b'0' + (digits[at] - b'0' + other) % 10;
        prop_assert!(!is_luhn(std::str::from_utf8(&digits).unwrap()));
    }

    #[test]
    fn neighbours_that_changed_places_are_caught(number in numbers(), at in 0..18_usize) {
        let mut digits = number.into_bytes();
        let at = at % (digits.len() - 1);
        let pair = (digits[at], digits[at + 1]);
        digits.swap(at, at + 1);
        let is_silent = pair.0 == pair.1 || matches!(pair, (b'0', b'9') | (b'9', b'0'));
        prop_assert_eq!(is_luhn(std::str::from_utf8(&digits).unwrap()), is_silent);
    }

    #[test]
    fn a_number_is_digits_or_a_flaw(text in typed()) {
        match number(&text) {
            Ok(number) => {
                prop_assert!(number == digits(&text) && is_luhn(&number));
                prop_assert!((12..=19).contains(&number.len()));
            }
            Err(flaw) => prop_assert_eq!(flaw == NumberFlaw::Missing, digits(&text).is_empty()),
        }
        let solid: String = text.split_whitespace().collect();
        prop_assert_eq!(cvc(&text, "4").is_ok(), solid.chars().count() == 3 && digits(&text) == plain_text(&solid));
    }

    #[test]
    fn an_expiry_is_read_however_it_is_written(month in 1..=12_u16, year in 2027..=2076_u16) {
        let expected = Ok(Expiry { month: format!("{month:02}"), year: year.to_string() });
        for text in [
            format!("{month:02}/{year}"),
            format!("{month}/{year}"),
            format!(" {month:02} / {year} "),
            format!("{month:02}-{year}"),
            format!("{month:02}{year}"),
            format!("{month:02} {}", year % 100),
            format!("{month}/{}", year % 100),
            format!("{month:02}{}", year % 100),
        ] {
            prop_assert_eq!(&expiry(&text, TODAY), &expected, "{}", text);
        }
    }

    #[test]
    fn what_is_no_expiry(text in any::<String>(), near in "[0-9/ -]{0,9}", year in any::<u16>(), month in any::<u8>()) {
        let _ = expiry(&text, (year, month));
        let _ = filled_expiry(&text, text.len(), (year, month));
        if let Ok(Expiry { month, year }) = expiry(&near, TODAY) {
            prop_assert!(month.len() == 2 && year.len() == 4 && (year.as_str(), month.as_str()) >= ("2026", "11"));
        }
    }

    #[test]
    fn what_is_deleted_stays_deleted(text in "[0-9/]{1,7}", at in 0..7_usize) {
        let mut shorter = text.clone();
        let at = at % text.len();
        shorter.remove(at);
        prop_assert_eq!(typed_expiry(&text, &shorter, at), (shorter, at));
    }

    #[test]
    fn an_expiry_keeps_its_digits(text in prop_oneof!["[0-9/ -]{0,9}", any::<String>()], caret in 0..12_usize) {
        let (written, place) = typed_expiry("", &text, caret);
        let (new, old) = (digits(&written), digits(&text));
        let new = if old.starts_with('0') { &new } else { new.strip_prefix('0').unwrap_or(&new) };
        prop_assert!(old.starts_with(new) && new.len() >= old.len().min(5), "{:?}", written);
        prop_assert!(place <= written.len() || (written == text && place == caret));
        // Written once more, it stays as it is.
        let (again, _) = typed_expiry(&written, &written, written.len());
        prop_assert_eq!(typed_expiry(&again, &again, again.len()), (again.clone(), again.len()));
    }
}

/// What stands in the field after these keys, one at a time at its end; `<` deletes backwards.
fn after_keys(keys: &str) -> String {
    let mut field = String::new();
    for key in keys.chars() {
        let before = field.clone();
        if key == '<' {
            field.pop();
        } else {
            field.push(key);
        }
        let (written, caret) = typed_expiry(&before, &field, field.len());
        assert_eq!(caret, written.len(), "the caret stays at the end: {keys}");
        field = written;
    }
    field
}

#[test]
fn an_expiry_while_it_is_typed() {
    for (keys, field) in [
        ("0", "0"),
        ("1", "1"),
        ("06", "06/"),
        ("6", "06/"),
        ("6/29", "06/29"),
        ("629", "06/29"),
        ("1/29", "01/29"),
        ("12/29", "12/29"),
        ("0629", "06/29"),
        ("062029", "06/2029"),
        ("06/20291", "06/2029"),
        ("06 / 29", "06/29"),
        ("/", ""),
        ("06<", "06"),
        ("06<<", "0"),
        ("06<<7", "07/"),
        ("06<2", "06/2"),
        ("06<</", "0/"),
        ("0629<<<<<", ""),
        ("06/29<<<<5", "05/"),
    ] {
        assert_eq!(after_keys(keys), field, "{keys}");
    }
}

#[test]
fn a_month_can_be_corrected_in_place() {
    assert_eq!(typed_expiry("/29", "1/29", 1), ("1/29".to_string(), 1), "a second digit may follow");
    assert_eq!(typed_expiry("1/29", "12/29", 2), ("12/29".to_string(), 3), "and then the year");
    assert_eq!(typed_expiry("/29", "6/29", 1), ("6/29".to_string(), 1));
    assert_eq!(typed_expiry("6/29", "06/29", 1), ("06/29".to_string(), 1));
    assert_eq!(typed_expiry("06/29", "016/29", 2), ("016/29".to_string(), 2), "one of them has to go");
    assert_eq!(typed_expiry("06/9", "06/29", 4), ("06/29".to_string(), 4));
    assert_eq!(typed_expiry("", "0629", 4), ("06/29".to_string(), 5), "pasted or filled in by the browser");
}

#[test]
fn an_expiry_in_one_piece() {
    for piece in [
        "2029-12",
        "2029/12",
        "202912",
        "12/2029",
        "1229",
        "12 / 29",
        "Dec 2029",
        "12/29",
        "122029",
        "12-2029",
        "12.29",
        "12 2029",
        "29/12",
        "2912",
        "DEC-29",
        "december 2029",
        "2029 dec",
        "dic 2029",
        "Dec29",
        "１２／２９",
        "١٢/٢٠٢٩",
        "۲۰۲۹-۱۲",
        "2029年12月",
    ] {
        let expected = Ok(Expiry { month: "12".to_string(), year: "2029".to_string() });
        assert_eq!(expiry(piece, TODAY), expected, "read as it stands: {piece}");
        let (written, caret) = filled_expiry(piece, piece.encode_utf16().count(), TODAY);
        assert_eq!(expiry(&written, TODAY), expected, "{piece} became {written}");
        assert!(["12/2029", "12/29"].contains(&&*written), "{piece} became {written}");
        assert_eq!(caret, written.len());
    }
    // Ends in what some programs type letter by letter, without saying so.
    for (so_far, written) in [("0", "0"), ("06", "06/"), ("06/2", "06/2"), ("06/20", "06/20"), ("06/202", "06/202")] {
        assert_eq!(filled_expiry(so_far, so_far.len(), TODAY).0, written);
    }
    for (name, month) in [("Jan", "01"), ("ene.", "01"), ("abr", "04"), ("Apr", "04"), ("August", "08"), ("ago", "08")]
    {
        assert_eq!(expiry(&format!("{name} 2030"), TODAY).map(|expiry| expiry.month), Ok(month.to_string()));
    }
}

#[test]
fn digits_of_other_keyboards_do_not_vanish() {
    assert_eq!(grouped("４２４２４２４２４２４２４２４２"), "4242 4242 4242 4242");
    assert_eq!(grouped("۳۷۸۲۸۲۲۴۶۳۱۰۰۰۵"), "3782 822463 10005");
    assert_eq!(number("٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢"), Ok("4242424242424242".to_string()));
    assert_eq!(typed_expiry("", "０６２", 3), ("06/2".to_string(), 4));
    assert_eq!(typed_expiry("", "٦", 1), ("06/".to_string(), 3));
    assert_eq!(cvc("４２４", "４２"), Ok("424".to_string()));
    assert_eq!(cvc("٤٢٤٢", "۳۷"), Ok("4242".to_string()));
}

#[test]
fn numbers_in_groups() {
    for (typed, written) in [
        ("4242424242424242", "4242 4242 4242 4242"),
        ("4242-4242-4242-4242", "4242 4242 4242 4242"),
        ("4242", "4242"),
        ("42424", "4242 4"),
        ("4242424242424242424", "4242 4242 4242 4242 424"),
        ("42424242424242424249", "4242 4242 4242 4242 424"),
        ("378282246310005", "3782 822463 10005"),
        ("3400", "3400"),
        ("3", "3"),
        ("", ""),
        ("number", ""),
    ] {
        assert_eq!(grouped(typed), written);
    }
    assert_eq!(regroup("42425", 5), ("4242 5".to_string(), 6));
    assert_eq!(regroup("42429 4242", 5), ("4242 9424 2".to_string(), 6), "typed in the middle");
    assert_eq!(regroup("42425", 4), ("4242 5".to_string(), 4), "a gap that was deleted: the caret is before it");
    assert_eq!(regroup("🂡42425", 3), ("4242 5".to_string(), 1), "a letter of two units");
}

#[test]
fn numbers_and_their_flaws() {
    for valid in [
        "4242 4242 4242 4242",
        "4222222222222",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "3714-496353-98431",
        "6011111111111117",
        "3056930009020004",
        "36227206271667",
        "3566002020360505",
        "6200000000000005",
    ] {
        assert_eq!(number(valid), Ok(digits(valid)), "{valid}");
    }
    let length = |start: &str, length: usize| {
        let start: Vec<u8> =
            start.bytes().map(|byte| byte - b'0').chain(std::iter::repeat(0)).take(length - 1).collect();
        number(&checked(&start)).is_ok()
    };
    for (start, lengths) in [
        ("4", &[13, 16, 19][..]),
        ("34", &[15]),
        ("37", &[15]),
        ("51", &[16]),
        ("55", &[16]),
        ("2221", &[16]),
        ("2720", &[16]),
        ("50", &[12, 13, 14, 15, 16, 17, 18, 19]),
        ("56", &[12, 13, 14, 15, 16, 17, 18, 19]),
        ("2220", &[12, 13, 14, 15, 16, 17, 18, 19]),
        ("2721", &[12, 13, 14, 15, 16, 17, 18, 19]),
        ("35", &[12, 13, 14, 15, 16, 17, 18, 19]),
    ] {
        let taken: Vec<usize> = (5..24).filter(|count| length(start, *count)).collect();
        assert_eq!(taken, lengths, "{start}");
    }
    assert_eq!(number(""), Err(NumberFlaw::Missing));
    assert_eq!(number("- -"), Err(NumberFlaw::Missing));
    assert_eq!(number("4242"), Err(NumberFlaw::Length));
    assert_eq!(number("4242424242424241"), Err(NumberFlaw::CheckDigit));
    assert_eq!(number("4242424242424224"), Err(NumberFlaw::CheckDigit));
}

#[test]
fn a_card_is_good_until_its_month_ends() {
    let read = |text: &str| expiry(text, TODAY).map(|Expiry { month, year }| [month, year].join("/"));
    assert_eq!(read("06/29"), Ok("06/2029".to_string()));
    assert_eq!(read("11/26"), Ok("11/2026".to_string()));
    assert_eq!(read("10/26"), Err(ExpiryFlaw::Past));
    assert_eq!(read("12/25"), Err(ExpiryFlaw::Past));
    assert_eq!(read("12/1999"), Err(ExpiryFlaw::Past));
    for slip in ["02/0290", "02/0029", "06/1929", "13/29"] {
        assert_eq!(read(slip), Err(ExpiryFlaw::Form), "{slip}");
    }
    for missing in ["", "  "] {
        assert_eq!(read(missing), Err(ExpiryFlaw::Missing));
    }
    for form in [
        "0",
        "06",
        "06/",
        "/29",
        "13/29",
        "00/29",
        "06/9",
        "06/029",
        "629",
        "06/2129",
        "06/29/1",
        "june",
        "2029-13",
        "Dec",
        "29",
        "2029",
        "12029",
        "2029 Foo",
        "2029-12-31",
    ] {
        assert_eq!(read(form), Err(ExpiryFlaw::Form), "{form}");
    }
}

#[test]
fn three_digits_and_four() {
    let visa = "4242 4242 4242 4242";
    assert_eq!(cvc(" 424 ", visa), Ok("424".to_string()));
    assert_eq!(cvc("4242", visa), Err(CvcFlaw::Digits(3)));
    assert_eq!(cvc("4242", "3782 822463 10005"), Ok("4242".to_string()));
    assert_eq!(cvc("424", "3782 822463 10005"), Err(CvcFlaw::Digits(4)));
    assert_eq!(cvc("42a", ""), Err(CvcFlaw::Digits(3)));
    assert_eq!(cvc("", visa), Err(CvcFlaw::Missing));
    assert_eq!((cvc_length("3"), cvc_length("34"), cvc_length("")), (3, 4, 3));
}
