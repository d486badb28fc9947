//! `--check`: whether the gateway would work as it is configured, as far as that can be seen from here. It reads, and changes nothing.

use crate::clock::Clock;
use crate::config::Config;
use crate::server;
use crate::upstream::{Ask, Https, Upstream};
use crate::watch::audit::Audit;
use crate::watch::metrics::Metrics;
use std::sync::Arc;
use std::time::Duration;

/// Looks at the way to the vendor, and says what it has found, a line each.
///
/// # Errors
/// The same, if something is not as it has to be.
pub async fn check(config: &Config) -> Result<Vec<String>, Vec<String>> {
    let mut said = vec!["the configuration can be read".to_owned()];
    if let Err(error) = server::open(&config.store).await {
        said.push(format!("FAILED: {error}"));
        return Err(said);
    }
    said.push("the store can be opened".to_owned());
    if let Err(error) = Audit::open(config.watch.audit.as_deref(), Clock::default()) {
        said.push(format!("FAILED: {error}"));
        return Err(said);
    }
    if config.watch.audit.is_some() {
        said.push("the audit trail can be written".to_owned());
    }
    let upstream = Upstream::new(&config.vendor, Arc::new(Https::new()), Clock::default(), Arc::new(Metrics::new()));
    if let Err(error) = upstream.is_ready().await {
        said.push(format!("FAILED: cannot sign in at {}: {error}", config.vendor.base));
        return Err(said);
    }
    said.push(format!("signed in at {}", config.vendor.base));
    let organization = config.vendor.organization;
    let mut is_well = true;
    for (path, name, what) in [
        (format!("organizations/{organization}"), "organization.fetch", "the organization"),
        (format!("organizations/{organization}/card_templates"), "card_templates.list", "its card templates"),
        (
            format!("organizations/{organization}/shipping_providers"),
            "organization.shipping_providers",
            "its shipping providers",
        ),
    ] {
        let ask = Ask { name, method: "GET", path: &path, query: None, body: None, patience: Duration::from_secs(20) };
        match upstream.call(&ask).await {
            Ok(answer) if answer.is_success() => {
                said.push(format!("read {what}"));
                let json = answer.json().unwrap_or_default();
                is_well &= known(config, name, &json, &mut said);
            }
            Ok(answer) => {
                said.push(format!("FAILED: {what} cannot be read: status {}", answer.status));
                is_well = false;
            }
            Err(error) => {
                said.push(format!("FAILED: {what} cannot be read: {error}"));
                is_well = false;
            }
        }
    }
    if is_well { Ok(said) } else { Err(said) }
}

/// Whether what the configuration names is there.
fn known(config: &Config, name: &str, json: &serde_json::Value, said: &mut Vec<String>) -> bool {
    let (wanted, what) = match name {
        "card_templates.list" => (config.devices.as_ref().and_then(|devices| devices.template), "devices.template_id"),
        "organization.shipping_providers" => (config.shipping_provider, "orders.shipping_provider_id"),
        _ => (None, ""),
    };
    let Some(wanted) = wanted else { return true };
    let mut entries = json.as_array().into_iter().flatten();
    let is_there = entries.any(|entry| crate::cards::number(&entry["id"]) == Some(wanted));
    if !is_there {
        said.push(format!("FAILED: `{what}` is {wanted}, which the organization does not have"));
    }
    is_there
}
