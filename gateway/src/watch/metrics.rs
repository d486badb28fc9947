//! Numbers for Prometheus.

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::fmt;
use std::time::Duration;

/// Labels have few values, never what a caller wrote; none is made for a request.
macro_rules! labels {
    ($($name:ident { $($label:ident: $kind:ty),* })*) => {
        $(#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
        struct $name {
            $($label: $kind),*
        })*
    };
}

labels! {
    Of { operation: &'static str }
    Answered { operation: &'static str, status: u16 }
    Because { reason: &'static str }
    Asked { operation: &'static str, outcome: Outcome }
    Ended { operation: &'static str, result: &'static str }
    Compared { verdict: &'static str }
}

/// What became of a call of the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    Answered(u16),
    NotSent,
    Lost,
}

impl EncodeLabelValue for Outcome {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> fmt::Result {
        match self {
            Outcome::Answered(status) => status.encode(encoder),
            Outcome::NotSent => "not_sent".encode(encoder),
            Outcome::Lost => "lost".encode(encoder),
        }
    }
}

/// All numbers.
pub(crate) struct Metrics {
    #[cfg_attr(not(feature = "serving"), allow(dead_code, reason = "for who listens"))]
    registry: Registry,
    requests: Family<Answered, Counter>,
    times: Family<Of, Histogram>,
    refusals: Family<Because, Counter>,
    asked: Family<Asked, Counter>,
    endings: Family<Ended, Counter>,
    charges: Family<Compared, Counter>,
    pub(crate) under_way: Gauge,
    pub(crate) connections: Gauge,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

fn times() -> Histogram {
    Histogram::new([0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 40.0])
}

impl Metrics {
    pub(crate) fn new() -> Metrics {
        let mut registry = Registry::with_prefix("instant_card_gateway");
        let metrics = Metrics {
            requests: Family::default(),
            times: Family::new_with_constructor(times),
            refusals: Family::default(),
            asked: Family::default(),
            endings: Family::default(),
            charges: Family::default(),
            under_way: Gauge::default(),
            connections: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("requests", "Requests by operation and status", metrics.requests.clone());
        registry.register("request_seconds", "How long answers took", metrics.times.clone());
        registry.register("refusals", "What was refused, by reason", metrics.refusals.clone());
        registry.register("vendor_calls", "Calls of the vendor, by operation and outcome", metrics.asked.clone());
        registry.register(
            "endings",
            "Cards that visitors put into the cart or ordered, by result",
            metrics.endings.clone(),
        );
        registry.register("charges_compared", "Orders compared with the account, by verdict", metrics.charges.clone());
        registry.register("requests_under_way", "Requests that are being answered", metrics.under_way.clone());
        registry.register("connections", "Open connections", metrics.connections.clone());
        Metrics { registry, ..metrics }
    }

    /// A request was answered.
    pub(crate) fn answered(&self, operation: &'static str, status: u16, took: Duration) {
        self.times.get_or_create(&Of { operation }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Answered { operation, status }).inc();
    }

    /// Something was refused.
    pub(crate) fn refused(&self, reason: &'static str) {
        self.refusals.get_or_create(&Because { reason }).inc();
    }

    /// The vendor was asked.
    pub(crate) fn asked(&self, operation: &'static str, outcome: Outcome) {
        self.asked.get_or_create(&Asked { operation, outcome }).inc();
    }

    /// A card went into the cart, or was ordered.
    pub(crate) fn ended(&self, operation: &'static str, result: &'static str) {
        self.endings.get_or_create(&Ended { operation, result }).inc();
    }

    /// An order was compared with the account.
    pub(crate) fn compared(&self, verdict: &'static str) {
        self.charges.get_or_create(&Compared { verdict }).inc();
    }

    /// As Prometheus reads it.
    #[cfg_attr(not(feature = "serving"), allow(dead_code, reason = "for who listens"))]
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let _ = encode(&mut text, &self.registry);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_names_each_number_with_its_labels() {
        let metrics = Metrics::new();
        metrics.answered("cards.fetch", 200, Duration::from_millis(3));
        metrics.refused("path");
        metrics.asked("cards.fetch", Outcome::Lost);
        metrics.ended("session.order", "done");
        metrics.compared("charged-once");
        let (text, guide) = (metrics.text(), include_str!("../../../docs/gateway.md"));
        let rows: Vec<_> = guide.lines().filter(|line| line.starts_with("| `")).collect();
        let mut numbers = 0;
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.contains("le=")) {
            let (name, rest) = line.split_once(['{', ' ']).unwrap();
            let name = name.trim_start_matches("instant_card_gateway_");
            let name = name.trim_end_matches("_sum").trim_end_matches("_count");
            let row = rows.iter().find(|row| row.contains(&format!("`{name}`"))).unwrap_or_else(|| panic!("{name}"));
            for label in rest.split(',').filter_map(|label| label.split_once('=')) {
                assert!(row.contains(&format!("`{}`", label.0)), "{name}: {}", label.0);
            }
            numbers += 1;
        }
        assert_eq!(numbers, 9, "{text}");
    }
}
