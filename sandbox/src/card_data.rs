//! A card's `data`: read strictly as the widget should send it, shown as the dialect wants it.

use crate::dialect::Dialect;
use crate::error::ApiError;
use crate::picture::Picture;
use crate::store::{Card, Content, Field, ORGANIZATION_ID, Template};
use serde_json::{Map, Value, json};
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

/// A card as the API shows it. Lists show the word `image` for every picture.
pub(crate) fn card(card: &Card, template: Option<&Template>, dialect: &Dialect, base: &str, in_list: bool) -> Value {
    let spelling = if in_list { "word" } else { dialect.get("card_image") };
    let link = |token: &str| format!("{base}/files/cards/{}/{token}", card.id);
    let value = |token: &str| match card.data.get(token) {
        Some(Content::Text(text)) => json!(text),
        Some(Content::Image(picture)) => match spelling {
            "word" => json!("image"),
            "url" => json!(link(token)),
            "data_uri" => json!(picture.data_uri()),
            _ => json!(picture.base64),
        },
        None => Value::Null,
    };
    // The template's order; a template that was replaced meanwhile leaves the data as it is.
    let loose: Vec<Field>;
    let fields = match template {
        Some(template) => &template.fields,
        None => {
            loose = card.data.keys().map(|token| loose_field(token)).collect();
            &loose
        }
    };
    let filled = || fields.iter().filter(|field| card.data.contains_key(&field.token));
    let data: Value = match dialect.get("card_data") {
        "pairs" => filled().map(|field| json!({ &field.token: value(&field.token) })).collect(),
        "object" => filled().map(|field| (field.token.clone(), value(&field.token))).collect::<Map<_, _>>().into(),
        _ => filled()
            .map(|field| {
                json!({
                    "token": field.token,
                    "label": field.label,
                    "type": field.kind,
                    "legacy_token": field.legacy_token,
                    "value": value(&field.token),
                })
            })
            .collect(),
    };
    let mut shown = json!({
        "id": card.id,
        "card_template_id": card.template_id,
        "organization_id": ORGANIZATION_ID,
        "data": data,
        "last_printed_at": card.last_printed_at,
        "last_submitted_at": card.last_submitted_at,
    });
    let pictures = || filled().filter(|field| card.picture(&field.token).is_some());
    match dialect.get("images") {
        "strings" => shown["images"] = pictures().map(|field| json!(link(&field.token))).collect(),
        "objects" => {
            shown["images"] =
                pictures().map(|field| json!({"token": field.token, "url": link(&field.token)})).collect();
        }
        _ => {}
    }
    shown
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
