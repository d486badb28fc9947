//! "Organization (Funds, Settings)", all but adding funds.

use crate::error::Outcome;
use crate::form::Call;
use crate::json::Json;
use crate::money::money;
use crate::store::{ORGANIZATION_ID, ORGANIZATION_NAME};
use crate::world::World;

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
pub(crate) fn show(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    out.object(|out| {
        out.member("id").id(ORGANIZATION_ID);
        out.member("name").text(ORGANIZATION_NAME);
        out.member("total_cards").number(world.cards.len() as u64);
        out.member("total_templates").number(world.templates.len() as u64);
        out.member("settings").object(|out| {
            out.member("time_zone").text("Eastern Time (US & Canada)");
            out.member("low_balance_alert").flag(true);
        });
    });
    Ok(())
}

/// `GET balance`
pub(crate) fn balance(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let balance = money(world.ledger.balance());
    if world.dialect.is("balance", "string") {
        out.text(&balance);
    } else {
        out.object(|out| out.member("balance").text(&balance));
    }
    Ok(())
}

/// `GET shipping_providers`
pub(crate) fn shipping_providers(_: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    out.list(PROVIDERS, |out, (id, name, _)| {
        out.object(|out| {
            out.member("id").id(id);
            out.member("name").text(name);
        });
    });
    Ok(())
}

/// `GET financial_transactions`, the newest first.
pub(crate) fn financial_transactions(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    out.list(world.ledger.entries().iter().rev(), |out, entry| entry.write(out));
    Ok(())
}
