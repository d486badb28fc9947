//! Kiosks: staff enrol a device by its public key, and take it off the list again. From then on it signs statements of its own, and
//! its sessions are good for as long as it is on the list.

use crate::answer::{Answer, Refusal};
use crate::cards;
use crate::guard::operations;
use crate::house::House;
use crate::staff::Asked;
use crate::store::Space;
use crate::upstream::Ask;
use crate::{clock, form, tokens};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LONGEST_NAME: usize = 80;

/// A device on the list.
#[derive(Debug, Deserialize, Serialize)]
struct Record {
    name: String,
    /// The point of the public key, uncompressed.
    point: String,
    enrolled: u64,
}

/// A device that may sign statements.
#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) id: String,
    pub(crate) key: UnparsedPublicKey<Vec<u8>>,
}

/// The device of this id, if it is on the list.
pub(crate) async fn find(house: &House, id: &str) -> Result<Option<Device>, Refusal> {
    if house.config.devices.is_none() || id.len() != 22 {
        return Ok(None);
    }
    let Some(bytes) = house.store.get(Space::Device, id).await? else { return Ok(None) };
    let point =
        serde_json::from_slice::<Record>(&bytes).ok().and_then(|record| URL_SAFE_NO_PAD.decode(record.point).ok());
    let device = |point| Device { id: id.to_owned(), key: UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point) };
    Ok(point.map(device))
}

/// Enrols, lists or revokes, for a member of staff, who brings the vendor's token.
pub(crate) async fn respond(house: &House, asked: &Asked) -> Result<Answer, Refusal> {
    if house.config.devices.is_none() {
        return Err(Refusal::not_found("Page", "no-devices"));
    }
    is_staff(house, asked.token.as_deref().unwrap_or_default()).await?;
    match asked.target.operation.name {
        "devices.enrol" => enrol(house, asked).await,
        "devices.revoke" => revoke(house, asked.target.id.as_deref().unwrap_or_default()).await,
        _ => list(house).await,
    }
}

/// Whether the token is one of this organization's, which only the vendor knows.
async fn is_staff(house: &House, token: &str) -> Result<(), Refusal> {
    let patience = operations::PROFILE.patience();
    let ask = Ask { name: "profile", method: "GET", path: "profile/me", query: None, body: None, patience };
    let answer = house.upstream.pass(&ask, Some(token)).await.map_err(|error| cards::refusal(&error))?;
    let profile = answer.json().filter(|_| answer.is_success()).unwrap_or_default();
    let organization = &profile["organization"];
    let places = ["id", "organization_id", "organizationId"];
    let id = places.iter().find_map(|name| cards::number(&organization[name]));
    let id = id.or_else(|| places[1..].iter().find_map(|name| cards::number(&profile[name])));
    (id == Some(house.config.vendor.organization)).then_some(()).ok_or_else(|| Refusal::unauthorized("not-staff"))
}

async fn enrol(house: &House, asked: &Asked) -> Result<Answer, Refusal> {
    let wrong = |text: &'static str| Refusal::bad_request("device", text);
    let given = given(asked).await?.ok_or_else(|| wrong("The body must be JSON, or a form"))?;
    let name =
        given["name"].as_str().map(str::trim).filter(|name| !name.is_empty() && name.chars().count() <= LONGEST_NAME);
    let name = name.ok_or_else(|| wrong("A device has a name of 1 to 80 characters"))?;
    let point = point(&given["public_key"]).ok_or_else(|| wrong("The public_key must be a JWK on the curve P-256"))?;
    let id = tokens::random::<16>().ok_or_else(|| Refusal::unavailable("randomness"))?;
    let record =
        Record { name: name.to_owned(), point: URL_SAFE_NO_PAD.encode(point), enrolled: house.clock.seconds() };
    let bytes = serde_json::to_vec(&record).unwrap_or_default();
    house.store.put(Space::Device, &id, &bytes, None).await?;
    // Its statements are for this gateway, and the device has no other way to know how that is called.
    Ok(Answer::ok(&json!({"id": id, "audience": house.config.statements.audience})))
}

/// What is sent of a device: JSON, or a form as for everything else, whose `public_key` is JSON in its turn.
async fn given(asked: &Asked) -> Result<Option<Value>, Refusal> {
    let kind = asked.content_type.as_deref().unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Ok(serde_json::from_slice(&asked.body).ok());
    }
    let mut parts = form::read(Some(kind), asked.body.clone()).await?;
    let (name, key) = (form::demand(&mut parts, "name")?, form::demand(&mut parts, "public_key")?);
    form::none_left(&parts)?;
    Ok(serde_json::from_str::<Value>(&key).ok().map(|key| json!({"name": name, "public_key": key})))
}

/// The point of a public key, uncompressed. Of a pair that was sent whole nothing is taken.
fn point(key: &Value) -> Option<Vec<u8>> {
    let is_public = key["kty"] == "EC" && key["crv"] == "P-256" && key.get("d").is_none();
    let part = |name: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(key[name].as_str()?).ok()?;
        (bytes.len() == 32).then_some(bytes)
    };
    is_public.then(|| Some([&[4][..], &part("x")?, &part("y")?].concat())).flatten()
}

async fn list(house: &House) -> Result<Answer, Refusal> {
    let all = house.store.list(Space::Device, "").await?;
    let shown = all.iter().filter_map(|(id, bytes)| {
        let record: Record = serde_json::from_slice(bytes).ok()?;
        Some(json!({"id": id, "name": record.name, "enrolled_at": clock::iso(record.enrolled)}))
    });
    Ok(Answer::ok(&shown.collect()))
}

async fn revoke(house: &House, id: &str) -> Result<Answer, Refusal> {
    match house.store.remove(Space::Device, id).await? {
        true => Ok(Answer::ok(&json!({"result": "Success"}))),
        false => Err(Refusal::new(StatusCode::NOT_FOUND, "device", "Device not found")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_public_and_on_the_curve_that_is_verified() {
        let coordinate = URL_SAFE_NO_PAD.encode([7; 32]);
        let good = json!({"kty": "EC", "crv": "P-256", "x": coordinate, "y": coordinate, "ext": true});
        assert_eq!(point(&good).map(|point| (point.len(), point[0])), Some((65, 4)));
        for (name, value) in [
            ("kty", json!("RSA")),
            ("crv", json!("P-384")),
            ("d", json!(coordinate)),
            ("x", json!("AAAA")),
            ("y", json!(null)),
        ] {
            let mut key = good.clone();
            key[name] = value;
            assert_eq!(point(&key), None, "{name}");
        }
    }
}
