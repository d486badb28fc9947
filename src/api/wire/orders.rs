//! Print jobs and the organization's account, as received.

use crate::api::entries::{Entries, entries};
use crate::api::ids::{AddressId, CardId, OrganizationId, PrintJobId, ShippingProviderId};
use crate::api::json::{Flaw, Json, Node};
use crate::api::model::{
    Amount, ChargeDetails, ChargeItem, JobStatus, Organization, PostalAddress, PrintJob, ShippingProvider, Transaction,
};

/// A print job. The number of copies and the shipping provider are its own members, or its extract's.
pub(in crate::api) fn print_job(node: &Node<'_>) -> Result<PrintJob, Flaw> {
    let extract = node.member("extract");
    let id = PrintJobId(node.member("id").number()?);
    Ok(PrintJob {
        id,
        status: job_status(node.member("status"))?,
        address_id: node.member("address_id").json.number().map(AddressId),
        address: job_address(node.member("address")),
        shipping_provider_id: either(node, &extract, "shipping_provider_id").map(ShippingProviderId),
        number_of_copies: either(node, &extract, "number_of_copies").and_then(|copies| u32::try_from(copies).ok()),
        card_ids: job_cards(node.json),
        created_at: node.member("created_at").maybe_text(),
        updated_at: node.member("updated_at").maybe_text(),
    })
}

fn either(node: &Node<'_>, extract: &Node<'_>, name: &str) -> Option<u64> {
    node.json.get(name).number().or_else(|| extract.json.get(name).number())
}

/// A list of print jobs.
pub(in crate::api) fn print_jobs(node: &Node<'_>) -> Result<Entries<PrintJob>, Flaw> {
    entries(node, print_job)
}

/// A word or its number. It has to be there: whether a job has been charged is not to be guessed.
fn job_status(node: Node<'_>) -> Result<JobStatus, Flaw> {
    let word = node.text()?;
    Ok(match word.trim() {
        "" => return Err(node.flaw()),
        "0" => JobStatus::Created,
        "1" => JobStatus::Submitted,
        word if word.eq_ignore_ascii_case("created") => JobStatus::Created,
        word if word.eq_ignore_ascii_case("submitted") => JobStatus::Submitted,
        word => JobStatus::Other(word.to_owned()),
    })
}

/// The cards of a job: in `list_users[].user_datum[].card_id`, `list_users[].cards[].id`, `cards[].id` or `card_ids`. One
/// that stands in several of these places is one card; one that stands in one of them twice is printed twice.
fn job_cards(job: &Json) -> Vec<CardId> {
    let mut places = [const { Vec::new() }; 4];
    let [datums, cards, top_cards, ids] = &mut places;
    for user in job.get("list_users").items() {
        let datum = user.get("user_datum");
        datums.extend(card(datum.get("card_id")));
        datums.extend(datum.items().iter().filter_map(|datum| card(datum.get("card_id"))));
        cards.extend(user.get("cards").items().iter().filter_map(|user| card(user.get("id"))));
    }
    top_cards.extend(job.get("cards").items().iter().filter_map(|top| card(top.get("id"))));
    ids.extend(job.get("card_ids").items().iter().filter_map(card));
    let mut all: Vec<CardId> = Vec::new();
    for place in places {
        // What the places before have said already.
        let mut known = all.clone();
        for card in place {
            match known.iter().position(|one| *one == card) {
                Some(place) => drop(known.swap_remove(place)),
                None => all.push(card),
            }
        }
    }
    all
}

fn card(id: &Json) -> Option<CardId> {
    id.number().map(CardId)
}

