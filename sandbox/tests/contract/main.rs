//! Holds the sandbox and `docs/openapi.json` against each other: every operation, every documented status, every dialect.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helper fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod document;
mod refusals;

use common::{Call, Client, O, create_card, number, payment};
use document::{Contract, operations, text};
use refusals::refusals;
use sandbox::POINTS;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// All 37 operations once, each succeeding; and the refusals that the way has room for.
async fn journey(contract: &mut Contract, client: &mut Client, dialect: &Value) {
    macro_rules! ok {
        ($operation:literal, $call:expr) => {
            contract.expect(client, $operation, 200, $call).await
        };
    }
    let credentials = [("email", "api@instantcard.net"), ("password", "instantcardapi")];
    let token = ok!("authenticate", Call::new("POST", "/authenticate").form(&credentials));
    client.token = token.as_object().unwrap().values().next().map(text);
    let get = |path: &str| Call::new("GET", format!("{O}{path}"));
    let paged = [("page", "1"), ("page_size", "2")];

    ok!("getProfile", Call::new("GET", "/profile/me"));
    ok!("getOrganization", get(""));
    ok!("getBalance", get("/balance"));
    ok!("listShippingProviders", get("/shipping_providers"));
    let templates = ok!("listTemplates", get("/card_templates"));
    for template in templates.as_array().unwrap() {
        ok!("listFields", get(&format!("/card_templates/{}/fields", number(&template["id"]))));
    }

    let data = [("FULL_NAME", "Žofie Nová"), ("PHOTO", common::RED_PIXEL)];
    let card = ok!("createCard", create_card("5801", &data));
    let card = number(&card["id"]);
    let draft = number(&ok!("createCard", create_card("5802", &[("FULL_NAME", "Bo Li")]))["id"]);
    let change = json!([{"token": "JOB_TITLE", "value": "Engineer"}]).to_string();
    ok!("updateCard", Call::new("PATCH", format!("{O}/cards/{card}")).form(&[("card[data]", &change)]));
    ok!("previewCard", get(&format!("/cards/{draft}/preview")));
    ok!("finalizeCard", Call::new("PATCH", format!("{O}/cards/{card}/finalize")));
    ok!("getCard", get(&format!("/cards/{card}")));
    ok!("listCards", get("/cards"));
    ok!("listCards", get("/cards").query(&paged));
    let found = ok!("searchCards", get("/cards/search").query(&[("term", "žofie n")]));
    assert_eq!(found.as_array().unwrap().len(), 1);

    let ids = format!("[{card}]");
    let contact =
        [("contact[full_name]", "Ana Sá"), ("contact[email]", "ana@example.org"), ("contact[phone_number]", "1")];
    let contact = number(&ok!("createContact", Call::new("POST", format!("{O}/contacts")).form(&contact))["id"]);
    let place = [
        ("address[address1]", "1 Main St"),
        ("address[city]", "Erie"),
        ("address[state]", "PA"),
        ("address[zip_code]", "16501"),
        ("address[country]", "USA"),
    ];
    let contact_id = contact.to_string();
    let known = [&place[..], &[("address[contact_id]", &contact_id), ("address[primary]", "true")]].concat();
    let address = number(&ok!("createAddress", Call::new("POST", format!("{O}/addresses")).form(&known))["id"]);
    let fresh = [&place[..], &[("address[contact][full_name]", "New"), ("address[contact][email]", "new@example.org")]]
        .concat();
    ok!("createAddress", Call::new("POST", format!("{O}/addresses")).form(&fresh));
    let one_address = format!("{O}/addresses/{address}");
    let one_contact = format!("{O}/contacts/{contact}");
    ok!("listAddresses", get("/addresses").query(&paged));
    ok!("getAddress", Call::new("GET", &one_address));
    ok!("updateAddress", Call::new("PATCH", &one_address).query(&[("address[state]", "CO")]));
    ok!("listContacts", get("/contacts"));
    ok!("getContact", Call::new("GET", &one_contact));
    ok!("updateContact", Call::new("PATCH", &one_contact).query(&[("contact[alt_email]", "a@b.c")]));

    let address_id = address.to_string();
    let create = Call::new("POST", format!("{O}/print_jobs"));
    let mut cart = vec![("print_job[address_id]", address_id.as_str())];
    let provider = ("print_job[shipping_provider_id]", "12");
    let demanding = dialect["create_job"] == "requires";
    if demanding {
        contract.expect(client, "createPrintJob", 400, create.clone().form(&cart)).await;
        cart.push(provider);
    }
    let job = ok!("createPrintJob", create.clone().form(&cart));
    let job = format!("{O}/print_jobs/{}", number(&job["id"]));
    ok!("addCards", Call::new("POST", format!("{job}/add_cards")).form(&[("print_job[card_ids]", &ids)]));
    ok!(
        "updatePrintJob",
        Call::new("PATCH", &job)
            .query(&[("print_job[shipping_provider_id]", "11"), ("print_job[number_of_copies]", "2")])
    );
    let one_off = [
        ("print_job[address][contact][full_name]", "Ana Sá"),
        ("print_job[address][address_1]", "2 Side St"),
        ("print_job[address][city]", "Erie"),
        ("print_job[address][state]", "PA"),
        ("print_job[address][zip_code]", "16501"),
        ("print_job[address][country]", "USA"),
        ("print_job[card_ids]", &ids),
    ];
    let rest: &[_] = if demanding { &[provider] } else { &[] };
    let other = ok!("createPrintJob", create.form(&[&one_off[..], rest].concat()));
    let other = number(&other["id"]);
    ok!("checkBalance", Call::new("GET", format!("{job}/check_balance")));
    ok!("removeCard", Call::new("DELETE", format!("{O}/print_jobs/{other}/remove_cards/{card}")));
    let refused =
        contract.expect(client, "getChargeDetails", 400, Call::new("GET", format!("{job}/charge_details"))).await;
    assert!(refused["error"].is_string() || refused["error"].is_array());
    ok!("submitPrintJob", Call::new("POST", format!("{job}/print")));
    let again = if dialect["print"] == "once" { 400 } else { 200 };
    contract.expect(client, "submitPrintJob", again, Call::new("POST", format!("{job}/print"))).await;
    let remove = Call::new("DELETE", format!("{job}/remove_cards/{card}"));
    assert_eq!(contract.expect(client, "removeCard", 404, remove).await, json!(false));
    ok!("getChargeDetails", Call::new("GET", format!("{job}/charge_details")));
    ok!("getPrintJob", Call::new("GET", &job));
    ok!("listPrintJobs", get("/print_jobs").query(&[("status", "1")]));
    ok!("getPrintHistory", get(&format!("/cards/{card}/print_history")));
    ok!("addFunds", Call::new("POST", format!("{O}/add_funds")).form(&payment(&[])));
    ok!("listTransactions", get("/financial_transactions"));

    ok!("deleteCard", Call::new("DELETE", format!("{O}/cards/{draft}")));
    ok!("deleteContact", Call::new("DELETE", &one_contact));
    contract
        .expect(client, "updateAddress", 501, Call::new("PATCH", &one_address).query(&[("address[state]", "PA")]))
        .await;
    ok!("getAddress", Call::new("GET", &one_address));
    ok!("getPrintJob", Call::new("GET", &job));
    ok!("deleteAddress", Call::new("DELETE", &one_address));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_status_and_dialect() {
    let mut contract = Contract::read();
    let mut client = Client::start(&["--cards", "2"]).await;

    journey(&mut contract, &mut client, &Value::Null).await;
    refusals(&mut contract, &client).await;
    for point in POINTS {
        for value in &point.values[1..] {
            client.admin("POST", "reset", Value::Null).await;
            let dialect = json!({point.key: value});
            client.faults(json!({"dialect": dialect})).await;
            journey(&mut contract, &mut client, &dialect).await;
            if point.key == "errors" {
                client.admin("POST", "reset", Value::Null).await;
                client.sign_in().await;
                client.faults(json!({"dialect": {point.key: value}})).await;
                refusals(&mut contract, &client).await;
            }
        }
    }
    // And everything different at once.
    let all: Value = POINTS
        .iter()
        .map(|point| (point.key.to_owned(), json!(point.values[point.values.len() - 1])))
        .collect::<serde_json::Map<_, _>>()
        .into();
    client.admin("POST", "reset", Value::Null).await;
    client.faults(json!({"dialect": all})).await;
    journey(&mut contract, &mut client, &all).await;

    let described: BTreeSet<_> = contract.validators.keys().cloned().collect();
    let missing: Vec<_> = described.difference(&contract.seen).collect();
    assert!(missing.is_empty(), "never exercised: {missing:?}");
    println!("{} answers checked, {} (operation, status) pairs", contract.answers, described.len());
}

#[test]
fn the_description_is_whole() {
    let contract = Contract::read();
    let names: BTreeSet<_> =
        operations(&contract.document).map(|(_, _, operation)| text(&operation["operationId"])).collect();
    assert_eq!(operations(&contract.document).count(), 37);
    assert_eq!(names.len(), 37, "operationIds must differ");
    assert!(contract.document["openapi"].as_str().unwrap().starts_with("3.1."));
    let source = contract.document.to_string();
    for reference in source.split("\"$ref\":\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(contract.document.pointer(&reference[1..]).is_some(), "{reference} leads nowhere");
    }
    for (_, path, operation) in operations(&contract.document) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let in_path = parameters.iter().filter(|parameter| parameter["in"] == "path").count();
        assert_eq!(in_path, path.matches('{').count(), "{path}");
    }
}

#[tokio::test]
async fn a_form_with_everything_that_is_described_is_known() {
    // A parameter that the description has and the sandbox does not would be refused as unknown.
    let contract = Contract::read();
    let client = Client::signed_in(&[]).await;
    for (method, path, operation) in operations(&contract.document) {
        let path = path.replace("{organization_id}", "20003827").replace("{id}", "1").replace("{card_id}", "1");
        let mut call = Call::new(&method, path);
        let query = operation["parameters"].as_array().cloned().unwrap_or_default();
        let query = query.iter().filter(|parameter| parameter["in"] == "query");
        call.query = query.map(|parameter| (text(&parameter["name"]), "1".to_owned())).collect();
        let form = &operation["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"];
        call.form = form.as_object().map(|form| form.keys().map(|name| (name.clone(), "1".to_owned())).collect());
        let words = String::from_utf8(client.call(&call).await.unwrap().bytes.to_vec()).unwrap();
        assert!(!words.contains("Unknown parameter"), "{call:?}: {words}");
    }
}
