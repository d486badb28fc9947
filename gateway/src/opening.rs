//! `POST session`: a statement is given, and a session begins. A statement is signed by one of the site's keys, or by a device that
//! staff have enrolled; then what the person before it may do is what the configuration says.

use crate::answer::{Answer, Refusal};
use crate::clock;
use crate::config::Verifier;
use crate::devices;
use crate::house::House;
use crate::session::Begun;
use crate::statement::{self, Claims, Flaw, Mode};
use crate::watch::audit::Deed;
use serde_json::{Value, json};

/// Begins a session for a statement that a page of `origin` brings.
pub(crate) async fn open(house: &House, statement: Option<&str>, origin: Option<&str>) -> Result<Answer, Refusal> {
    let statement = statement.ok_or_else(|| Refusal::unauthorized("no-statement"))?;
    let unverified = statement::read(statement)?;
    let rules = &house.config.statements;
    let (claims, device) = match rules.keys.iter().find(|key| key.kid == unverified.kid) {
        Some(key) => {
            let claims = unverified.verify(&key.verifier)?;
            (Claims::read(&claims, rules, &key.issuer, origin, house.clock.seconds())?, None)
        }
        None => {
            let device = devices::find(house, &unverified.kid).await?.ok_or(Flaw::UnknownKey)?;
            let claims = unverified.verify(&Verifier::Es256(device.key))?;
            let claims = Claims::read(&claims, rules, &device.id, origin, house.clock.seconds())?;
            (of_device(house, claims).ok_or(Flaw::Device)?, Some(device.id))
        }
    };
    // Last, so that a statement is not used up by what would not have been taken.
    if !house.sessions.uses(&claims, rules.skew).await? {
        return Err(Flaw::Used.into());
    }
    let begun = house.sessions.begin(&claims, device.as_deref()).await?;
    let Begun { token, session } = begun.ok_or_else(|| Refusal::unavailable("randomness"))?;
    if let Some(card) = claims.card {
        house.cards.name(&session, card).await?;
    }
    let prefill = Value::Object(claims.prefill);
    let deed = Deed { who: &session.visitor, operation: "session.begin", card: claims.card, ..Deed::default() };
    house.audit.note(&Deed { device: session.device.as_deref(), result: "begun", ..deed });
    Ok(Answer::ok(&json!({
        "token": token,
        "expires_at": clock::iso(session.ends),
        "organization_id": house.config.vendor.organization,
        "mode": session.mode.name(),
        "template_id": session.template,
        "ends_with": session.ends_with,
        "cards": session.cards,
        "card_id": claims.card,
        "locked": session.locked,
        "prefill": prefill,
    })))
}

/// What a device's statement comes to: who is before it is somebody else each time, and what they may do is not the device's to say.
fn of_device(house: &House, claims: Claims) -> Option<Claims> {
    let devices = house.config.devices.as_ref()?;
    Some(Claims {
        subject: None,
        mode: Mode::Kiosk,
        template: devices.template,
        ends_with: devices.ends_with,
        cards: devices.cards,
        card: None,
        shipping_provider: None,
        prefill: serde_json::Map::new(),
        locked: serde_json::Map::new(),
        ..claims
    })
}
