//! What a session may do with cards and templates: its own, and no more. Whatever is not its own does not exist.

use crate::answer::{Answer, Refusal, Silence};
use crate::config::EndsWith;
use crate::form::{self, Parts};
use crate::guard::operations::{self, Target};
use crate::house::House;
use crate::session::Session;
use crate::session::cards::{Own, Stage};
use crate::upstream::{Ask, Error};
use http::StatusCode;
use serde_json::{Map, Value, json};
use std::sync::Arc;

const TEMPLATE: &str = "card[card_template_id]";
const DATA: &str = "card[data]";

/// Carries out one of the vendor's operations for a session.
pub(crate) async fn respond(
    house: &House,
    session: &Session,
    target: &Target,
    parts: Parts,
) -> Result<Answer, Refusal> {
    let name = target.operation.name;
    if name == operations::PROFILE.name {
        return profile(house).await;
    }
    if target.number(0) != house.config.vendor.organization {
        return Err(Refusal::not_found("Organization", "organization"));
    }
    match name {
        "card_templates.list" => templates(house, session).await,
        "card_templates.fields" => Ok(Answer::ok(&*fields(house, session, target.number(1)).await?)),
        "cards.create" => create(house, session, target, parts).await,
        "cards.fetch" | "cards.preview" => {
            own(house, session, target.number(1)).await?;
            forward(house, target, None).await
        }
        "cards.update" => update(house, session, target, parts).await,
        "cards.finalize" => finalize(house, session, target, parts).await,
        "cards.delete" => delete(house, session, target).await,
        _ => Err(Refusal::not_found("Page", "not-a-sessions")),
    }
}

/// The card, if it is the session's.
pub(crate) async fn own(house: &House, session: &Session, card: u64) -> Result<Own, Refusal> {
    house.cards.find(session, card).await?.ok_or_else(|| Refusal::not_found("Card", "card-of-somebody-else"))
}

/// Asks the vendor what was asked of the gateway, in the gateway's own words.
pub(crate) async fn forward(house: &House, target: &Target, form: Option<&[(&str, &str)]>) -> Result<Answer, Refusal> {
    let path = target.path();
    let body = match form {
        Some(parts) => Some(form::write(parts).ok_or_else(|| Refusal::unavailable("randomness"))?),
        None => None,
    };
    let ask = Ask {
        name: target.operation.name,
        method: target.operation.method,
        path: &path,
        query: None,
        body: body.as_ref().map(|(kind, body)| (kind.as_str(), body.clone())),
        patience: target.operation.patience(),
    };
    house.upstream.call(&ask).await.map_err(|error| refusal(&error))
}

/// What a caller reads where the vendor gave no answer.
pub(crate) fn refusal(error: &Error) -> Refusal {
    let (status, why, text) = match error {
        Error::NotSent(_) => (StatusCode::BAD_GATEWAY, "vendor-unreachable", "InstantCard cannot be reached"),
        Error::Lost(_) => (StatusCode::BAD_GATEWAY, "vendor-lost", "InstantCard's answer was lost"),
        Error::TimedOut => (StatusCode::GATEWAY_TIMEOUT, "vendor-timed-out", "InstantCard did not answer in time"),
        Error::Strange(_) => (StatusCode::BAD_GATEWAY, "vendor-strange", "InstantCard did not answer as it should"),
        Error::Account => (StatusCode::BAD_GATEWAY, "vendor-account", "InstantCard does not let the gateway in"),
    };
    tracing::warn!(%error, "vendor");
    let silence = if error.is_unknown() { Silence::Unheard } else { Silence::Unsent };
    Refusal { silence: Some(silence), ..Refusal::new(status, why, text) }
}

/// The organization's name, and nothing of the account.
async fn profile(house: &House) -> Result<Answer, Refusal> {
    let id = house.config.vendor.organization;
    let organization = read(house, &format!("organizations/{id}"), &operations::ORGANIZATION).await?;
    Ok(Answer::ok(&json!({"organization": {"id": id, "name": organization["name"]}, "settings": {}})))
}

async fn templates(house: &House, session: &Session) -> Result<Answer, Refusal> {
    let id = house.config.vendor.organization;
    let all = read(house, &format!("organizations/{id}/card_templates"), &operations::TEMPLATES).await?;
    let mut own = all.as_array().cloned().unwrap_or_default();
    own.retain(|template| session.template.is_none_or(|only| number(&template["id"]) == Some(only)));
    Ok(Answer::ok(&own.into()))
}

