//! "Inicio de Sesión / Autenticación de Usuario": signing in, the profile, and the check that every other operation
//! passes first.

use crate::error::{Answer, ApiError, Outcome};
use crate::form::Params;
use crate::server::App;
use crate::store::{ORGANIZATION_ID, ORGANIZATION_NAME, World};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use serde_json::{Value, json};
use std::hash::{BuildHasher as _, RandomState};
use std::time::Instant;

/// The vendor's published account.
const EMAIL: &str = "api@instantcard.net";
const PASSWORD: &str = "instantcardapi";

/// `POST authenticate`
pub(crate) async fn authenticate(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.form_fields(&["email", "password"], &[])?;
    if !fields.text("email").eq_ignore_ascii_case(EMAIL) || fields.sent("password") != Some(PASSWORD) {
        return Err(ApiError::unauthorized());
    }
    let mut world = app.world();
    // Every `RandomState` is seeded differently.
    let random = || RandomState::new().hash_one(0);
    let token = format!("sandbox.{:016x}{:016x}", random(), random());
    world.tokens.insert(token.clone(), Instant::now());
    let member = world.dialect.get("auth");
    Ok(Answer(json!({ member: token })))
}

/// `GET profile/me`
pub(crate) async fn profile(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    params.none()?;
    let world = app.world();
    let camel = world.dialect.is("profile", "camel");
    let organization = match (world.dialect.is("profile_org", "organization_id"), camel) {
        (false, _) => json!({"id": ORGANIZATION_ID, "name": ORGANIZATION_NAME}),
        (true, false) => {
            json!({"organization_id": ORGANIZATION_ID, "organization_name": ORGANIZATION_NAME})
        }
        (true, true) => {
            json!({"organizationId": ORGANIZATION_ID, "organizationName": ORGANIZATION_NAME})
        }
    };
    let settings = if camel {
        json!({"fullName": "Alex Morgan", "pageSize": 20, "showPhoto": true, "notifications": notifications("lowBalance")})
    } else {
        json!({"full_name": "Alex Morgan", "page_size": 20, "show_photo": true, "notifications": notifications("low_balance")})
    };
    Ok(Answer(json!({"id": 40_112, "email": EMAIL, "organization": organization, "settings": settings})))
}

fn notifications(low_balance: &str) -> Value {
    json!({ low_balance: true })
}

/// The token that a request brings.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The token that a request brings is good for nothing from now on.
pub(crate) fn expire(world: &mut World, headers: &HeaderMap) {
    if let Some(token) = bearer(headers) {
        world.tokens.remove(token);
    }
}

/// Whether a request may pass: every operation but signing in needs a token, and an organization that is not one's own
/// does not exist.
pub(crate) fn gate(world: &mut World, headers: &HeaderMap, path: &str) -> Result<(), ApiError> {
    let Some(operation) = path.strip_prefix("/api/v2/") else {
        return Ok(());
    };
    if operation == "authenticate" {
        return Ok(());
    }
    let token = bearer(headers).ok_or_else(ApiError::unauthorized)?;
    let ttl = world.faults.token_ttl_seconds;
    let good = |issued: &Instant| ttl.is_none_or(|ttl| issued.elapsed().as_secs_f64() < ttl);
    if !world.tokens.get(token).is_some_and(good) {
        return Err(ApiError::unauthorized());
    }
    match operation.strip_prefix("organizations/").and_then(|rest| rest.split('/').next()) {
        Some(id) if id.parse() != Ok(ORGANIZATION_ID) => Err(ApiError::not_found("Organization")),
        _ => Ok(()),
    }
}
