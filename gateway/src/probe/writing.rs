//! One draft: made, changed, looked at, deleted.

use super::evidence::{Evidence, id};
use super::vendor::{Ask, Vendor};
use http::Method;
use serde_json::{Value, json};

/// What stands in the draft while it is there.
const TEXT: &str = "Probe";
const CHANGED: &str = "Probe, changed";
/// A PNG of one pixel, with what makes it as large as photos are sent.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJg";
const PHOTO: usize = 400_000;

/// Makes a draft from the template with the most text fields, and takes it away again.
pub(super) async fn write(vendor: &Vendor, seen: &mut Evidence) {
    let mut of_templates = seen.entries("templates").into_iter().zip(seen.json("fields")).collect::<Vec<_>>();
    of_templates.sort_by_key(|(_, fields)| std::cmp::Reverse(of_kind(fields, "text").len()));
    let Some((template, fields)) = of_templates.first() else {
        seen.troubles.push("no draft was made: there is no template".to_owned());
        return;
    };
    let (Some(template), texts) = (id(&template["id"]), of_kind(fields, "text")) else { return };
    let data: Vec<_> = texts.iter().map(|field| filled(field, TEXT)).collect();
    let data = json!(data).to_string();
    let form = [("card[card_template_id]", template.as_str()), ("card[data]", data.as_str())];
    let ask = Ask { form: Some(&form), ..Ask::default() };
    let made = seen.keep("draft, made", vendor.send(Method::POST, &vendor.of_organization("cards"), &ask).await);
    let Some(draft) = id(&made["id"]) else {
        seen.troubles.push(format!(
            "whether a draft was made is not known: look for a card that says \"{TEXT}\", and delete it"
        ));
        return;
    };
    let path = vendor.of_organization(&format!("cards/{draft}"));
    change(vendor, seen, &path, "draft, changed", texts.first().map(|field| filled(field, CHANGED))).await;
    seen.keep("draft, read after that", vendor.get(&format!("cards/{draft}")).await);
    let photo = of_kind(fields, "image").first().map(|field| {
        let padding = "A".repeat(PHOTO - PIXEL.len());
        filled(field, &format!("{PIXEL}{padding}"))
    });
    change(vendor, seen, &path, "draft, with a picture of 400 KB", photo).await;
    seen.keep("draft, its preview", vendor.get(&format!("cards/{draft}/preview")).await);
    let deleted = vendor.send(Method::DELETE, &path, &Ask::default()).await;
    if !deleted.as_ref().is_ok_and(super::vendor::Reply::is_ok) {
        seen.troubles.push(format!("the draft could not be deleted: it is card {draft}, please delete it"));
    }
    seen.keep("draft, deleted", deleted);
    seen.keep("draft, read once it is deleted", vendor.get(&format!("cards/{draft}")).await);
}

async fn change(vendor: &Vendor, seen: &mut Evidence, path: &str, what: &'static str, field: Option<Value>) {
    if let Some(field) = field {
        let data = json!([field]).to_string();
        let ask = Ask { form: Some(&[("card[data]", data.as_str())]), ..Ask::default() };
        seen.keep(what, vendor.send(Method::PATCH, path, &ask).await);
    }
}

/// A field as a card's data has it.
fn filled(field: &Value, value: &str) -> Value {
    json!({"token": field["token"], "label": field["label"], "type": field["type"], "value": value})
}

fn of_kind<'a>(fields: &'a Value, kind: &str) -> Vec<&'a Value> {
    fields.as_array().into_iter().flatten().filter(|field| field["type"] == kind).collect()
}

/// Whether a field that was not sent stayed as it was. None where the draft has fewer than two texts.
pub(super) fn stayed(after: &Value) -> Option<bool> {
    let text = after["data"].to_string();
    if !text.contains(CHANGED) {
        return None;
    }
    Some(text.replace(CHANGED, "").contains(TEXT))
}