/// The fields of a template, if the session may use it.
async fn fields(house: &House, session: &Session, template: u64) -> Result<Arc<Value>, Refusal> {
    if session.template.is_some_and(|only| only != template) {
        return Err(Refusal::not_found("Card template", "template"));
    }
    let id = house.config.vendor.organization;
    let path = format!("organizations/{id}/card_templates/{template}/fields");
    read(house, &path, &operations::FIELDS).await
}

/// What is the same for everybody, read of the vendor and remembered for a while.
async fn read(house: &House, path: &str, as_in: &'static operations::Operation) -> Result<Arc<Value>, Refusal> {
    if let Some(value) = house.remembered(path) {
        return Ok(value);
    }
    let ask = Ask { name: as_in.name, method: "GET", path, query: None, body: None, patience: as_in.patience() };
    let answer = house.upstream.call(&ask).await.map_err(|error| refusal(&error))?;
    if !answer.is_success() {
        let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let text = answer.json().and_then(|json| json["error"].as_str().map(str::to_owned));
        return Err(Refusal::new(status, "vendor-refused", text.unwrap_or_else(|| "InstantCard refused".to_owned())));
    }
    let value = Arc::new(answer.json().unwrap_or_default());
    house.remember(path, Arc::clone(&value));
    Ok(value)
}

async fn create(house: &House, session: &Session, target: &Target, mut parts: Parts) -> Result<Answer, Refusal> {
    let wrong = || Refusal::bad_request("parameters", "Card template not found");
    let template: u64 = form::demand(&mut parts, TEMPLATE)?.parse().map_err(|_| wrong())?;
    let data = form::demand(&mut parts, DATA)?;
    form::none_left(&parts)?;
    let fields = match fields(house, session, template).await {
        // Where a card is made the vendor says it so.
        Err(refusal) if refusal.status == StatusCode::NOT_FOUND => return Err(wrong()),
        fields => fields?,
    };
    let data = card_data(&data, &fields, &session.locked)?;
    if !house.cards.count(session).await? {
        return Err(Refusal::bad_request("cards-made", "No more cards can be made here"));
    }
    let template_id = template.to_string();
    let answer = forward(house, target, Some(&[(TEMPLATE, &template_id), (DATA, &data)])).await;
    let made = answer.as_ref().ok().filter(|answer| answer.is_success());
    let card = made.and_then(|answer| number(&answer.json()?["id"]));
    match card {
        Some(card) => house.cards.keep(session, card, Own { stage: Stage::Draft, template: Some(template) }).await?,
        None => house.cards.give_back(session).await?,
    }
    answer
}

async fn update(house: &House, session: &Session, target: &Target, mut parts: Parts) -> Result<Answer, Refusal> {
    let card = target.number(1);
    let own = own(house, session, card).await?;
    if own.stage == Stage::Placed {
        return Err(Refusal::bad_request("card-placed", "The card is ordered, and cannot be changed any more"));
    }
    let data = form::demand(&mut parts, DATA)?;
    form::none_left(&parts)?;
    let template = match own.template {
        Some(template) => template,
        None => template_of(house, target).await?,
    };
    let fields = fields(house, session, template).await?;
    let data = card_data(&data, &fields, &session.locked)?;
    forward(house, target, Some(&[(DATA, &data)])).await
}

/// Which template a card has that was not made here.
async fn template_of(house: &House, target: &Target) -> Result<u64, Refusal> {
    let target = Target { operation: &operations::CARD_FETCH, ..target.clone() };
    let answer = forward(house, &target, None).await?;
    let template = answer.json().filter(|_| answer.is_success()).and_then(|card| number(&card["card_template_id"]));
    template.ok_or_else(|| Refusal::not_found("Card", "card-unknown"))
}

async fn finalize(house: &House, session: &Session, target: &Target, parts: Parts) -> Result<Answer, Refusal> {
    form::none_left(&parts)?;
    let card = target.number(1);
    let own = own(house, session, card).await?;
    if session.ends_with == EndsWith::Draft {
        return Err(Refusal::not_found("Page", "not-the-sessions-ending"));
    }
    // Before it is sent: whatever becomes of the answer, it may be finalized from now on.
    if own.stage == Stage::Draft {
        house.cards.keep(session, card, Own { stage: Stage::Finalized, ..own }).await?;
    }
    let answer = forward(house, target, None).await;
    if own.stage == Stage::Draft && answer.as_ref().is_ok_and(|answer| (400..500).contains(&answer.status)) {
        house.cards.keep(session, card, own).await?;
    }
    answer
}

