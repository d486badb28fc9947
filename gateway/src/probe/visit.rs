//! Reading everything that there is, some of each.

use super::account::Account;
use super::evidence::{Evidence, id};
use super::vendor::{Ask, Vendor};
use http::Method;
use serde_json::Value;
use std::collections::HashSet;

/// So many templates, and so many cards, are looked at closely.
const CLOSELY: usize = 6;

/// Signs in and reads.
pub(super) async fn visit(vendor: &mut Vendor, account: &Account, origin: &str) -> Result<Evidence, String> {
    let mut seen = Evidence::default();
    let page = [
        ("origin", origin),
        ("access-control-request-method", "PATCH"),
        ("access-control-request-headers", "authorization"),
    ];
    let preflight = Ask { headers: &page, anonymous: true, ..Ask::default() };
    seen.keep("preflight", vendor.send(Method::OPTIONS, "profile/me", &preflight).await);
    let nobody = Ask { anonymous: true, headers: &page[..1], ..Ask::default() };
    // The first call that has to succeed: whoever cannot be reached is told of at once.
    let refused = vendor.send(Method::GET, "profile/me", &nobody).await?;
    seen.keep("without a token", Ok(refused));

    let form = [("email", account.email.as_str()), ("password", account.password.as_str())];
    let sign_in = Ask { form: Some(&form), anonymous: true, ..Ask::default() };
    let answer = vendor.send(Method::POST, "authenticate", &sign_in).await?;
    let status = answer.status;
    let answer = seen.keep("authenticate", Ok(answer));
    let token = ["auth_token", "token"].iter().find_map(|member| answer[member].as_str());
    let token =
        token.ok_or_else(|| format!("the server lets nobody in: status {status}, and no token in the answer"))?;
    vendor.signed_in(token);

    let from_page = Ask { headers: &page[..1], ..Ask::default() };
    let profile = seen.keep("profile", vendor.send(Method::GET, "profile/me", &from_page).await);
    let organization = &profile["organization"];
    let organization = ["id", "organization_id", "organizationId"].iter().find_map(|member| id(&organization[member]));
    vendor.is_of(&organization.ok_or("the profile names no organization, so there is nothing to go on with")?);

    for (what, path) in [
        ("organization", ""),
        ("balance", "balance"),
        ("shipping providers", "shipping_providers"),
        ("transactions", "financial_transactions"),
        ("templates", "card_templates"),
        ("addresses", "addresses?page=1&page_size=5"),
        ("contacts", "contacts?page=1&page_size=5"),
        ("unknown parameter", "card_templates?probe=1"),
        ("missing parameter", "cards/search"),
        ("no such card", "cards/1"),
    ] {
        seen.keep(what, vendor.get(path).await);
    }
    for (one, many) in [("address", "addresses"), ("contact", "contacts")] {
        if let Some(id) = seen.entries(many).first().and_then(|entry| id(&entry["id"])) {
            seen.keep(one, vendor.get(&format!("{many}/{id}")).await);
        }
    }
    for template in seen.entries("templates").iter().take(CLOSELY).filter_map(|template| id(&template["id"])) {
        seen.keep("fields", vendor.get(&format!("card_templates/{template}/fields")).await);
    }
    cards(vendor, &mut seen).await;
    print_jobs(vendor, &mut seen).await;
    Ok(seen)
}

async fn cards(vendor: &Vendor, seen: &mut Evidence) {
    seen.keep("cards", vendor.get("cards?page=1&page_size=20").await);
    seen.keep("cards, page 2", vendor.get("cards?page=2&page_size=2").await);
    seen.keep("search", vendor.get("cards/search?term=a&page=1&page_size=2").await);
    // One of each template, so that one-sided and two-sided ones are among them.
    let mut templates = HashSet::new();
    let cards = seen.entries("cards");
    let of_each = cards.iter().filter(|card| templates.insert(id(&card["card_template_id"])));
    for (at, card) in of_each.take(CLOSELY).filter_map(|card| id(&card["id"])).enumerate() {
        seen.keep("card", vendor.get(&format!("cards/{card}")).await);
        seen.keep("preview", vendor.get(&format!("cards/{card}/preview")).await);
        if at == 0 {
            seen.keep("print history", vendor.get(&format!("cards/{card}/print_history")).await);
        }
    }
}

async fn print_jobs(vendor: &Vendor, seen: &mut Evidence) {
    seen.keep("print jobs", vendor.get("print_jobs?page=1&page_size=50").await);
    seen.keep("print jobs, created", vendor.get("print_jobs?page=1&page_size=50&status=0").await);
    seen.keep("print jobs, submitted", vendor.get("print_jobs?page=1&page_size=50&status=1").await);
    let jobs = seen.entries("print jobs");
    for (submitted, what, path) in
        [(false, "check of the balance", "check_balance"), (true, "charges", "charge_details")]
    {
        let job = jobs.iter().find(|job| is_submitted(job) == submitted).and_then(|job| id(&job["id"]));
        if let Some(job) = job {
            seen.keep("print job", vendor.get(&format!("print_jobs/{job}")).await);
            seen.keep(what, vendor.get(&format!("print_jobs/{job}/{path}")).await);
        }
    }
}

/// Whether a print job was submitted, in either spelling.
pub(super) fn is_submitted(job: &Value) -> bool {
    match &job["status"] {
        Value::String(word) => !word.eq_ignore_ascii_case("created") && word != "0",
        status => status.as_u64() != Some(0),
    }
}
