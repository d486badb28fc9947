//! Secrets: where they come from, and where they must not be.

use toml::{Table, Value};

/// The account's password.
pub(super) const PASSWORD: &str = "INSTANT_CARD_PASSWORD";

/// The store that several instances share. Its URL may hold a password.
pub(super) const STORE_URL: &str = "INSTANT_CARD_STORE_URL";

/// The variable with the secret of a key for HS256.
pub(super) fn of_key(kid: &str) -> String {
    let letter = |char: char| if char.is_ascii_alphanumeric() { char.to_ascii_uppercase() } else { '_' };
    format!("INSTANT_CARD_KEY_{}", kid.chars().map(letter).collect::<String>())
}

/// A word for every secret that stands in the file. The secret itself is not repeated.
pub(super) fn in_file(table: &Table) -> Vec<String> {
    let mut found = Vec::new();
    look("", &Value::Table(table.clone()), &mut found);
    found
}

fn look(path: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            for (name, value) in table {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match variable(name, table) {
                    Some(variable) if !value.is_table() => found.push(format!(
                        "`{path}` is a secret, and secrets are not for a file: take it out, give it in the environment as \
                         {variable}, and change it if others could read the file"
                    )),
                    _ => look(&path, value, found),
                }
            }
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| look(&format!("{path}[{at}]"), value, found));
        }
        Value::String(text) if text.contains("PRIVATE KEY") => found.push(format!(
            "`{path}` is a private key: the gateway needs the public one alone; change the pair, since this one was written down here"
        )),
        Value::String(text) if has_password(text) => {
            found.push(format!("`{path}` is an address with a password in it, which is not for a file; {STORE_URL} is for the store's"));
        }
        _ => {}
    }
}

/// The variable for what has a name like a secret's.
fn variable(name: &str, of: &Table) -> Option<String> {
    let kid = of.get("kid").and_then(Value::as_str);
    match name.to_ascii_lowercase().as_str() {
        "password" | "passwd" | "token" | "auth_token" | "api_key" => Some(PASSWORD.to_owned()),
        "secret" | "secret_key" | "private_key" | "hmac" | "k" => {
            Some(kid.map_or_else(|| "INSTANT_CARD_KEY_…".to_owned(), of_key))
        }
        _ => None,
    }
}

/// `redis://user:password@host`
fn has_password(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.password().is_some())
}
