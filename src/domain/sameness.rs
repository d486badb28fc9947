//! Whether a card at the server is the one that was sent.

use crate::api::{Card, CardValue, FieldKind, FieldValue, ImageValue};

/// Whether all that was sent is in the card, its pictures to the byte, and nothing else; and it was never submitted or printed.
pub fn is_same_card(card: &Card, sent: &[FieldValue]) -> bool {
    is_alike(card, sent, &|known, sent| match ImageValue::of(known) {
        ImageValue::Base64(base64) => is_same_base64(base64, sent),
        ImageValue::DataUri(uri) => uri.split_once(',').is_some_and(|(_, base64)| is_same_base64(base64, sent)),
        ImageValue::Empty => sent.is_empty(),
        // What is not there to be compared may be another one.
        ImageValue::Omitted | ImageValue::Url(_) => false,
    })
}

/// The same as far as a list tells, which leaves the pictures out.
pub fn is_same_but_for_pictures(card: &Card, sent: &[FieldValue]) -> bool {
    is_alike(card, sent, &|_, _| true)
}

fn is_alike(card: &Card, sent: &[FieldValue], is_same_picture: &dyn Fn(&str, &str) -> bool) -> bool {
    let is_used = card.last_printed_at.is_some() || card.last_submitted_at.is_some();
    let names = |known: &CardValue, field: &FieldValue| known.token == field.token || known.token == field.label;
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

/// Some encoders break their lines.
fn is_same_base64(known: &str, sent: &str) -> bool {
    known.bytes().filter(|byte| !byte.is_ascii_whitespace()).eq(sent.bytes())
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
}
