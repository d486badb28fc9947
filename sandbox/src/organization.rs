//! "Organization (Funds, Settings)", all but adding funds.

use crate::error::{Answer, Outcome};
use crate::form::Params;
use crate::money::{Entry, money};
use crate::server::App;
use crate::store::{ORGANIZATION_ID, ORGANIZATION_NAME};
use axum::Extension;
use axum::extract::State;
use serde_json::json;

/// Who carries the cards: id, name and price in cents.
pub(crate) const PROVIDERS: [(u64, &str, i64); 5] = [
    (11, "USPS First Class", 495),
    (12, "USPS Priority Mail", 975),
    (13, "UPS Ground", 1_250),
    (14, "FedEx 2Day", 1_895),
    (15, "FedEx Priority Overnight", 3_425),
];

/// What a provider costs, if it exists.
pub(crate) fn shipping_price(provider: u64) -> Option<i64> {
    PROVIDERS.iter().find(|(id, ..)| *id == provider).map(|(.., price)| *price)
}

/// `GET organizations/{id}`
pub(crate) async fn show(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    params.none()?;
    let world = app.world();
    Ok(Answer(json!({
        "id": ORGANIZATION_ID,
        "name": ORGANIZATION_NAME,
        "total_cards": world.cards.len(),
        "total_templates": world.templates.len(),
        "settings": {"time_zone": "Eastern Time (US & Canada)", "low_balance_alert": true},
    })))
}

/// `GET balance`
pub(crate) async fn balance(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    params.none()?;
    let world = app.world();
    let balance = money(world.ledger.balance());
    Ok(Answer(if world.dialect.is("balance", "string") { json!(balance) } else { json!({ "balance": balance }) }))
}

/// `GET shipping_providers`
pub(crate) async fn shipping_providers(Extension(params): Extension<Params>) -> Outcome {
    params.none()?;
    Ok(Answer(PROVIDERS.iter().map(|(id, name, _)| json!({"id": id, "name": name})).collect()))
}

/// `GET financial_transactions`, the newest first.
pub(crate) async fn financial_transactions(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    params.none()?;
    Ok(Answer(app.world().ledger.entries().iter().rev().map(Entry::to_json).collect()))
}
