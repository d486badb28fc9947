//! `docs/openapi.json` as something to check answers against.

use crate::common::{Call, Client, Reply};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// The description, and which (operation, status) pairs were seen.
pub(crate) struct Contract {
    pub(crate) document: Value,
    pub(crate) validators: HashMap<(String, u16), Validator>,
    pub(crate) seen: BTreeSet<(String, u16)>,
    pub(crate) answers: usize,
}

impl Contract {
    pub(crate) fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
        let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut validators = HashMap::new();
        for (_, _, operation) in operations(&document) {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let response = match response["$ref"].as_str() {
                    Some(reference) => document.pointer(&reference[1..]).unwrap(),
                    None => response,
                };
                let schema = json!({
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "allOf": [response["content"]["application/json"]["schema"]],
                    "components": document["components"],
                });
                let key = (text(&operation["operationId"]), status.parse().unwrap());
                validators.insert(key, jsonschema::draft202012::new(&schema).unwrap());
            }
        }
        Self { document, validators, seen: BTreeSet::new(), answers: 0 }
    }

    /// Checks an answer to an operation.
    fn check(&mut self, operation: &str, reply: &Reply) -> Value {
        let key = (operation.to_owned(), reply.status);
        let body = reply.json();
        let validator = self.validators.get(&key).unwrap_or_else(|| panic!("{key:?} is not described: {body}"));
        let errors: Vec<_> =
            validator.iter_errors(&body).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{key:?}: {errors:#?}\n{body:#}");
        self.seen.insert(key);
        self.answers += 1;
        body
    }

    /// Makes a call that must answer with a status, and checks the answer.
    pub(crate) async fn expect(&mut self, client: &Client, operation: &str, status: u16, call: Call) -> Value {
        let reply = client.call(&call).await.unwrap();
        assert_eq!(reply.status, status, "{operation}: {call:?}: {:?}", reply.bytes);
        self.check(operation, &reply)
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Every operation as (method, path, description).
pub(crate) fn operations(document: &Value) -> impl Iterator<Item = (String, String, &Value)> {
    document["paths"].as_object().unwrap().iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
    })
}
