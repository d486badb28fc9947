//! What a card is called where it stands in a list: the API gives cards no name, only the values of their fields.

use crate::api::{Card, CardId, CardValue, ImageValue, TemplateId, has};

/// No name is longer; a value that is may be a picture that the server has sent in a way of its own.
const LONGEST: usize = 200;

/// Whose card it is: the text in the field that is called a name, or else the first text there is.
pub fn name_of(card: &Card) -> Option<&str> {
    let texts = || card.data.iter().filter(|value| is_text(value));
    let named = texts().find(|value| {
        let words = [Some(value.token.as_str()), value.label.as_deref()];
        words.into_iter().flatten().any(|word| {
            let word = word.to_ascii_lowercase();
            // Not the company's, the host's or the user's name.
            ["full_name", "full name", "nombre completo"].iter().any(|name| has(&word, name))
                || ["name", "nombre"].contains(&word.trim())
        })
    });
    named.or_else(|| texts().next()).map(|value| value.value.trim())
}

/// The newest of these cards from each template, by their numbers.
pub fn newest_by_template(cards: &[Card]) -> Vec<(TemplateId, CardId)> {
    let mut newest: Vec<(TemplateId, CardId)> = Vec::new();
    for card in cards {
        let Some(template) = card.template_id else { continue };
        match newest.iter_mut().find(|(known, _)| *known == template) {
            Some((_, known)) => *known = (*known).max(card.id),
            None => newest.push((template, card.id)),
        }
    }
    newest
}

fn is_text(value: &CardValue) -> bool {
    let text = value.value.trim();
    text.len() <= LONGEST
        && match ImageValue::of(text) {
            ImageValue::Empty | ImageValue::Omitted | ImageValue::Url(_) | ImageValue::DataUri(_) => false,
            ImageValue::Base64(_) => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(values: &[(&str, &str)]) -> Card {
        let value = |(token, value): &(&str, &str)| CardValue {
            token: (*token).to_owned(),
            label: None,
            value: (*value).to_owned(),
        };
        Card {
            id: CardId(1),
            template_id: None,
            organization_id: None,
            data: values.iter().map(value).collect(),
            last_printed_at: None,
            last_submitted_at: None,
        }
    }

    #[test]
    fn the_name_is_found_wherever_it_stands() {
        let badge = card(&[("PHOTO", "image"), ("JOB_TITLE", "Nurse"), ("FULL_NAME", " Ana Núñez ")]);
        assert_eq!(name_of(&badge), Some("Ana Núñez"));
        assert_eq!(name_of(&card(&[("DATA_2", "x"), ("Nombre", "Ana")])), Some("Ana"));
    }

    #[test]
    fn the_newest_of_a_template_has_the_highest_number() {
        let of =
            |id, template: Option<u64>| Card { id: CardId(id), template_id: template.map(TemplateId), ..card(&[]) };
        let cards = [of(5, Some(1)), of(9, Some(2)), of(7, Some(1)), of(11, None), of(6, Some(1))];
        let newest = [(TemplateId(1), CardId(7)), (TemplateId(2), CardId(9))];
        assert_eq!(newest_by_template(&cards), newest);
        assert_eq!(newest_by_template(&[]), []);
    }

    #[test]
    fn without_a_name_the_first_text_stands_for_it() {
        let photo = "A".repeat(5000);
        let pass = card(&[("PHOTO", &photo), ("LOGO", "https://x.org/a.png"), ("COMPANY", "Acme"), ("NO", "7")]);
        assert_eq!(name_of(&pass), Some("Acme"));
        assert_eq!(name_of(&card(&[("PHOTO", "image"), ("NAME", "  ")])), None);
    }
}
