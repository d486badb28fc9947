//! Cards and templates, as received.

use crate::api::entries::{Entries, entries};
use crate::api::ids::{CardId, OrganizationId, TemplateId};
use crate::api::json::{Flaw, Json, Node, parse};
use crate::api::model::{
    Card, CardValue, Dimensions, Field, FieldKind, ImageValue, Orientation, Preview, PrintRecord, Template,
};

/// A card.
pub(in crate::api) fn card(node: &Node<'_>) -> Result<Card, Flaw> {
    Ok(Card {
        id: CardId(node.member("id").number()?),
        template_id: node.member("card_template_id").json.number().map(TemplateId),
        organization_id: node.member("organization_id").json.number().map(OrganizationId),
        data: card_data(node.json.get("data")),
        last_printed_at: node.member("last_printed_at").maybe_text(),
        last_submitted_at: node.member("last_submitted_at").maybe_text(),
    })
}

/// A list of cards.
pub(in crate::api) fn cards(node: &Node<'_>) -> Result<Entries<Card>, Flaw> {
    entries(node, card)
}

/// A card's data, in one of three shapes, or as a JSON text of one of them: an array of objects as it is sent, an array
/// of one-member objects `{"TOKEN": "value"}`, one object of all.
fn card_data(data: &Json) -> Vec<CardValue> {
    let mut values = Vec::new();
    match data {
        Json::Text(text) => {
            // As a text it was sent, so a server may give it back as a text; but not wrapped twice.
            if let Some(data @ (Json::List(_) | Json::Object(_))) = parse(text) {
                return card_data(&data);
            }
        }
        Json::Object(members) => pairs(members, &mut values),
        Json::List(items) => {
            for item in items {
                let Json::Object(members) = item else { continue };
                // One member is a field's own name, even where a template has a field called "token".
                let name = if members.len() > 1 { item.get("token").text().or(item.get("label").text()) } else { None };
                match name {
                    Some(name) => values.push(CardValue {
                        token: name.to_owned(),
                        label: item.get("label").text().map(str::to_owned),
                        value: field_value(item.get("value")),
                    }),
                    None => pairs(members, &mut values),
                }
            }
        }
        _ => {}
    }
    values
}

fn pairs(members: &[(String, Json)], values: &mut Vec<CardValue>) {
    for (token, value) in members {
        values.push(CardValue { token: token.clone(), label: None, value: field_value(value) });
    }
}

fn field_value(value: &Json) -> String {
    value.text().unwrap_or_default().to_owned()
}

impl<'a> ImageValue<'a> {
    /// Tells what an image field's value is, as received.
    pub fn of(value: &'a str) -> ImageValue<'a> {
        let value = value.trim();
        if value.is_empty() {
            ImageValue::Empty
        } else if value == "image" {
            ImageValue::Omitted
        } else if starts_with(value, "data:") {
            ImageValue::DataUri(value)
        } else if starts_with(value, "https://") || starts_with(value, "http://") {
            ImageValue::Url(value)
        } else {
            ImageValue::Base64(value)
        }
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// A preview. One that claims to be available but has no front is not.
pub(in crate::api) fn preview(node: &Node<'_>) -> Result<Preview, Flaw> {
    let node = node.object()?;
    let front = side(node.member("front"));
    let back = side(node.member("back"));
    Ok(Preview {
        available: node.member("preview_available").json.truth().unwrap_or(true) && !front.is_empty(),
        front,
        back: if back.is_empty() { None } else { Some(back) },
        orientation: match node.member("orientation").json.text() {
            Some(word) if word.eq_ignore_ascii_case("landscape") => Some(Orientation::Landscape),
            Some(word) if word.eq_ignore_ascii_case("portrait") => Some(Orientation::Portrait),
            _ => None,
        },
    })
}

/// The Base64 of a side, without a `data:` prefix and without the line breaks that some encoders put in.
fn side(node: Node<'_>) -> String {
    let text = node.json.text().unwrap_or_default().trim();
    let base64 = if starts_with(text, "data:") { text.split_once(',').map_or("", |(_, data)| data) } else { text };
    base64.split_ascii_whitespace().collect()
}

/// When a card was printed; the status is 0 or 1.
pub(in crate::api) fn print_history(node: &Node<'_>) -> Result<Vec<PrintRecord>, Flaw> {
    node.each(|record| {
        Ok(PrintRecord {
            printed: record.member("status").truth()?,
            processed_at: record.member("processed_at").maybe_text(),
        })
    })
}

/// A list of templates.
pub(in crate::api) fn templates(node: &Node<'_>) -> Result<Entries<Template>, Flaw> {
    entries(node, |template| {
        Ok(Template { id: TemplateId(template.member("id").number()?), name: template.member("name").text_or_empty() })
    })
}

/// A template's fields.
pub(in crate::api) fn fields(node: &Node<'_>) -> Result<Entries<Field>, Flaw> {
    entries(node, |field| {
        let token = field.member("token").text()?;
        let label = field.member("label").text_or_empty();
        let kind = field.member("type").text_or_empty();
        Ok(Field {
            label: if label.trim().is_empty() { token.clone() } else { label },
            token,
            kind: if kind.eq_ignore_ascii_case("image") {
                FieldKind::Image
            } else if kind.is_empty() || kind.eq_ignore_ascii_case("text") {
                FieldKind::Text
            } else {
                FieldKind::Other(kind)
            },
            legacy_token: field.member("legacy_token").maybe_text(),
            dimensions: dimensions(field.json.get("dimensions")),
        })
    })
}

/// Width and height, in thousandths when one of them has a fraction.
fn dimensions(json: &Json) -> Option<Dimensions> {
    let width = thousandths(json.get("width").text()?)?;
    let height = thousandths(json.get("height").text()?)?;
    let unit = if width % 1000 == 0 && height % 1000 == 0 { 1000 } else { 1 };
    let (width, height) = (width / unit, height / unit);
    if width == 0 || height == 0 { None } else { Some(Dimensions { width, height }) }
}

fn thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let mut value: u32 = whole.parse().ok()?;
    for place in 0..3 {
        let digit = match fraction.as_bytes().get(place) {
            None => 0,
            Some(digit) => u32::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?),
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(value)
}
