//! The rules of the API, each seen from outside.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helper fails by panicking")]

mod common;

use bytes::Bytes;
use common::{Call, Client, O, RED_PIXEL, create_card, payment, png_size};
use http_body_util::Full;
use hyper::Request;
use serde_json::{Value, json};

fn get(path: &str) -> Call {
    Call::new("GET", format!("{O}{path}"))
}

fn post(path: &str) -> Call {
    Call::new("POST", format!("{O}{path}"))
}

async fn balance(client: &Client) -> String {
    client.ok(get("/balance")).await["balance"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_order_is_charged_once_and_to_the_cent() {
    let client = Client::signed_in(&["--dialect", "print=once"]).await;
    let cards = [client.card("5802", &[("FULL_NAME", "A")], true).await, client.card("5802", &[], true).await];
    let ids = format!("[{},\"{}\"]", cards[0], cards[1]);
    let job = client.job(&[("print_job[card_ids]", &ids), ("print_job[number_of_copies]", "3")]).await;
    let path = format!("/print_jobs/{job}");
    assert_eq!(client.refused(400, post(&format!("{path}/print"))).await, "Print job has no address");

    let patch = Call::new("PATCH", format!("{O}{path}"));
    client
        .ok(patch.clone().query(&[("print_job[address_id]", "9301"), ("print_job[shipping_provider_id]", "13")]))
        .await;
    // Any patch forgets the shipping provider, but nothing else.
    let patched = client.ok(patch.clone().query(&[("print_job[number_of_copies]", "4")])).await;
    assert_eq!((&patched["shipping_provider_id"], &patched["address_id"]), (&Value::Null, &json!(9301)));
    assert_eq!(client.refused(400, post(&format!("{path}/print"))).await, "Print job has no shipping provider");
    client.ok(patch.query(&[("print_job[shipping_provider_id]", "13")])).await;

    // 2 cards x 4 copies x $5.50 + $12.50
    assert_eq!(client.ok(get(&format!("{path}/check_balance"))).await, json!(true));
    assert_eq!(client.ok(post(&format!("{path}/print"))).await["status"], "Submitted");
    assert_eq!(balance(&client).await, "$193.50");
    client.refused(400, post(&format!("{path}/print"))).await;
    assert_eq!(balance(&client).await, "$193.50");
    let charge = client.ok(get(&format!("{path}/charge_details"))).await;
    assert_eq!((&charge["job_total_cost"], &charge["shipping_cost"]), (&json!("$56.50"), &json!("$12.50")));
    assert_eq!(client.ok(get("/financial_transactions")).await[0]["debit"], "$56.50");

    // What was submitted is closed.
    let card = cards[0];
    let reply = client.call(&Call::new("DELETE", format!("{O}{path}/remove_cards/{card}"))).await.unwrap();
    assert_eq!((reply.status, reply.json()), (404, json!(false)));
    client.refused(400, post(&format!("{path}/add_cards")).form(&[("print_job[card_ids]", &ids)])).await;
    let history = client.ok(get(&format!("/cards/{card}/print_history"))).await;
    assert_eq!(history, json!([{"status": 0, "processed_at": null}]));
    client.admin("POST", "print_all", Value::Null).await;
    assert_eq!(client.ok(get(&format!("/cards/{card}/print_history"))).await[0]["status"], 1);
}

#[tokio::test]
async fn too_little_money_refuses_and_funds_help() {
    let client = Client::signed_in(&["--balance", "-550"]).await;
    assert_eq!(balance(&client).await, "($5.50)");
    let card = client.card("5802", &[], true).await;
    let one_off = [
        ("print_job[address][contact][full_name]", "Ana"),
        ("print_job[address][address_1]", "1 Main St"),
        ("print_job[address][city]", "Erie"),
        ("print_job[address][state]", "PA"),
        ("print_job[address][zip_code]", "16501"),
        ("print_job[address][country]", "USA"),
        ("print_job[shipping_provider_id]", "11"),
    ];
    let job = client.job(&one_off).await;
    let cards = format!("[{card}]");
    client.ok(post(&format!("/print_jobs/{job}/add_cards")).form(&[("print_job[card_ids]", &cards)])).await;
    assert_eq!(client.ok(get(&format!("/print_jobs/{job}/check_balance"))).await, json!(false));
    assert!(client.refused(400, post(&format!("/print_jobs/{job}/print"))).await.starts_with("Insufficient funds"));

    for (change, words) in [
        (("number", "4000000000000002"), "Your card was declined."),
        (("number", "4242424242424241"), "Your card number is incorrect."),
        (("exp_year", "2020"), "Your card's expiration year is invalid."),
        (("exp_month", "13"), "Your card's expiration month is invalid."),
        (("cvc", "1"), "Your card's security code is invalid."),
        (("amount", "0"), "The amount is invalid."),
    ] {
        assert_eq!(client.refused(400, post("/add_funds").form(&payment(&[change]))).await, words);
    }
    assert_eq!(client.ok(post("/add_funds").form(&payment(&[]))).await, json!(true));
    assert_eq!(balance(&client).await, "$16,994.87");
    let submitted = client.ok(post(&format!("/print_jobs/{job}/print"))).await;
    assert_eq!(submitted["address"]["contact"]["full_name"], "Ana");
    assert_eq!(balance(&client).await, "$16,984.42");
    assert_eq!(client.ok(get("/addresses")).await.as_array().unwrap().len(), 2, "a one-off address is not kept");
    // Neither the log nor anything else knows the payment card.
    assert!(!client.state().await.to_string().contains("4242"));
    assert!(!client.state().await.to_string().contains("instantcardapi"));
}

#[tokio::test]
async fn drafts_and_unknown_cards_do_not_get_into_a_job() {
    let client = Client::signed_in(&[]).await;
    let draft = client.card("5802", &[], false).await;
    let done = client.card("5802", &[], true).await;
    let job = client.job(&[]).await;
    let add = |ids: String| post(&format!("/print_jobs/{job}/add_cards")).form(&[("print_job[card_ids]", &ids)]);
    assert!(client.refused(400, add(format!("[{done},{draft}]"))).await.contains("finalized"));
    assert_eq!(client.refused(404, add(format!("[{done},1]"))).await, "Card not found");
    assert_eq!(client.state().await["print_jobs"][0]["card_ids"], json!([]), "all or nothing");
    client.ok(add(format!("[\"{done}\"]"))).await;
    let remove = Call::new("DELETE", format!("{O}/print_jobs/{job}/remove_cards/{done}"));
    assert_eq!(client.ok(remove.clone()).await, json!(true));
    assert_eq!(client.ok(remove).await, json!(false));
}

#[tokio::test]
async fn previews_show_what_the_card_says() {
    let client = Client::signed_in(&[]).await;
    let name = [("FULL_NAME", "Zoë <b>&\"Müller\"")];
    let plain = client.card("5801", &name, false).await;
    let with_photo = client.card("5801", &[name[0], ("PHOTO", RED_PIXEL)], false).await;
    let data_uri = format!("data:image/png;base64,{RED_PIXEL}");
    let with_prefix = client.card("5801", &[name[0], ("PHOTO", &data_uri)], false).await;
    let undecodable = client.card("5801", &[name[0], ("PHOTO", "bm8gcGljdHVyZQ==")], false).await;
    let other_name = client.card("5801", &[("FULL_NAME", "Иван")], false).await;
    let mut fronts = Vec::new();
    for card in [plain, with_photo, with_prefix, undecodable, other_name] {
        let preview = client.ok(get(&format!("/cards/{card}/preview"))).await;
        assert_eq!(preview["orientation"], "landscape");
        assert_eq!((png_size(&preview["front"]), png_size(&preview["back"])), ((1012, 638), (1012, 638)));
        fronts.push(preview["front"].clone());
    }
    assert_ne!(fronts[0], fronts[1]);
    assert_eq!(fronts[1], fronts[2]);
    assert_eq!(fronts[0], fronts[3], "the silhouette again");
    assert_ne!(fronts[0], fronts[4]);

    let student = client.card("5803", &[], false).await;
    assert_eq!(png_size(&client.ok(get(&format!("/cards/{student}/preview"))).await["front"]), (638, 1012));
    let visitor = client.card("5802", &[], false).await;
    client.faults(json!({"preview_unavailable_times": 1})).await;
    let preview = get(&format!("/cards/{visitor}/preview"));
    assert_eq!(client.ok(preview.clone()).await["preview_available"], false);
    assert_eq!(client.ok(preview).await["back"], "");
}

#[tokio::test]
async fn paging_needs_both_parameters_and_lists_hide_pictures() {
    let client = Client::signed_in(&["--cards", "7"]).await;
    let count = async |query: &[(&str, &str)]| client.ok(get("/cards").query(query)).await.as_array().unwrap().len();
    assert_eq!(count(&[]).await, 7);
    assert_eq!(count(&[("page", "2")]).await, 7);
    assert_eq!(count(&[("page", "2"), ("page_size", "5")]).await, 2);
    assert_eq!(count(&[("page", "9"), ("page_size", "5")]).await, 0);
    assert_eq!(
        client.refused(400, get("/cards").query(&[("page", "x"), ("page_size", "5")])).await,
        "Invalid value for parameter 'page'"
    );
    assert!(!client.ok(get("/cards")).await.to_string().contains("iVBOR"));
    let found = client.ok(get("/cards/search").query(&[("term", "петров")])).await;
    assert_eq!(found.as_array().unwrap().len(), 1);
    client.refused(400, get("/cards/search")).await;
    client.refused(400, create_card("5801", &[("NO_SUCH", "x")])).await;
    let not_json = [("card[card_template_id]", "5801"), ("card[data]", "{}")];
    client.refused(400, post("/cards").form(&not_json)).await;
}

#[tokio::test]
async fn the_documented_template_pictures_links_and_spellings() {
    let client = Client::signed_in(&["--dialect", "card_image=url"]).await;
    let card = client.card("5801", &[("PHOTO", RED_PIXEL)], false).await;
    let shown = client.ok(get(&format!("/cards/{card}"))).await;
    let link = shown["data"][0]["value"].as_str().unwrap().to_owned();
    let path = link.strip_prefix("http://localhost").unwrap();
    let request = Request::get(path).header("host", "localhost").body(Full::new(Bytes::new())).unwrap();
    let reply = client.send(request).await.unwrap();
    assert_eq!((reply.status, reply.header("content-type")), (200, "image/png"));
    let markup =
        json!([{"name": "<img src=x onerror=alert(1)>", "fields": [{"token": "X", "type": "date"}]}, {"id": 7}]);
    client.admin("PUT", "templates", markup).await;
    assert_eq!(client.ok(get("/card_templates")).await[0]["name"], "<img src=x onerror=alert(1)>");
    assert_eq!(client.ok(get("/card_templates/9001/fields")).await[0]["type"], "date");
    assert_eq!(client.ok(get("/card_templates/7/fields")).await, json!([]));
    let odd = client.card("9001", &[("X", "1")], false).await;
    png_size(&client.ok(get(&format!("/cards/{odd}/preview"))).await["front"]);
    client.admin("POST", "reset", Value::Null).await;
    assert_eq!(client.state().await["templates"][0]["name"], "Employee badge");
}