fn job_address(node: Node<'_>) -> Option<PostalAddress> {
    node.object().ok()?;
    let contact = node.member("contact");
    let name = contact.member("full_name").maybe_text();
    Some(PostalAddress {
        full_name: name.unwrap_or_else(|| node.member("full_name").text_or_empty()),
        organization_name: node.member("organization_name").text_or_empty(),
        address1: node.spelled(&["address1", "address_1"]).text_or_empty(),
        address2: node.spelled(&["address2", "address_2"]).text_or_empty(),
        city: node.member("city").text_or_empty(),
        state: node.member("state").text_or_empty(),
        zip_code: node.member("zip_code").text_or_empty(),
        country: node.member("country").text_or_empty(),
    })
}

/// What a job cost.
pub(in crate::api) fn charge_details(node: &Node<'_>) -> Result<ChargeDetails, Flaw> {
    let node = node.object()?;
    Ok(ChargeDetails {
        items: charge_items(node.json.get("items")),
        shipping_cost: amount(node.member("shipping_cost")),
        job_total_cost: amount(node.member("job_total_cost")),
        has_balance: node.member("has_balance").json.truth(),
    })
}

fn charge_items(items: &Json) -> Vec<ChargeItem> {
    let items = items.items().iter().map(|item| {
        let Json::Object(members) = item else { return ChargeItem { members: Vec::new() } };
        let members = members.iter().filter_map(|(name, value)| Some((name.clone(), value.text()?.to_owned())));
        ChargeItem { members: members.collect() }
    });
    items.filter(|item| !item.members.is_empty()).collect()
}

/// An organization's details.
pub(in crate::api) fn organization(node: &Node<'_>) -> Result<Organization, Flaw> {
    Ok(Organization {
        id: OrganizationId(node.member("id").number()?),
        name: node.member("name").text_or_empty(),
        total_cards: node.member("total_cards").json.number(),
        total_templates: node.member("total_templates").json.number(),
    })
}

/// `{"balance": money}`, or the bare money.
pub(in crate::api) fn balance(node: &Node<'_>) -> Result<Amount, Flaw> {
    let member = node.member("balance");
    match (member.maybe_text(), node.json) {
        (Some(text), _) => Ok(Amount(text)),
        (None, Json::Object(_)) => Err(member.flaw()),
        (None, _) => node.text().map(Amount),
    }
}

/// A list of shipping providers.
pub(in crate::api) fn shipping_providers(node: &Node<'_>) -> Result<Entries<ShippingProvider>, Flaw> {
    entries(node, |provider| {
        Ok(ShippingProvider {
            id: ShippingProviderId(provider.member("id").number()?),
            name: provider.member("name").text_or_empty(),
        })
    })
}

/// `true`. Anything else that is not an error's words leaves it unknown whether the payment card was charged.
pub(in crate::api) fn funds_added(node: &Node<'_>) -> Result<(), Flaw> {
    if node.truth()? { Ok(()) } else { Err(node.flaw()) }
}

/// The account's movements.
pub(in crate::api) fn transactions(node: &Node<'_>) -> Result<Entries<Transaction>, Flaw> {
    entries(node, |transaction| {
        let transaction = transaction.object()?;
        // What says neither which it is, nor when, nor what it moved, is none.
        let tells = ["id", "description", "credit", "debit", "balance", "created_at", "receipt"];
        if tells.iter().all(|name| transaction.member(name).json.text().is_none_or(|text| text.trim().is_empty())) {
            return Err(transaction.flaw());
        }
        Ok(Transaction {
            id: transaction.member("id").text_or_empty(),
            kind: transaction.member("type").maybe_text(),
            sub_type: transaction.member("sub_type").maybe_text(),
            description: transaction.member("description").maybe_text(),
            credit: amount(transaction.member("credit")),
            debit: amount(transaction.member("debit")),
            balance: amount(transaction.member("balance")),
            created_at: transaction.member("created_at").maybe_text(),
            receipt: transaction.member("receipt").maybe_text(),
            items: charge_items(transaction.json.get("transaction_items")),
        })
    })
}

fn amount(node: Node<'_>) -> Option<Amount> {
    node.maybe_text().map(Amount)
}
