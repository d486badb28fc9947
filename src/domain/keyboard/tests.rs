use super::*;

/// A finger: how it comes to a letter.
fn way(locale: Locale, wanted: char) -> Option<Vec<Key>> {
    let shift = if wanted.is_lowercase() || !wanted.is_alphabetic() { vec![] } else { vec![Key::Shift] };
    let small = Keyboard::new(Purpose::Words, false);
    let after = |keys: &[Key]| keys.iter().fold(small, |keyboard, key| keyboard.press(*key).0);
    let mut ways = vec![shift.clone(), [vec![Key::Signs], shift.clone()].concat()];
    let rows = letters(locale).concat() + &signs().concat();
    for letter in rows.chars().filter(|letter| !from(*letter).is_empty()) {
        let to = if SIGNS.concat().contains(letter) { vec![Key::Signs, Key::Accents] } else { vec![Key::Accents] };
        ways.push([shift.clone(), to, vec![Key::Type(letter)]].concat());
    }
    ways.into_iter().find_map(|way| {
        let keyboard = after(&way);
        let rows = if keyboard.has_signs() { signs() } else { letters(locale) }.concat();
        let all = rows.chars().chain(keyboard.first_row(locale, Purpose::Words).chars()).chain([' ']);
        let mut all = all.chain(beside_space(Purpose::Words));
        let last = all.find(|letter| keyboard.press(Key::Type(*letter)).1 == Some(Act::Type(wanted)))?;
        Some([way, vec![Key::Type(last)]].concat())
    })
}

#[test]
fn every_letter_of_the_language_is_one_touch_away() {
    for (locale, alphabet) in
        [(Locale::En, "abcdefghijklmnopqrstuvwxyz"), (Locale::Es, "abcdefghijklmnñopqrstuvwxyzáéíóúü")]
    {
        for letter in alphabet.chars() {
            assert_eq!(way(locale, letter), Some(vec![Key::Type(letter)]), "{letter}");
            assert_eq!(way(locale, capital(letter)), Some(vec![Key::Shift, Key::Type(letter)]), "{letter}");
        }
    }
}

#[test]
fn every_letter_of_europe_that_is_written_with_these_and_every_sign_is_to_be_had() {
    // Not letters, or of no language any more, or two at once.
    let left_out = "×÷ĸŉſĲĳ";
    let letters = ('\u{c0}'..='\u{17f}').chain("ȘșȚț".chars()).filter(|letter| !left_out.contains(*letter));
    for wanted in letters.chain(' '..='~').chain("¿¡ªº«»’€".chars()) {
        for locale in Locale::ALL {
            assert!(way(locale, wanted).is_some(), "{wanted} on the keyboard of {locale:?}");
        }
    }
}

#[test]
fn capitals_are_those_of_the_standard_library() {
    for letter in FROM.iter().flat_map(|(of, all)| all.chars().chain([*of])).chain('a'..='z') {
        let known: String = letter.to_uppercase().collect();
        match letter {
            'ß' => assert_eq!(capital(letter), letter),
            'ı' => assert_eq!(capital(letter), 'İ'),
            _ => assert_eq!(capital(letter).to_string(), known, "{letter}"),
        }
    }
}

#[test]
fn no_key_is_there_twice_in_one_row_and_rows_are_short() {
    let rows = Locale::ALL.iter().flat_map(|locale| letters(*locale)).chain(signs()).chain([DIGITS, SPANISH]);
    for row in rows.chain(FROM.iter().map(|(_, all)| *all)) {
        let mut all: Vec<char> = row.chars().collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), row.chars().count(), "{row}");
        assert!(all.len() <= 12, "{row}");
    }
}

#[test]
fn a_name_of_thirty_letters_takes_forty_five_touches_at_most() {
    for name in ["María Concepción Núñez Ibáñez", "Zoë Åse Müller-Łukaszewicz Øst", "Jean-Luc O'Brien-Fitzgerald Jr."]
    {
        for locale in Locale::ALL {
            let mut keyboard = Keyboard::new(Purpose::Words, true);
            let (mut typed, mut touches) = (String::new(), 0);
            for letter in name.chars() {
                let is_there = keyboard.shown(letter.to_lowercase().next().unwrap()) == letter;
                let way = way(locale, letter).unwrap();
                let holds = way.contains(&Key::Accents);
                // The first letter is a capital by itself; and a finger holds a letter for its relatives.
                let way = way.into_iter().filter(|key| !(is_there && *key == Key::Shift) && *key != Key::Accents);
                for key in way {
                    touches += 1;
                    let (next, act) = keyboard.press(key);
                    keyboard = if holds { next.hold(key) } else { next };
                    match act {
                        Some(Act::Type(letter)) => typed.push(letter),
                        Some(Act::Instead(letter)) => {
                            typed.pop();
                            typed.push(letter);
                        }
                        _ => {}
                    }
                }
            }
            assert_eq!(typed, name);
            assert!(touches <= 45, "{name}: {touches} touches in {locale:?}");
        }
    }
}

