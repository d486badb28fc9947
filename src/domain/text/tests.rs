//! What nobody sees goes, what is part of the writing stays.

use super::*;
use proptest::prelude::*;

/// What people paste: letters of all kinds among characters that nobody sees.
fn pasted() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\u{200b}"),
        Just("\u{200c}"),
        Just("\u{200d}"),
        Just("\u{202e}"),
        Just("\u{202c}"),
        Just("\u{2066}"),
        Just("\u{feff}"),
        Just("\t"),
        Just("\r\n"),
        Just("\n"),
        Just(" "),
        Just("\u{a0}"),
        Just("\u{ad}"),
        Just("\u{0}"),
        Just("\u{fe0f}"),
        Just("می"),
        Just("ر"),
        Just("\u{64e}"),
        Just("क"),
        Just("्"),
        Just("👩"),
        Just("🏽"),
        Just("❤"),
        Just("🏴"),
        Just("\u{e0067}"),
        Just("\u{e007f}"),
        Just("葛"),
        Just("\u{e0100}"),
        Just("Zoe"),
        Just("\u{308}"),
        Just("\u{115f}"),
        Just("\u{3164}"),
        Just("A"),
    ];
    prop_oneof![prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn cleaned_once_is_cleaned_for_good(text in pasted()) {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once.clone());
        prop_assert_eq!(clean(printed(&once)), printed(&once), "also without the spaces at its ends");
    }

    #[test]
    fn nothing_that_is_seen_goes_and_nothing_is_put_in(text in pasted()) {
        let once = clean(&text);
        let is_kept = |letter: &char| letter.is_alphanumeric() && *letter != '\u{3164}' && *letter != '\u{ffa0}';
        let seen = |text: &str| text.chars().filter(is_kept).collect::<String>();
        prop_assert_eq!(seen(&once), seen(&text));
        let mut rest = text.chars();
        for letter in once.chars().filter(|letter| !matches!(letter, ' ' | '\n')) {
            prop_assert!(rest.any(|other| other == letter), "{:?} is in its place", letter);
        }
    }

    #[test]
    fn what_is_left_has_no_controls(text in pasted()) {
        let once = clean(&text);
        prop_assert!(once.chars().all(|letter| letter == '\n' || !letter.is_control()), "{:?}", once);
        let unseen = ['\u{200b}', '\u{202e}', '\u{202c}', '\u{2066}', '\u{feff}', '\u{ad}', '\u{3164}'];
        prop_assert!(!once.contains(unseen), "{:?}", once);
        let shown = printed(&once);
        prop_assert!(shown == shown.trim() && (shown.is_empty() || shown.chars().any(is_seen)), "{:?}", shown);
    }
}

#[test]
fn what_nobody_sees_is_taken_out() {
    for (pasted, cleaned) in [
        ("Zoe\u{308}", "Zoe\u{308}"),
        ("\u{200b}", ""),
        ("Ana Núñez\t\u{a0}", "Ana Núñez"),
        ("\u{202e}Susan\u{202c}", "Susan"),
        ("\u{2068}Su\u{200b}san\u{2069}\u{200e}", "Susan"),
        ("\u{feff}Susan\u{0}", "Susan"),
        ("Su\u{ad}san", "Susan"),
        ("Ana\tNúñez", "Ana Núñez"),
        (" \u{3000}\u{2003} ", ""),
        ("\u{3164}", ""),
        ("\u{115f}\u{1160}\u{2800}", ""),
        ("\u{fe0f}", ""),
        ("\u{200c}\u{200d}", ""),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("one\u{2028}two", "one two"),
        ("Ana\u{a0}Núñez", "Ana\u{a0}Núñez"),
        ("Σίσυφος - עברית, 葛\u{e0100}城", "Σίσυφος - עברית, 葛\u{e0100}城"),
    ] {
        assert_eq!(printed(&clean(pasted)), cleaned, "{pasted:?}");
    }
}

#[test]
fn joiners_stay_where_they_are_part_of_the_writing() {
    for text in [
        // Persian: between two letters that join, also over marks of vowels.
        "می\u{200c}روم",
        "مِ\u{200c}یَ",
        "نامه\u{200c}ای",
        // Behind a virama: Hindi, Malayalam, Sinhala, Brahmi.
        "क्\u{200c}ष",
        "क्\u{200d}ष",
        "അവന്\u{200d}",
        "ශ්\u{200d}රී",
        "\u{11013}\u{11046}\u{200c}\u{11022}",
        // Adlam, and Mongolian with its variant.
        "\u{1e900}\u{200c}\u{1e901}",
        "\u{1820}\u{180b}\u{200c}\u{1821}",
        // Emoji: a family, a tone, a heart on fire, a flag, Scotland's flag.
        "👩\u{200d}👩\u{200d}👧",
        "👩🏽\u{200d}🚀",
        "❤\u{fe0f}\u{200d}🔥",
        "🏳\u{fe0f}\u{200d}🌈",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "👩\u{200d}⚕\u{fe0f}",
    ] {
        assert_eq!(clean(text), text, "{text:?}");
    }
}

#[test]
fn joiners_go_where_nothing_joins() {
    for (text, cleaned) in [
        ("Su\u{200c}san", "Susan"),
        ("Su\u{200d}san", "Susan"),
        ("\u{200c}می", "می"),
        ("می\u{200c}", "می"),
        ("می\u{200c} روم", "می روم"),
        // Alef joins the letter before it only.
        ("ا\u{200c}م", "ام"),
        ("می\u{200c}\u{200c}روم", "می\u{200c}روم"),
        // Arabic letters join without being told to.
        ("م\u{200d}م", "مم"),
        ("👩\u{200d}", "👩"),
        ("👩\u{200d}A", "👩A"),
        ("A\u{200d}👩", "A👩"),
        ("A\u{e0067}", "A"),
    ] {
        assert_eq!(clean(text), cleaned, "{text:?}");
    }
}
