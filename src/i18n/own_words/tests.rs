use super::super::texts;
use super::*;

fn given(entries: &[(&str, &str)]) -> Given {
    Some(entries.iter().map(|(key, text)| (key.to_string(), Some(text.to_string()))).collect())
}

fn words(entries: &[(&str, &str)], locale: Locale) -> Messages {
    Messages::with(locale, own_words(given(entries), locale).unwrap())
}

fn flaws(entries: &[(&str, &str)]) -> Vec<String> {
    own_words(given(entries), Locale::En).unwrap_err()
}

#[test]
fn a_page_says_it_in_its_own_words_and_the_rest_in_ours() {
    let own = words(&[("kiosk.start", "Begin <b>here</b>"), ("kiosk.thanks", "Thanks! {seconds}")], Locale::En);
    assert_eq!(own.kiosk().start, "Begin <b>here</b>");
    assert_eq!(own.kiosk().thanks("9"), "Thanks! 9");
    assert_eq!(own.kiosk().title, Messages::of(Locale::En).kiosk().title);
    assert_eq!(own.sign_in().submit, "Sign in");
    let spanish = words(&[("kiosk.start", "Toca")], Locale::Es);
    assert_eq!((spanish.kiosk().start, spanish.kiosk().finish), ("Toca", "Terminar"));
    assert_eq!(Messages::of(Locale::En).kiosk().start, "Touch to start", "another widget has its own");
}

#[test]
fn every_text_can_be_another_one_and_no_other_is_touched() {
    for (section, keys, [english, _]) in texts() {
        for (at, key) in keys.split_terminator(';').enumerate() {
            let mut parts = key.split(' ');
            let name = format!("{section}.{}", parts.next().unwrap());
            let text = parts.fold("Other".to_owned(), |text, place| format!("{text} {{{place}}}"));
            let own = own_words(given(&[(&name, &text)]), Locale::En).unwrap().unwrap();
            let number = super::super::keys().iter().position(|(known, _)| *known == section).unwrap();
            let said = said_in(own.0[0].number, u8::try_from(number).unwrap(), english);
            for (place, (said, ours)) in said.iter().zip(english).enumerate() {
                assert_eq!(*said, if place == at { text.as_str() } else { ours }, "{name}");
            }
        }
    }
}

#[test]
fn what_cannot_be_used_is_named() {
    let flaws = flaws(&[
        ("kiosk.strat", "Begin"),
        ("start", "Begin"),
        ("kiosk.start", " \n"),
        ("kiosk.thanks", "Thank you!"),
        ("kiosk.warning_title", "Are you there, {name}?"),
        ("kiosk.warning_left", "{seconds} {count}"),
        ("kiosk.finish", "Done"),
    ]);
    let named = [
        "no text “kiosk.strat”",
        "no text “start”",
        "“kiosk.start” is to say must be a text",
        "“kiosk.thanks” must have {seconds}",
        "{name} in “kiosk.warning_title”",
        "{count} in “kiosk.warning_left”",
    ];
    assert_eq!(flaws.len(), named.len(), "{flaws:?}");
    for (flaw, named) in flaws.iter().zip(named) {
        assert!(flaw.contains(named), "{flaw} names {named}");
    }
    let spanish = own_words(Some(vec![("kiosk.start".into(), None)]), Locale::Es).unwrap_err();
    assert!(spanish[0].contains("tiene que ser un texto"), "{spanish:?}");
    assert!(own_words(None, Locale::En).unwrap_err()[0].contains("must be an object"));
}

#[test]
fn a_brace_by_itself_is_a_brace() {
    assert_eq!(words(&[("kiosk.start", "} or {")], Locale::En).kiosk().start, "} or {");
}