async fn delete(house: &House, session: &Session, target: &Target) -> Result<Answer, Refusal> {
    let card = target.number(1);
    if own(house, session, card).await?.stage != Stage::Draft {
        return Err(Refusal::not_found("Card", "card-not-a-draft"));
    }
    let answer = forward(house, target, None).await?;
    if answer.is_success() || answer.status == 404 {
        house.cards.forget(session, card).await?;
    }
    Ok(answer)
}

/// The fields of a card as they go to the vendor: written anew by the template's own names, so that nothing goes by another name
/// than the one that was looked at; and what is locked is what the site says.
fn card_data(text: &str, fields: &Value, locked: &Map<String, Value>) -> Result<String, Refusal> {
    let wrong = |what: &str| Refusal::bad_request("card-data", format!("card[data] {what}"));
    let Ok(Value::Array(given)) = serde_json::from_str(text) else {
        return Err(wrong("must be a JSON array of objects"));
    };
    let fields = fields.as_array().map_or(&[][..], Vec::as_slice);
    let mut values: Map<String, Value> = Map::new();
    for entry in &given {
        let token = entry["token"].as_str().ok_or_else(|| wrong("has an object without a token"))?;
        if !fields.iter().any(|field| field["token"] == token) {
            return Err(wrong("names a field that the template does not have"));
        }
        let value = match &entry["value"] {
            Value::String(value) => value.clone(),
            Value::Null if entry.get("value").is_some() => String::new(),
            _ => return Err(wrong("has a value that is no text")),
        };
        if values.insert(token.to_owned(), value.into()).is_some() {
            return Err(wrong("names a field twice"));
        }
    }
    values.extend(locked.iter().map(|(token, value)| (token.clone(), value.clone())));
    let sent = fields.iter().filter_map(|field| {
        let value = values.get(field["token"].as_str()?)?;
        Some(json!({"token": field["token"], "label": field["label"], "type": field["type"], "value": value}))
    });
    Ok(Value::Array(sent.collect()).to_string())
}

/// A number, or its digits.
pub(crate) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(given: &Value, locked: &Value) -> Result<Value, String> {
        let fields = json!([
            {"token": "FULL_NAME", "label": "Full name", "type": "text", "legacy_token": "DATA_1"},
            {"token": "NUMBER", "label": "Number", "type": "text", "legacy_token": "DATA_2"},
        ]);
        let data = card_data(&given.to_string(), &fields, locked.as_object().unwrap());
        data.map(|data| serde_json::from_str(&data).unwrap()).map_err(|refusal| refusal.text.into_owned())
    }

    #[test]
    fn what_is_locked_is_what_the_site_says_whatever_the_browser_sends() {
        let locked = json!({"NUMBER": "E-1", "ELSEWHERE": "x"});
        let number = json!({"token": "NUMBER", "label": "Number", "type": "text", "value": "E-1"});
        assert_eq!(sent(&json!([]), &locked).unwrap(), json!([number]));
        for forged in [
            json!([{"token": "NUMBER", "value": "E-2"}]),
            json!([{"token": "NUMBER", "label": "Full name", "type": "image", "legacy_token": "DATA_1", "value": null}]),
        ] {
            assert_eq!(sent(&forged, &locked).unwrap(), json!([number]), "{forged}");
        }
        let named_otherwise =
            json!([{"token": "FULL_NAME", "label": "Number", "legacy_token": "DATA_2", "value": "E-2"}]);
        let name = json!({"token": "FULL_NAME", "label": "Full name", "type": "text", "value": "E-2"});
        assert_eq!(sent(&named_otherwise, &locked).unwrap(), json!([name, number]));
    }

    #[test]
    fn what_the_template_does_not_have_or_twice_is_refused() {
        let none = json!({});
        for wrong in [
            json!({}),
            json!([1]),
            json!([{"token": "number", "value": "E-2"}]),
            json!([{"token": "DATA_2", "value": "E-2"}]),
            json!([{"label": "Number", "value": "E-2"}]),
            json!([{"token": "NUMBER", "value": 2}]),
            json!([{"token": "NUMBER"}]),
            json!([{"token": "NUMBER", "value": "1"}, {"token": "NUMBER", "value": "2"}]),
        ] {
            assert!(sent(&wrong, &none).is_err(), "{wrong}");
        }
    }
}
