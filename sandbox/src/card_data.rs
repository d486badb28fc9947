//! A card's `data`: read strictly as the widget should send it, shown as the dialect wants it.

use crate::clock::iso;
use crate::dialect::Dialect;
use crate::error::ApiError;
use crate::json::Json;
use crate::picture::Picture;
use crate::store::{Card, Content, Field, ORGANIZATION_ID, Template};
use serde_json::Value;
use std::sync::Arc;

/// Reads the value of `card[data]`. An empty value empties the field.
pub(crate) fn read(text: &str, template: &Template) -> Result<Vec<(String, Content)>, ApiError> {
    let wrong = |what: &str| ApiError::bad_request(format!("card[data] {what}"));
    let Ok(Value::Array(items)) = serde_json::from_str(text) else {
        return Err(wrong("must be a JSON array of objects"));
    };
    let mut data = Vec::new();
    for item in &items {
        let token = item["token"].as_str().ok_or_else(|| wrong("has an object without a token"))?;
        let field = template
            .fields
            .iter()
            .find(|field| field.token == token)
            .ok_or_else(|| wrong(&format!("names '{token}', which is not a field of the template")))?;
        let value = match &item["value"] {
            Value::String(value) => value.as_str(),
            Value::Null if item.get("value").is_some() => "",
            _ => return Err(wrong(&format!("has no text as the value of '{token}'"))),
        };
        let content = match field.is_image() && !value.is_empty() {
            true => Content::Image(Arc::new(Picture::from_text(value))),
            false => Content::Text(value.to_owned()),
        };
        data.push((token.to_owned(), content));
    }
    Ok(data)
}

/// How cards are shown in one answer. Lists show the word `image` for every picture.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    data: &'static str,
    image: &'static str,
    images: &'static str,
    base: &'a str,
}

impl<'a> Shown<'a> {
    pub(crate) fn new(dialect: Dialect, base: &'a str, in_list: bool) -> Self {
        let image = if in_list { "word" } else { dialect.get("card_image") };
        Self { data: dialect.get("card_data"), image, images: dialect.get("images"), base }
    }

    /// A card as the API shows it.
    pub(crate) fn write(&self, card: &Card, template: Option<&Template>, out: &mut Json) {
        // The template's order; a template that was replaced meanwhile leaves the data as it is.
        let loose: Vec<Field>;
        let fields = match template {
            Some(template) => &template.fields,
            None => {
                loose = card.data.keys().map(|token| loose_field(token)).collect();
                &loose
            }
        };
        let filled = || fields.iter().filter_map(|field| Some((field, card.data.get(&field.token)?)));
        let link = |token: &str| format!("{}/files/cards/{}/{token}", self.base, card.id);
        let value = |out: &mut Json, (field, content): (&Field, &Content)| match content {
            Content::Text(text) => out.text(text),
            Content::Image(picture) => match self.image {
                "word" => out.text("image"),
                "url" => out.text(&link(&field.token)),
                "data_uri" => out.text(&picture.data_uri()),
                _ => out.text(&picture.base64),
            },
        };
        out.object(|out| {
            out.member("id").id(card.id);
            out.member("card_template_id").id(card.template_id);
            out.member("organization_id").id(ORGANIZATION_ID);
            out.member("data");
            match self.data {
                "pairs" => {
                    out.list(filled(), |out, entry| out.object(|out| value(out.given_member(&entry.0.token), entry)));
                }
                "object" => {
                    out.object(|out| filled().for_each(|entry| value(out.given_member(&entry.0.token), entry)));
                }
                _ => out.list(filled(), |out, entry| {
                    out.object(|out| {
                        out.member("token").text(&entry.0.token);
                        out.member("label").text(&entry.0.label);
                        out.member("type").text(&entry.0.kind);
                        out.member("legacy_token").text(&entry.0.legacy_token);
                        value(out.member("value"), entry);
                    });
                }),
            }
            out.optional_text("last_printed_at", card.last_printed_at.map(iso).as_deref());
            out.optional_text("last_submitted_at", card.last_submitted_at.map(iso).as_deref());
            let pictures = filled().filter(|(_, content)| matches!(content, Content::Image(_)));
            match self.images {
                "strings" => out.member("images").list(pictures, |out, (field, _)| out.text(&link(&field.token))),
                "objects" => out.member("images").list(pictures, |out, (field, _)| {
                    out.object(|out| {
                        out.member("token").text(&field.token);
                        out.member("url").text(&link(&field.token));
                    });
                }),
                _ => {}
            }
        });
    }
}

fn loose_field(token: &str) -> Field {
    Field {
        token: token.to_owned(),
        label: token.to_owned(),
        kind: "text".to_owned(),
        legacy_token: token.to_owned(),
        dimensions: (0, 0),
    }
}