#[test]
fn shift_is_for_one_letter_and_twice_for_all() {
    let keyboard = Keyboard::new(Purpose::Words, true);
    let (keyboard, act) = keyboard.press(Key::Type('a'));
    assert_eq!((keyboard.case(), act), (Case::Small, Some(Act::Type('A'))));
    let (keyboard, _) = keyboard.press(Key::Shift);
    let (keyboard, _) = keyboard.press(Key::Shift);
    assert_eq!(keyboard.case(), Case::Locked);
    let (keyboard, act) = keyboard.press(Key::Type('ñ'));
    assert_eq!((keyboard.case(), act), (Case::Locked, Some(Act::Type('Ñ'))));
    assert_eq!(keyboard.press(Key::Shift).0.case(), Case::Small);
    assert_eq!(Keyboard::new(Purpose::Account, true).case(), Case::Small);
    assert_eq!(Keyboard::new(Purpose::Words, false).case(), Case::Small);
}

#[test]
fn a_letter_that_is_held_makes_way_for_its_relative_as_it_was_written() {
    let (keyboard, act) = Keyboard::new(Purpose::Words, true).press(Key::Type('e'));
    assert_eq!(act, Some(Act::Type('E')));
    let held = keyboard.hold(Key::Type('e'));
    assert_eq!((held.relatives_of(), held.shown_first('é')), (Some('E'), 'É'));
    let (after, act) = held.press(Key::Type('é'));
    assert_eq!((act, after.relatives_of()), (Some(Act::Instead('É')), None));
    // Whoever goes on has meant the letter.
    let (after, act) = held.press(Key::Type('l'));
    assert_eq!((act, after.relatives_of()), (Some(Act::Type('l')), None));
    // What has none stays.
    assert_eq!(keyboard.hold(Key::Type('x')), keyboard);
    assert_eq!(keyboard.hold(Key::Back), keyboard);
}

#[test]
fn without_holding_the_key_for_accents_goes_before_the_letter() {
    let keyboard = Keyboard::new(Purpose::Words, false);
    let (wants, act) = keyboard.press(Key::Accents);
    assert_eq!((wants.wants_accent(), act), (true, None));
    let (chooses, act) = wants.press(Key::Type('o'));
    assert_eq!((chooses.first_row(Locale::En, Purpose::Words), act), (from('o'), None));
    assert_eq!(chooses.press(Key::Type('ø')).1, Some(Act::Type('ø')));
    assert_eq!(wants.press(Key::Type('q')).1, Some(Act::Type('q')), "it has none");
    assert_eq!(chooses.press(Key::Accents).0, keyboard, "not after all");
    assert_eq!(wants.press(Key::Accents).0, keyboard);
}

#[test]
fn a_field_begins_with_the_keys_that_it_needs() {
    for (kind, name, purpose) in [
        ("text", "", Purpose::Words),
        ("email", "", Purpose::Account),
        ("text", "email", Purpose::Account),
        ("password", "password", Purpose::Account),
        ("text", "password", Purpose::Account),
        ("tel", "", Purpose::Digits),
        ("text", "zip_code", Purpose::Digits),
    ] {
        assert_eq!(Purpose::of(kind, name), purpose, "{kind} {name}");
    }
    assert!(Keyboard::new(Purpose::Digits, true).has_signs());
    assert!(beside_space(Purpose::Account).contains(&'@'));
    let spanish = |purpose| Keyboard::new(purpose, true).first_row(Locale::Es, purpose);
    assert_eq!(
        (spanish(Purpose::Words), spanish(Purpose::Account), spanish(Purpose::Digits)),
        (SPANISH, DIGITS, DIGITS)
    );
}

#[test]
fn arrows_lead_from_key_to_key_and_around() {
    let rows = [10, 10, 9, 9, 9];
    for (from, arrow, to) in [
        ((0, 0), "ArrowRight", (0, 1)),
        ((0, 9), "ArrowRight", (1, 0)),
        ((4, 8), "ArrowRight", (0, 0)),
        ((0, 0), "ArrowLeft", (4, 8)),
        ((2, 4), "ArrowLeft", (2, 3)),
        ((1, 9), "ArrowDown", (2, 8)),
        ((2, 8), "ArrowUp", (1, 9)),
        ((4, 4), "ArrowDown", (0, 5)),
        ((0, 9), "ArrowUp", (4, 8)),
    ] {
        assert_eq!(beside(&rows, from, arrow), Some(to), "{arrow} from {from:?}");
    }
    assert_eq!(beside(&rows, (0, 0), "Tab"), None);
    assert_eq!(beside(&rows, (5, 0), "ArrowUp"), None);
    assert_eq!(beside(&[], (0, 0), "ArrowUp"), None);
}
