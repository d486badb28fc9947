//! A keyboard on the screen, for kiosks whose machine has none: which keys there are, and what each of them does.
//!
//! Every letter of the widget's language is one touch away; letters that others have, since names have them, are reached by
//! holding the letter that they come from, or by the key for accents and then that letter, which takes no holding.

use crate::i18n::Locale;

#[cfg(test)]
mod tests;

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, as it is when small, a digit, a sign, or a space.
    Type(char),
    /// The next letter is a capital; pressed twice, all are.
    Shift,
    /// Takes away what is chosen, or what stands before the caret.
    Back,
    /// From letters to signs, and back.
    Signs,
    /// The next letter is one with an accent.
    Accents,
    /// To the next field; from the last one, what Enter does.
    Next,
    /// The keyboard goes.
    Hide,
}

/// What pressing a key does with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// This is typed.
    Type(char),
    /// This takes the place of what was typed last.
    Instead(char),
    /// What is chosen is taken away, or what stands before the caret.
    Back,
    /// On to the next field.
    Next,
    /// The keyboard goes.
    Hide,
}

/// What a field is for, by which it gets the keys that it needs first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Names, places, anything.
    Words,
    /// An address of mail, or a password: no capitals by themselves, and `@` in reach.
    Account,
    /// Mostly digits.
    Digits,
}

impl Purpose {
    /// What an input of this `type` and `name` is for.
    pub fn of(kind: &str, name: &str) -> Purpose {
        match kind {
            "email" | "password" | "url" => Purpose::Account,
            "tel" | "number" => Purpose::Digits,
            _ => match name {
                // One that is shown, or that has its type from us already.
                "email" | "password" => Purpose::Account,
                "zip_code" => Purpose::Digits,
                _ => Purpose::Words,
            },
        }
    }
}

/// How the next letter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Small.
    Small,
    /// The next one is a capital.
    Once,
    /// All are capitals.
    Locked,
}

/// Letters with accents, as far as they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Accents {
    Off,
    /// Those of the next letter.
    Wanted,
    /// Those of this letter, as capitals or not; the one that is chosen stands in place of the letter itself, or after all.
    Of(char, bool, bool),
}

/// A keyboard, as it is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyboard {
    case: Case,
    has_signs: bool,
    accents: Accents,
    /// Whether what was typed last is a capital.
    was_capital: bool,
}

/// The digits.
const DIGITS: &str = "1234567890";
/// In place of them, where the language has letters of its own with accents.
const SPANISH: &str = "áéíóúüàèòç";
/// The signs. All of ASCII are here: passwords have them.
const SIGNS: [&str; 3] = ["@.-'/#&,+_", "!?():;\"*=%", "$[]{}<>\\|~^`"];

/// What comes from a letter, or a sign.
const FROM: [(char, &str); 26] = [
    ('a', "áàâäãåāăąæª"),
    ('c', "çćčĉċ"),
    ('d', "ďđð"),
    ('e', "éèêëēėęěĕ"),
    ('g', "ğģĝġ"),
    ('h', "ħĥ"),
    ('i', "íìîïīįıĩĭ"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "łľĺļŀ"),
    ('n', "ñńňņŋ"),
    ('o', "óòôöõøōőœŏº"),
    ('r', "řŕŗ"),
    ('s', "šśşșßŝ"),
    ('t', "ťţțþŧ"),
    ('u', "úùûüūůűųũŭ"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "žźż"),
    ('-', "–—"),
    ('\'', "’‘"),
    ('"', "«»“”"),
    ('.', "·…"),
    ('?', "¿"),
    ('!', "¡"),
    ('$', "€£¥"),
];

/// The letters of a language, in three rows.
pub fn letters(locale: Locale) -> [&'static str; 3] {
    match locale {
        Locale::En => ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
        Locale::Es => ["qwertyuiop", "asdfghjklñ", "zxcvbnm"],
    }
}

/// The signs, in three rows.
pub fn signs() -> [&'static str; 3] {
    SIGNS
}

/// The signs that stand beside the space.
pub fn beside_space(purpose: Purpose) -> [char; 4] {
    match purpose {
        Purpose::Account => ['@', '.', '_', '-'],
        Purpose::Words | Purpose::Digits => ['-', '\'', '.', ','],
    }
}

/// Where an arrow leads from a key, given as its row and its place in it, where the rows have so many keys: from the last one to
/// the first, too. None for any other key that is pressed.
pub fn beside(rows: &[usize], (row, place): (usize, usize), arrow: &str) -> Option<(usize, usize)> {
    let (length, count) = (*rows.get(row)?, rows.len());
    let (above, below) = ((row + count - 1) % count, (row + 1) % count);
    // To the one whose middle is nearest, so that one comes back by the same way.
    let across = |other: usize| Some((other, ((place * 2 + 1) * rows.get(other)?).checked_div(length * 2)?));
    match arrow {
        "ArrowRight" if place + 1 < length => Some((row, place + 1)),
        "ArrowRight" => Some((below, 0)),
        "ArrowLeft" if place > 0 => Some((row, place - 1)),
        "ArrowLeft" => Some((above, rows.get(above)?.checked_sub(1)?)),
        "ArrowDown" => across(below),
        "ArrowUp" => across(above),
        _ => None,
    }
}

