//! What an operator sees: the log, the audit trail that follows a card by its number, and the description of what the gateway adds.
//! Whatever is refused is there with its reason, and nothing is there that is somebody's own.

use crate::common::{Call, Line, O, SECRET, claims, pass, signed};
use crate::process::{address, folder, program, sandbox, stopped, written};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::Path;

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    // The first says where it listens, for scripts.
    let json = text.lines().filter(|line| line.starts_with('{'));
    json.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_logged_a_card_is_followed_by_its_number_and_nothing_private_is_written() {
    let sandbox = sandbox().await;
    let (audit, log) = (folder().join("seen.audit"), folder().join("seen.log"));
    let _ = fs::remove_file(&audit);
    let more = format!("[staff]\nenabled = true\n[watch]\naudit = {:?}\n", audit.to_string_lossy());
    let mut program = program(&written("seen.toml", &sandbox.url(), &more));
    let child = program.stdout(File::create(&log).unwrap()).spawn().unwrap();
    let mut line = Line::open(address(&log).await).await.unwrap();

    let head = json!({"alg": "HS256", "kid": "one"});
    let forged = signed(&head, &claims(json!({"sub": "Mallory"})), "a secret of somebody else, of forty signs");
    let mut refused = vec![(line.send(Call::new("POST", "/session").bearer(&forged)).await, "statement-signature")];
    let mut tokens = Vec::new();
    for who in ["Ana Nunez", "Bo Larsen"] {
        let statement = signed(&head, &claims(json!({"sub": who, "cards": 2})), SECRET);
        let begun = line.send(Call::new("POST", "/session").bearer(&statement)).await.unwrap();
        tokens.push(begun.json()["token"].as_str().unwrap().to_owned());
        let again = line.send(Call::new("POST", "/session").bearer(&statement)).await;
        refused.push((again, "statement-used"));
        tokens.push(statement);
    }
    let (ana, bo) = (&tokens[0], &tokens[2]);
    let card = line.send(pass(ana, "Ana Nunez")).await.unwrap().json()["id"].as_u64().unwrap();
    let own = format!("{O}/cards/{card}");
    let data = [("card[data]", "[]")];
    for call in [
        Call::new("GET", format!("{own}/preview")),
        Call::new("PATCH", own.clone()).form(&data),
        Call::new("PATCH", format!("{own}/finalize")),
    ] {
        let reply = line.send(call.bearer(ana)).await.unwrap();
        assert_eq!(reply.status, 200, "{:?}", reply.bytes);
    }
    for (call, why) in [
        (Call::new("GET", own.clone()), "card-of-somebody-else"),
        (Call::new("GET", format!("{own}/preview")), "card-of-somebody-else"),
        (Call::new("PATCH", own.clone()).form(&data), "card-of-somebody-else"),
        (Call::new("DELETE", own.clone()), "card-of-somebody-else"),
        (Call::new("GET", format!("{O}/balance?note=PrivateNote")), "not-a-sessions"),
        (Call::new("GET", format!("{O}/cards/search?term=PrivateTerm")), "not-a-sessions"),
        (Call::new("GET", "/private-path/../x"), "path"),
        (Call::new("PUT", own.clone()), "method"),
        (Call::new("GET", "/profile/me").header("origin", "https://evil.example"), "origin"),
        (pass(bo, "Bo Larsen").header("idempotency-key", "short"), "idempotency-key"),
    ] {
        refused.push((line.send(call.bearer(bo)).await, why));
    }
    stopped(child);

    let written = lines(&log);
    let told = |why: &str| written.iter().filter(|line| line["why"] == why && line["level"] == "WARN").count();
    for (reply, why) in &refused {
        assert!(matches!(reply.as_ref().unwrap().status, 400..=404), "{why}");
        assert_eq!(told(why), refused.iter().filter(|(_, other)| other == why).count(), "{why}");
    }
    let answered = written.iter().filter(|line| line["message"] == "answered").count();
    assert_eq!(answered, 6, "two sessions, a card made, looked at, changed, and finalized");
    let followed: Vec<_> = lines(&audit).into_iter().filter(|line| line["card"] == card).collect();
    let deeds: Vec<_> =
        followed.iter().map(|line| format!("{} {}", line["operation"], line["result"]).replace('"', "")).collect();
    let by_bo = ["cards.fetch", "cards.preview", "cards.update", "cards.delete"];
    let by_bo = by_bo.map(|operation| format!("{operation} card-of-somebody-else"));
    let by_ana = ["cards.create", "cards.update", "cards.finalize"].map(|operation| format!("{operation} 200"));
    assert_eq!(deeds, [&by_ana[..], &by_bo[..]].concat());
    let people: std::collections::BTreeSet<_> = followed.iter().map(|line| line["who"].to_string()).collect();
    assert_eq!(people.len(), 2, "who it was is told apart");

    let all = format!("{}{}", fs::read_to_string(&log).unwrap(), fs::read_to_string(&audit).unwrap());
    let private = ["Ana", "Nunez", "Larsen", "Mallory", "Private", "private-path", "instantcardapi", SECRET];
    for secret in private.into_iter().chain(tokens.iter().map(String::as_str)) {
        assert!(!all.contains(secret), "{secret} is written");
    }
}

#[test]
fn everything_that_the_gateway_adds_is_described_and_nothing_else() {
    let described: Value = serde_json::from_str(include_str!("../../openapi.json")).unwrap();
    let paths = described["paths"].as_object().unwrap();
    let mut all: Vec<_> = paths
        .iter()
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys().filter(|name| *name != "parameters");
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    all.sort();
    let added = [
        "DELETE /devices/{id}",
        "GET /devices",
        "GET /healthz",
        "GET /openapi.json",
        "GET /readyz",
        "GET /session/order/{card_id}",
        "POST /devices",
        "POST /session",
        "POST /session/cart",
        "POST /session/order",
    ];
    assert_eq!(all, added);
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().unwrap() {
            if method == "parameters" {
                continue;
            }
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
        }
    }
    // Whatever it refers to is there.
    let mut to_see = vec![&described];
    while let Some(value) = to_see.pop() {
        if let Some(reference) = value["$ref"].as_str() {
            assert!(described.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
        to_see.extend(value.as_object().into_iter().flat_map(|object| object.values()));
        to_see.extend(value.as_array().into_iter().flatten());
    }
}
