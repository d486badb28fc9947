//! A sandbox in which there is some of everything.

use clap::Parser as _;
use sandbox::Sandbox;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

pub(crate) const EMAIL: &str = "api@instantcard.net";
pub(crate) const PASSWORD: &str = "instantcardapi";
const TOKEN: &str = "site-given-token-7c2e";
const O: &str = "/api/v2/organizations/20003827";

pub(crate) struct House {
    sandbox: Sandbox,
    pub(crate) base: String,
}

impl House {
    /// With cards, a print job that was submitted and one that was not, a card that was added to it twice, and debts.
    pub(crate) async fn furnished(arguments: &[&str]) -> House {
        let all =
            ["sandbox", "--port", "0", "--cards", "12", "--token", TOKEN].into_iter().chain(arguments.iter().copied());
        let sandbox = sandbox::start(sandbox::Options::parse_from(all)).await.unwrap();
        let house = House { base: format!("{}api/v2/", sandbox.url()), sandbox };
        let state = house.state();
        let first = |list: &str| state[list][0]["id"].to_string().trim_matches('"').to_owned();
        let finalized = state["cards"].as_array().unwrap().iter().filter(|card| card["finalized"] == true);
        let cards: Vec<_> = finalized.map(|card| card["id"].as_u64().unwrap()).collect();
        let (address, pair) = (first("addresses"), json!(cards[..2]).to_string());
        for submitted in [false, true, false] {
            let form = [
                ("print_job[address_id]", address.as_str()),
                ("print_job[shipping_provider_id]", "13"),
                ("print_job[card_ids]", &pair),
            ];
            let job = house.call("POST", &format!("{O}/print_jobs"), Some(&form));
            let job = job["id"].to_string().trim_matches('"').to_owned();
            if submitted {
                house.call("POST", &format!("{O}/print_jobs/{job}/print"), Some(&[]));
            } else {
                let once_more = json!([cards[0]]).to_string();
                let again = [("print_job[card_ids]", once_more.as_str())];
                house.call("POST", &format!("{O}/print_jobs/{job}/add_cards"), Some(&again));
            }
        }
        house.admin("PUT", "balance", &json!({"cents": -500}));
        house
    }

    /// The sandbox runs in this process, on threads that must not all wait.
    fn exchange(&self, head: &str, body: &[u8]) -> Value {
        tokio::task::block_in_place(|| self.wait_for(head, body))
    }

    fn wait_for(&self, head: &str, body: &[u8]) -> Value {
        let mut stream = TcpStream::connect(self.sandbox.address()).unwrap();
        let head = format!("{head}Host: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let at = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{head}: {}", String::from_utf8_lossy(&answer));
        serde_json::from_slice(&answer[at + 4..]).unwrap()
    }

    fn call(&self, method: &str, path: &str, form: Option<&[(&str, &str)]>) -> Value {
        let mut body = String::new();
        for (name, value) in form.unwrap_or_default() {
            body += &format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        body += "--edge--\r\n";
        let head = format!(
            "{method} {path} HTTP/1.1\r\nAuthorization: bearer {TOKEN}\r\n\
             Content-Type: multipart/form-data; boundary=edge\r\n"
        );
        self.exchange(&head, body.as_bytes())
    }

    fn admin(&self, method: &str, command: &str, body: &Value) -> Value {
        self.exchange(&format!("{method} /__sandbox/{command} HTTP/1.1\r\n"), body.to_string().as_bytes())
    }

    pub(crate) fn state(&self) -> Value {
        self.admin("GET", "state", &Value::Null)
    }

    /// Each further such call is answered so.
    pub(crate) fn fault(&self, method: &str, path: &str, action: impl Into<Value>) {
        let action = action.into();
        let rule = json!({"match": {"method": method, "path_contains": path}, "action": action});
        self.admin("PUT", "faults", &json!({"rules": [rule]}));
    }

    /// The calls so far, as `METHOD /path`.
    pub(crate) fn requests(&self) -> Vec<String> {
        let state = self.state();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let requests = state["requests"].as_array().unwrap().iter();
        requests.map(|request| format!("{} {}", text(&request["method"]), text(&request["path"]))).collect()
    }

    /// What is somebody's: names, addresses, numbers, the account itself.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let state = self.state();
        let mut found = vec![EMAIL.to_owned(), PASSWORD.to_owned(), "sandbox.".to_owned(), "Alex Morgan".to_owned()];
        found.push("InstantCard API".to_owned());
        for list in ["addresses", "contacts"] {
            for entry in state[list].as_array().unwrap() {
                texts(entry, &mut found);
            }
        }
        for card in state["cards"].as_array().unwrap() {
            found.push(card["id"].to_string());
            texts(&card["data"]["FULL_NAME"], &mut found);
            found.extend(card["data"].as_object().unwrap().keys().cloned());
        }
        // Short words are in many a longer one.
        found.retain(|text| text.len() >= 5 && text != "Warehouse" && text != "Office");
        found
    }
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// `POST /api/v2/organizations/20003827/cards/7` as `POST O/cards/N`.
pub(crate) fn without_ids(call: &str) -> String {
    let call = call.replace(O, "O").replace("/api/v2/", "");
    let words = call.split('/').map(|part| if part.parse::<u64>().is_ok() { "N" } else { part });
    words.collect::<Vec<_>>().join("/")
}
