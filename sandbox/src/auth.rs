//! "Inicio de Sesión / Autenticación de Usuario": signing in, the profile, and the check that every other operation
//! passes first.

use crate::error::{ApiError, Outcome};
use crate::form::Call;
use crate::json::Json;
use crate::store::{ORGANIZATION_ID, ORGANIZATION_NAME};
use crate::world::World;

/// The vendor's published account.
const EMAIL: &str = "api@instantcard.net";
const PASSWORD: &str = "instantcardapi";

/// `POST authenticate`
pub(crate) fn authenticate(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&["email", "password"], &[])?;
    if !fields.text("email").eq_ignore_ascii_case(EMAIL) || fields.sent("password") != Some(PASSWORD) {
        return Err(ApiError::unauthorized());
    }
    let token = world.new_token();
    out.object(|out| out.member(world.dialect.get("auth")).text(&token));
    Ok(())
}

/// `GET profile/me`
pub(crate) fn profile(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let camel = world.dialect.is("profile", "camel");
    let (id, name) = match (world.dialect.is("profile_org", "organization_id"), camel) {
        (false, _) => ("id", "name"),
        (true, false) => ("organization_id", "organization_name"),
        (true, true) => ("organizationId", "organizationName"),
    };
    let spelled = |snake, camels| if camel { camels } else { snake };
    out.object(|out| {
        out.member("id").id(40_112);
        out.member("email").text(EMAIL);
        out.member("organization").object(|out| {
            out.member(id).id(ORGANIZATION_ID);
            out.member(name).text(ORGANIZATION_NAME);
        });
        out.member("settings").object(|out| {
            out.member(spelled("full_name", "fullName")).text("Alex Morgan");
            out.member(spelled("page_size", "pageSize")).number(20);
            out.member(spelled("show_photo", "showPhoto")).flag(true);
            let low_balance = spelled("low_balance", "lowBalance");
            out.member("notifications").object(|out| out.member(low_balance).flag(true));
        });
    });
    Ok(())
}

/// Whether a request may pass: every operation but signing in needs a token, and an organization that is not one's own
/// does not exist. `operation` is the path behind the version.
pub(crate) fn gate(world: &World, token: Option<&str>, operation: &str) -> Outcome {
    if operation == "authenticate" {
        return Ok(());
    }
    if !token.is_some_and(|token| world.knows(token)) {
        return Err(ApiError::unauthorized());
    }
    match operation.strip_prefix("organizations/").and_then(|rest| rest.split('/').next()) {
        Some(id) if id.parse() != Ok(ORGANIZATION_ID) => Err(ApiError::not_found("Organization")),
        _ => Ok(()),
    }
}