#[test]
fn the_same_words_given_again_are_the_same() {
    let one = words(&[("kiosk.start", "Begin")], Locale::En);
    let count = SETS.with_borrow(Vec::len);
    for _ in 0..3 {
        assert_eq!(one.number(), words(&[("kiosk.start", "Begin")], Locale::En).number());
    }
    assert_eq!(SETS.with_borrow(Vec::len), count);
    assert!(std::ptr::eq(one.kiosk(), words(&[("kiosk.start", "Begin")], Locale::En).kiosk()));
    let other = words(&[("kiosk.start", "Go")], Locale::En);
    assert_ne!(one.number(), other.number());
    assert_ne!(one.number(), words(&[("kiosk.start", "Begin")], Locale::Es).number());
    assert_eq!(own_words(given(&[]), Locale::En), Ok(None));
}

/// What is said without Rust is in the element's JavaScript: the two know the same.
#[test]
fn what_is_said_without_rust_can_be_another_text_too() {
    let said = english_of_the_script();
    let keys: Vec<&str> = LOAD.1.split_terminator(';').collect();
    assert_eq!(keys.len(), said.len());
    for (key, (name, text)) in keys.into_iter().zip(said) {
        let mut parts = key.split(' ');
        assert_eq!(parts.next(), Some(name.as_str()));
        let places: Vec<&str> = parts.collect();
        assert_eq!(text.matches('{').count(), places.len(), "{text}");
        assert!(places.iter().all(|place| text.contains(&format!("{{{place}}}"))), "{text}");
    }
    assert_ne!(words(&[("load.retry", "Once more")], Locale::En).number(), Messages::of(Locale::En).number());
}

/// The English words of the element's JavaScript.
fn english_of_the_script() -> Vec<(String, String)> {
    let script = include_str!("../../element/instant-card.js");
    let (_, words) = script.split_once("\n  en: {\n").unwrap();
    let (words, _) = words.split_once("\n  },").unwrap();
    let lines = words.lines().map(|line| line.trim().trim_end_matches(',').split_once(": ").unwrap());
    lines.map(|(name, text)| (name.to_owned(), text.trim_matches('"').to_owned())).collect()
}

/// `docs/strings.md` is written by this test, with `WRITE_STRINGS=1` in its environment.
#[test]
fn the_list_in_the_docs_is_current() {
    let list = list();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/strings.md");
    if std::env::var_os("WRITE_STRINGS").is_some() {
        std::fs::write(file, &list).unwrap();
    }
    let there = std::fs::read_to_string(file).unwrap_or_default();
    assert!(there == list, "docs/strings.md is not current: WRITE_STRINGS=1 cargo test --lib own_words");
}

fn list() -> String {
    let mut list = HEAD.to_owned();
    let row = |key: String, text: &str| format!("| `{key}` | {} |\n", text.replace('|', "\\|"));
    for (section, keys, [english, _]) in texts() {
        list += &format!("\n## `{section}`\n\n| key | text |\n| --- | --- |\n");
        for (key, text) in keys.split_terminator(';').zip(english) {
            list += &row(format!("{section}.{}", key.split(' ').next().unwrap()), text);
        }
    }
    list += "\n## `load`\n\nWhat is said before the widget's program is there, or where it cannot be.\n\n| key | text |\n| --- | --- |\n";
    for (name, text) in english_of_the_script() {
        list += &row(format!("load.{name}"), &text);
    }
    list
}

const HEAD: &str = "\
# The texts of `<instant-card>`

The property `strings` puts a page's own words in place of any of these: `{key: text}`, as in

```js
document.querySelector(\"instant-card\").strings = {
  \"kiosk.start\": \"Touch here to begin\",
  \"kiosk.thanks\": \"Thank you! Please go on to the desk. ({seconds})\",
};
```

A text has the places of the one that it replaces, all of them and no others (`{seconds}`). It is shown as text: tags in it are
letters. What is not replaced stays as it is, in English or Spanish. A key that is not listed here, or a text that cannot be used, is
a configuration error that names it. Keys may change between versions; such changes are in the changelog.

This list is written by a test (`cargo test --lib own_words`), which fails when it is not current.
";
