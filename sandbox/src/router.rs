//! The 37 operations and their paths; and the pictures that the `url` dialect points to.

use crate::error::ApiError;
use crate::server::App;
use crate::{addresses, auth, cards, charges, contacts, organization, payment, print_jobs, templates};
use axum::Router;
use axum::routing::{delete, get, patch, post};

pub(crate) fn routes(app: App) -> Router {
    let organization = Router::new()
        .route("/", get(organization::show))
        .route("/balance", get(organization::balance))
        .route("/shipping_providers", get(organization::shipping_providers))
        .route("/add_funds", post(payment::add_funds))
        .route("/financial_transactions", get(organization::financial_transactions))
        .route("/card_templates", get(templates::list))
        .route("/card_templates/{id}/fields", get(templates::fields))
        .route("/cards", post(cards::create).get(cards::list))
        .route("/cards/search", get(cards::search))
        .route("/cards/{id}", get(cards::show).patch(cards::update).delete(cards::delete))
        .route("/cards/{id}/preview", get(cards::preview))
        .route("/cards/{id}/finalize", patch(cards::finalize))
        .route("/cards/{id}/print_history", get(cards::print_history))
        .route("/print_jobs", post(print_jobs::create).get(print_jobs::list))
        .route("/print_jobs/{id}", get(print_jobs::show).patch(print_jobs::update))
        .route("/print_jobs/{id}/add_cards", post(print_jobs::add_cards))
        .route("/print_jobs/{id}/remove_cards/{card_id}", delete(print_jobs::remove_card))
        .route("/print_jobs/{id}/check_balance", get(charges::check_balance))
        .route("/print_jobs/{id}/print", post(charges::print))
        .route("/print_jobs/{id}/charge_details", get(charges::charge_details))
        .route("/addresses", get(addresses::list).post(addresses::create))
        .route("/addresses/{id}", get(addresses::show).patch(addresses::update).delete(addresses::delete))
        .route("/contacts", get(contacts::list).post(contacts::create))
        .route("/contacts/{id}", get(contacts::show).patch(contacts::update).delete(contacts::delete));
    Router::new()
        .route("/api/v2/authenticate", post(auth::authenticate))
        .route("/api/v2/profile/me", get(auth::profile))
        .nest("/api/v2/organizations/{organization_id}", organization)
        .route("/files/cards/{id}/{token}", get(cards::picture))
        .fallback(|| async { ApiError::not_found("Endpoint") })
        .with_state(app)
}

/// The ids in a path below an organization: the organization's own was checked before, and one that is not a number
/// is not found.
pub(crate) fn id(text: &str, what: &str) -> Result<u64, ApiError> {
    text.parse().map_err(|_| ApiError::not_found(what))
}
