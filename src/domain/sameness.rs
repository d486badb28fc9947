//! Whether a card at the server is the one that was sent.

use crate::api::{Card, CardValue, FieldKind, FieldValue, ImageValue};

/// Whether all that was sent is in the card, its pictures to the byte, and nothing else; and it was never submitted or printed.
pub fn is_same_card(card: &Card, sent: &[FieldValue]) -> bool {
    // What is not there to be compared may be another one.
    is_alike(card, sent, &|known, sent| base64_of(known).is_some_and(|known| bytes_of(known).eq(sent.bytes())))
}

/// Whether pictures are known to be others than those on `made`, which was sent so, and which the same server shows the same way.
pub fn has_other_pictures(card: &Card, made: &Card, sent: &[FieldValue]) -> bool {
    sent.iter().filter(|field| field.kind == FieldKind::Image).any(|field| {
        match (picture_on(card, field), picture_on(made, field)) {
            (Some(other), Some(made)) => !bytes_of(other).eq(bytes_of(made)),
            // What is not there to be compared may be the same.
            _ => false,
        }
    })
}

fn picture_on<'a>(card: &'a Card, field: &FieldValue) -> Option<&'a str> {
    base64_of(&card.data.iter().find(|known| names(known, field))?.value)
}

/// The same as far as a list tells, which leaves the pictures out.
pub fn is_same_but_for_pictures(card: &Card, sent: &[FieldValue]) -> bool {
    is_alike(card, sent, &|_, _| true)
}

fn is_alike(card: &Card, sent: &[FieldValue], is_same_picture: &dyn Fn(&str, &str) -> bool) -> bool {
    let is_used = card.last_printed_at.is_some() || card.last_submitted_at.is_some();
    let is_there = |field: &FieldValue| {
        let mut known = card.data.iter().filter(|known| names(known, field));
        match (known.next(), known.next()) {
            (Some(known), None) if field.kind == FieldKind::Image => is_same_picture(&known.value, &field.value),
            (Some(known), None) => known.value == field.value,
            (None, _) => field.value.is_empty(),
            (Some(_), Some(_)) => false,
        }
    };
    let is_ours = |known: &CardValue| known.value.trim().is_empty() || sent.iter().any(|field| names(known, field));
    !is_used && sent.iter().all(is_there) && card.data.iter().all(is_ours)
}

fn names(known: &CardValue, field: &FieldValue) -> bool {
    known.token == field.token || known.token == field.label
}

/// The Base64 of a picture, empty where there is no picture; none where an answer does not have it.
fn base64_of(value: &str) -> Option<&str> {
    match ImageValue::of(value) {
        ImageValue::Base64(base64) => Some(base64),
        ImageValue::DataUri(uri) => uri.split_once(',').map(|(_, base64)| base64),
        ImageValue::Empty => Some(""),
        ImageValue::Omitted | ImageValue::Url(_) => None,
    }
}

/// Some encoders break their lines.
fn bytes_of(base64: &str) -> impl Iterator<Item = u8> {
    base64.bytes().filter(|byte| !byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{CardId, TemplateId};

    fn sent() -> Vec<FieldValue> {
        let field = |token: &str, label: &str, kind, value: &str| FieldValue {
            token: token.into(),
            label: label.into(),
            kind,
            value: value.into(),
        };
        vec![
            field("t1", "Name", FieldKind::Text, "Ana"),
            field("t2", "Note", FieldKind::Text, ""),
            field("t3", "Photo", FieldKind::Image, "/9j/AAAA"),
        ]
    }

    fn card(data: &[(&str, &str)]) -> Card {
        let value =
            |(token, value): &(&str, &str)| CardValue { token: (*token).into(), label: None, value: (*value).into() };
        Card {
            id: CardId(1),
            template_id: Some(TemplateId(4)),
            organization_id: None,
            data: data.iter().map(value).collect(),
            last_printed_at: None,
            last_submitted_at: None,
        }
    }

    #[test]
    fn ours_is_what_has_all_that_was_sent() {
        for photo in ["/9j/AAAA", "data:image/jpeg;base64,/9j/AAAA", "/9j/\nAAAA\n"] {
            assert!(is_same_card(&card(&[("t1", "Ana"), ("t2", ""), ("t3", photo)]), &sent()), "{photo}");
            assert!(is_same_card(&card(&[("Name", "Ana"), ("Photo", photo)]), &sent()), "by label, empties left out");
        }
    }

    #[test]
    fn in_doubt_it_is_not() {
        let name = ("t1", "Ana");
        for data in [
            vec![name, ("t3", "/9j/AAAB")],
            vec![name, ("t3", "image")],
            vec![name, ("t3", "https://cards.example.org/1.jpg")],
            vec![name, ("t3", "")],
            vec![name],
            vec![("t1", "ana"), ("t3", "/9j/AAAA")],
            vec![("t3", "/9j/AAAA")],
            vec![name, name, ("t3", "/9j/AAAA")],
            vec![name, ("t3", "/9j/AAAA"), ("t4", "more")],
        ] {
            assert!(!is_same_card(&card(&data), &sent()), "{data:?}");
        }
        let whole = card(&[name, ("t3", "/9j/AAAA")]);
        let at = Some("2026-11-24T05:37:13Z".to_string());
        assert!(!is_same_card(&Card { last_printed_at: at.clone(), ..whole.clone() }, &sent()));
        assert!(!is_same_card(&Card { last_submitted_at: at, ..whole.clone() }, &sent()));
        assert!(is_same_but_for_pictures(&card(&[name, ("t3", "image")]), &sent()));
    }

    #[test]
    fn pictures_that_cannot_be_compared_are_not_known_to_be_others() {
        let with = |photo| card(&[("t1", "Ana"), ("t3", photo)]);
        let is_other = |one, made| has_other_pictures(&with(one), &with(made), &sent());
        // Smaller than it was sent first, where the line was slow: what is on the card that was made counts.
        let made = "data:image/jpeg;base64,/9j/SMALLER";
        for photo in ["/9j/SMALLER", "data:image/jpeg;base64,/9j/SMA\nLLER", "image", "https://cards.example.org/2.jpg"]
        {
            assert!(!is_other(photo, made), "{photo}");
        }
        assert!(is_other("/9j/AAAA", made) && is_other("", made));
        assert!(!is_other("/9j/AAAA", "image"));
        assert!(!has_other_pictures(&card(&[("t1", "Ana")]), &with(made), &sent()));
        assert!(
            !has_other_pictures(&card(&[("t1", "\u{fffd}Ana"), ("t3", made)]), &with(made), &sent()),
            "pictures alone"
        );
    }
}
