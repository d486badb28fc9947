//! What the operations refuse.

use crate::common::{Call, Client, O, create_card};
use crate::document::{Contract, operations, text};

/// What every operation refuses, made from its description; and the refusals that only some have.
pub(crate) async fn refusals(contract: &mut Contract, client: &Client) {
    let document = contract.document.clone();
    for (method, path, operation) in operations(&document) {
        let id = text(&operation["operationId"]);
        let nowhere = path.replace("{organization_id}", "20003827").replace("{id}", "1").replace("{card_id}", "1");
        let documented = |status: &str| operation["responses"].get(status).is_some();
        let call = || Call::new(&method, &nowhere);

        contract.expect(client, &id, 400, call().query(&[("bogus", "1")])).await;
        contract.expect(client, &id, 400, call().form(&[("bogus", "1")])).await;
        if id != "authenticate" {
            contract.expect(client, &id, 401, call().anonymous()).await;
        }
        if documented("404") {
            let elsewhere = nowhere.replace("20003827", "20003828");
            contract.expect(client, &id, 404, Call::new(&method, elsewhere)).await;
        }
        if nowhere.contains("/1") && operation.get("requestBody").is_none() {
            contract.expect(client, &id, 404, call()).await;
        }
        let form = &operation["requestBody"]["content"]["multipart/form-data"]["schema"]["required"];
        let missing = if documented("406") { 406 } else { 400 };
        if form.is_array() {
            contract.expect(client, &id, missing, call()).await;
            for left_out in form.as_array().unwrap() {
                let rest = form.as_array().unwrap().iter().filter(|name| *name != left_out);
                let rest: Vec<_> = rest.map(|name| (name.as_str().unwrap(), "1")).collect();
                let refused = contract.expect(client, &id, missing, call().form(&rest)).await.to_string();
                assert!(refused.contains(&format!("Missing parameter '{}'", left_out.as_str().unwrap())), "{refused}");
            }
        }
    }
    let wrong = [("email", "api@instantcard.net"), ("password", "wrong")];
    contract.expect(client, "authenticate", 401, Call::new("POST", "/authenticate").form(&wrong)).await;
    contract.expect(client, "createCard", 500, create_card("99999999999", &[("FULL_NAME", "x")])).await;
    contract.expect(client, "createCard", 400, create_card("1", &[("FULL_NAME", "x")])).await;
    contract.expect(client, "createCard", 400, create_card("5801", &[("NO_SUCH", "x")])).await;
    let job = client.job(&[]).await;
    contract
        .expect(
            client,
            "removeCard",
            500,
            Call::new("DELETE", format!("{O}/print_jobs/{job}/remove_cards/99999999999")),
        )
        .await;
    for (operation, method, path) in [
        ("getAddress", "GET", "addresses/x"),
        ("updateAddress", "PATCH", "addresses/x"),
        ("getContact", "GET", "contacts/x"),
        ("updateContact", "PATCH", "contacts/x"),
    ] {
        contract.expect(client, operation, 406, Call::new(method, format!("{O}/{path}"))).await;
    }
    contract
        .expect(
            client,
            "listContacts",
            406,
            Call::new("GET", format!("{O}/contacts")).query(&[("page", "0"), ("page_size", "1")]),
        )
        .await;
}
