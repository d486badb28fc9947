//! What the vendor's text leaves open, decided: how card data is written, and in which of several possible shapes
//! answers are understood. The one place to correct when the server turns out to do otherwise.

use super::form::number;
use super::ids::{CardId, OrganizationId};
use super::json::{Flaw, Json, Node, write_text};
use super::model::{FieldValue, Profile, ProfileOrganization};
use crate::world::Token;

mod cards;
mod orders;
mod people;

pub(super) use cards::*;
pub(super) use orders::*;
pub(super) use people::*;

// Sent.

/// `card[data]`: an array with one object per field, by all of its names, so that whichever the server goes by is there.
pub(super) fn encode_card_data(values: &[FieldValue]) -> String {
    let length: usize = values.iter().map(|field| field.value.len() + 120).sum();
    let mut json = String::with_capacity(length);
    json.push('[');
    for (index, field) in values.iter().enumerate() {
        json.push_str(if index == 0 { "{\"token\":" } else { ",{\"token\":" });
        write_text(&field.token, &mut json);
        json.push_str(",\"label\":");
        write_text(&field.label, &mut json);
        json.push_str(",\"type\":");
        write_text(field.kind.as_str(), &mut json);
        json.push_str(",\"value\":");
        write_text(&field.value, &mut json);
        json.push('}');
    }
    json.push(']');
    json
}

/// `print_job[card_ids]`: an array of numbers, as in the vendor's `[264561]`.
pub(super) fn encode_card_ids(cards: &[CardId]) -> String {
    let mut json = String::from("[");
    for (index, card) in cards.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        json.push_str(&number(card.0));
    }
    json.push(']');
    json
}

// Received; what is particular to cards, orders and people is in the files below.

/// `{"result": "Success"}`, or nothing at all.
pub(super) fn done(node: &Node<'_>) -> Result<(), Flaw> {
    match node.member("result").json.text() {
        Some(result) if !result.eq_ignore_ascii_case("success") => Err(node.member("result").flaw()),
        _ => Ok(()),
    }
}

/// A bare truth value.
pub(super) fn truth(node: &Node<'_>) -> Result<bool, Flaw> {
    node.truth()
}

/// The token: `auth_token` or `token`.
pub(super) fn token(node: &Node<'_>) -> Result<Token, Flaw> {
    let token = node.spelled(&["auth_token", "token", "authToken"]);
    match token.json {
        Json::Text(text) if !text.is_empty() => Ok(Token::new(text.as_str())),
        _ => Err(token.flaw()),
    }
}

/// The profile, its members in snake_case or camelCase.
pub(super) fn profile(node: &Node<'_>) -> Result<Profile, Flaw> {
    let node = node.object()?;
    let settings = node.member("settings");
    let organization = node.member("organization");
    let id = organization.spelled(&["id", "organization_id", "organizationId"]).json.number();
    let id = id.or(node.spelled(&["organization_id", "organizationId"]).json.number());
    Ok(Profile {
        id: node.member("id").json.number(),
        email: node.member("email").maybe_text(),
        full_name: settings.spelled(&["full_name", "fullName"]).maybe_text(),
        organization: id.map(|id| ProfileOrganization {
            id: OrganizationId(id),
            name: organization.spelled(&["name", "organization_name", "organizationName"]).maybe_text(),
        }),
        page_size: small(settings.spelled(&["page_size", "pageSize"])),
        show_photo: settings.spelled(&["show_photo", "showPhoto"]).json.truth(),
    })
}

fn small(node: Node<'_>) -> Option<u32> {
    node.json.number().and_then(|number| u32::try_from(number).ok())
}
