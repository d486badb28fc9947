//! What outlives a reload of the page, as the text that a browser's tab keeps: who is signed in, where they are, and what they
//! have typed into the card in work. No picture of it, no password, no payment card: there is no place for one.

use super::draft::{Draft, Value};
use super::field::Role;
use crate::api::{CardId, TemplateId};

/// What a text begins with that this version has written: another version's is none.
const FORMAT: &str = "instant-card 2";

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The token of whoever has signed in with the form.
    pub token: Option<String>,
    /// Whose it is.
    pub person: Person,
    /// The number of the screen.
    pub screen: u64,
    /// The card in work.
    pub card: Option<RememberedCard>,
}

/// By what it is told whether it is the same person again. Marks, which say nothing of what they stand for but whether two are
/// the same; 0 where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The token.
    pub token: u64,
    /// The account that it is for.
    pub account: u64,
    /// What the page knows of the person.
    pub given: u64,
}

impl Person {
    /// Whether it is the same person, as far as one can know. In doubt it is not: nobody reads what somebody else has typed.
    pub fn is(self, other: Person) -> bool {
        let is_same = |one: u64, other: u64| one == other && one != 0;
        self.given == other.given && (is_same(self.token, other.token) || is_same(self.account, other.account))
    }
}

/// The card in work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RememberedCard {
    /// Its template.
    pub template: u64,
    /// Its number, once it is at the server.
    pub number: Option<u64>,
    /// Whether it was sent for finalization.
    pub is_sent: bool,
    /// Whether there were pictures on it.
    pub has_pictures: bool,
    /// What is typed: the token of each field, and its text.
    pub texts: Vec<(String, String)>,
    /// What the server had in those of them that have another text by now.
    pub saved: Vec<(String, String)>,
}

impl RememberedCard {
    /// What is remembered of `draft`.
    pub fn of(draft: &Draft, is_sent: bool) -> RememberedCard {
        let fields = draft.fields();
        let mut card = RememberedCard {
            template: draft.template_id().0,
            number: draft.card().map(|card| card.0),
            is_sent,
            ..RememberedCard::default()
        };
        for (index, field) in fields.iter().enumerate() {
            match draft.value(index) {
                Value::Text(text) if Role::of(field) == Role::Text => {
                    card.texts.push((field.token.clone(), text.to_string()));
                    if let Some(saved) = draft.typed_over(index) {
                        card.saved.push((field.token.clone(), saved.to_string()));
                    }
                }
                value => card.has_pictures |= !value.is_blank(),
            }
        }
        card
    }

    /// Its template.
    pub fn template(&self) -> TemplateId {
        TemplateId(self.template)
    }

    /// Its number, once it is at the server.
    pub fn number(&self) -> Option<CardId> {
        self.number.map(CardId)
    }

    /// Whether there is anything of a person's in it.
    pub fn is_worth_it(&self) -> bool {
        self.number.is_some() || self.has_pictures || self.texts.iter().any(|(_, text)| !text.trim().is_empty())
    }
}

/// A mark of some texts: two are the same where these are.
pub fn mark<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    // FNV-1a. What no text has, a byte of 255, ends each.
    let bytes = texts.into_iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Remembered {
    /// The text that is kept: every part behind its length in bytes.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut put = |part: &str| {
            text.push_str(&part.len().to_string());
            text.push(':');
            text.push_str(part);
        };
        put(FORMAT);
        put(self.token.as_deref().unwrap_or_default());
        for number in [self.person.token, self.person.account, self.person.given, self.screen] {
            put(&number.to_string());
        }
        if let Some(card) = &self.card {
            put(&card.template.to_string());
            put(&card.number.map(|number| number.to_string()).unwrap_or_default());
            put(if card.is_sent { "sent" } else { "" });
            put(if card.has_pictures { "pictures" } else { "" });
            put(&card.saved.len().to_string());
            for (token, typed) in card.saved.iter().chain(&card.texts) {
                put(token);
                put(typed);
            }
        }
        text
    }

    /// What a text says; none where it is anything but what [`Self::to_text`] has written, to the letter.
    pub fn of(text: &str) -> Option<Remembered> {
        let mut rest = text;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let (length, after) = rest.split_once(':')?;
            let length: usize = length.parse().ok()?;
            parts.push(after.get(..length)?);
            rest = after.get(length..)?;
        }
        let (head, card) = parts.split_at_checked(6)?;
        let number = |at: usize| head.get(at)?.parse::<u64>().ok();
        let read = Remembered {
            token: head.get(1).filter(|token| !token.is_empty()).map(|token| (*token).to_string()),
            person: Person { token: number(2)?, account: number(3)?, given: number(4)? },
            screen: number(5)?,
            card: if card.is_empty() { None } else { Some(card_of(card)?) },
        };
        (read.to_text() == text).then_some(read)
    }
}

fn card_of(parts: &[&str]) -> Option<RememberedCard> {
    let (&[template, number, sent, pictures, saved], texts) = parts.split_at_checked(5)? else { return None };
    let saved: usize = saved.parse().ok()?;
    let texts = texts.chunks(2).map(|pair| match pair {
        [token, text] => Some(((*token).to_string(), (*text).to_string())),
        _ => None,
    });
    let mut texts = texts.collect::<Option<Vec<(String, String)>>>()?;
    if saved > texts.len() {
        return None;
    }
    Some(RememberedCard {
        template: template.parse().ok()?,
        number: if number.is_empty() { None } else { Some(number.parse().ok()?) },
        is_sent: !sent.is_empty(),
        has_pictures: !pictures.is_empty(),
        saved: texts.drain(..saved).collect(),
        texts,
    })
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