/// What comes from a letter or a sign; empty where nothing does.
pub fn from(letter: char) -> &'static str {
    FROM.iter().find(|(of, _)| *of == letter).map_or("", |(_, all)| all)
}

/// A letter as a capital. The standard library's tables are for all letters there are, and of kilobytes.
fn capital(letter: char) -> char {
    let code = letter as u32;
    let is_odd = code % 2 == 1;
    let capital = match letter {
        // There is one, but nobody's name has it; in capitals it is written as two letters, which is for the person to say.
        'ß' | '÷' => code,
        // The capital of the letter without a dot is the common one, which is there already: here stands its sister.
        'ı' => 'İ' as u32,
        'ÿ' => 'Ÿ' as u32,
        'a'..='z' | 'à'..='þ' => code - 32,
        'ĺ'..='ň' | 'ź'..='ž' if !is_odd => code - 1,
        'ā'..='ķ' | 'ŋ'..='ŷ' | 'ș'..='ț' if is_odd => code - 1,
        _ => code,
    };
    char::from_u32(capital).unwrap_or(letter)
}

impl Keyboard {
    /// As a field that is for this begins with it. In a text that is still empty the first letter is a capital.
    pub fn new(purpose: Purpose, is_empty: bool) -> Keyboard {
        let case = if purpose == Purpose::Words && is_empty { Case::Once } else { Case::Small };
        Keyboard { case, has_signs: purpose == Purpose::Digits, accents: Accents::Off, was_capital: false }
    }

    /// How the next letter is written.
    pub fn case(self) -> Case {
        self.case
    }

    /// Whether there are signs in place of the letters.
    pub fn has_signs(self) -> bool {
        self.has_signs
    }

    /// Whether the next letter is to be one with an accent.
    pub fn wants_accent(self) -> bool {
        self.accents == Accents::Wanted
    }

    /// The letter whose relatives stand in the first row, if those do.
    pub fn relatives_of(self) -> Option<char> {
        match self.accents {
            Accents::Of(letter, is_capital, _) => Some(if is_capital { capital(letter) } else { letter }),
            _ => None,
        }
    }

    /// What stands in the first row: relatives of a letter, digits, or the language's own letters with accents.
    pub fn first_row(self, locale: Locale, purpose: Purpose) -> &'static str {
        match self.accents {
            Accents::Of(letter, ..) => from(letter),
            _ if !self.has_signs && purpose == Purpose::Words && locale == Locale::Es => SPANISH,
            _ => DIGITS,
        }
    }

    /// How a letter of the rows is written now.
    pub fn shown(self, letter: char) -> char {
        if self.case == Case::Small { letter } else { capital(letter) }
    }

    /// The same for one of the first row.
    pub fn shown_first(self, letter: char) -> char {
        match self.accents {
            Accents::Of(_, true, _) => capital(letter),
            Accents::Of(..) => letter,
            _ => self.shown(letter),
        }
    }

    /// The keyboard after a key of it was pressed, and what that does.
    #[must_use]
    pub fn press(self, key: Key) -> (Keyboard, Option<Act>) {
        let plain = Keyboard { accents: Accents::Off, ..self };
        let is_capital = self.case != Case::Small;
        match (key, self.accents) {
            (Key::Type(letter), Accents::Of(of, is_capital, instead))
                if from(of).chars().any(|from| from == letter) =>
            {
                let typed = if is_capital { capital(letter) } else { letter };
                (plain.typed(is_capital), Some(if instead { Act::Instead(typed) } else { Act::Type(typed) }))
            }
            (Key::Type(letter), Accents::Wanted) if !from(letter).is_empty() => {
                (Keyboard { accents: Accents::Of(letter, is_capital, false), ..self }, None)
            }
            (Key::Type(letter), _) => (plain.typed(is_capital), Some(Act::Type(self.shown(letter)))),
            (Key::Shift, _) => {
                let case = match self.case {
                    Case::Small => Case::Once,
                    Case::Once => Case::Locked,
                    Case::Locked => Case::Small,
                };
                (Keyboard { case, ..self }, None)
            }
            (Key::Signs, _) => (Keyboard { has_signs: !self.has_signs, ..plain }, None),
            (Key::Accents, Accents::Off) => (Keyboard { accents: Accents::Wanted, ..self }, None),
            (Key::Accents, _) => (plain, None),
            (Key::Back, _) => (plain, Some(Act::Back)),
            (Key::Next, _) => (plain, Some(Act::Next)),
            (Key::Hide, _) => (plain, Some(Act::Hide)),
        }
    }

    /// The keyboard after a key that was pressed is held.
    #[must_use]
    pub fn hold(self, key: Key) -> Keyboard {
        match (key, self.accents) {
            (Key::Type(letter), Accents::Off) if !from(letter).is_empty() => {
                Keyboard { accents: Accents::Of(letter, self.was_capital, true), ..self }
            }
            _ => self,
        }
    }

    fn typed(self, was_capital: bool) -> Keyboard {
        let case = if self.case == Case::Locked { Case::Locked } else { Case::Small };
        Keyboard { case, was_capital, ..self }
    }
}
