//! What is handed on.

use serde_json::{Value, json};
use std::fmt::Write as _;
use url::Url;

/// How much a finding is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The server has shown it.
    Seen,
    /// The account has nothing that would show it.
    NotShown,
    /// It was not tried, and why is said.
    NotTried,
}

/// An open point, and how the server has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its name, as the sandbox's `--dialect` has it where it is one of those.
    pub point: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// Whether it is known.
    pub known: Known,
    /// How the server has it, or why that is not known.
    pub reading: String,
}

/// Everything that was found.
#[derive(Debug, Clone)]
pub struct Report {
    base: String,
    wrote: bool,
    /// The open points.
    pub findings: Vec<Finding>,
    /// Headers, limits and times.
    pub network: Vec<(String, String)>,
    /// What answers look like, by operation.
    pub shapes: Vec<(String, String)>,
    /// What went otherwise than it should.
    pub troubles: Vec<String>,
}

impl Report {
    pub(super) fn new(base: &Url, wrote: bool) -> Report {
        let base = format!("{}{}", base.origin().ascii_serialization(), base.path());
        Report { base, wrote, findings: Vec::new(), network: Vec::new(), shapes: Vec::new(), troubles: Vec::new() }
    }

    /// How the server has a point, if it has shown it.
    pub fn reading(&self, point: &str) -> Option<&str> {
        let is = |finding: &&Finding| finding.point == point && finding.known == Known::Seen;
        self.findings.iter().find(is).map(|finding| finding.reading.as_str())
    }

    pub(super) fn seen(&mut self, point: &'static str, about: &'static str, reading: Option<impl Into<String>>) {
        let (known, reading) = match reading {
            Some(reading) => (Known::Seen, reading.into()),
            None => (Known::NotShown, "nothing here shows it".to_owned()),
        };
        self.findings.push(Finding { point, about, known, reading });
    }

    pub(super) fn not_tried(&mut self, point: &'static str, about: &'static str, why: &str) {
        self.findings.push(Finding { point, about, known: Known::NotTried, reading: why.to_owned() });
    }

    /// Takes out what must not be handed on, wherever the server may have repeated it.
    pub(super) fn scrub(&mut self, secrets: &[&str]) {
        let clean = |text: &mut String| {
            for secret in secrets.iter().filter(|secret| secret.len() >= 3) {
                if text.contains(secret) {
                    *text = text.replace(secret, "***");
                }
            }
        };
        self.findings.iter_mut().for_each(|finding| clean(&mut finding.reading));
        self.network.iter_mut().chain(&mut self.shapes).for_each(|(_, text)| clean(text));
        self.troubles.iter_mut().for_each(clean);
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        let known = |known| match known {
            Known::Seen => "seen",
            Known::NotShown => "not shown",
            Known::NotTried => "not tried",
        };
        let pairs = |pairs: &[(String, String)]| {
            pairs.iter().map(|(name, text)| json!({"name": name, "value": text})).collect::<Value>()
        };
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "api_base": self.base,
            "wrote": self.wrote,
            "findings": self.findings.iter().map(|finding| json!({
                "point": finding.point, "about": finding.about,
                "known": known(finding.known), "reading": finding.reading,
            })).collect::<Value>(),
            "network": pairs(&self.network),
            "shapes": pairs(&self.shapes),
            "troubles": self.troubles,
        })
    }

    /// For people.
    pub fn to_markdown(&self) -> String {
        let mut text = format!(
            "# What {} answers\n\nBy `instant-card-gateway probe` {}{}. Names of members and spellings; nothing that stands in them.\n",
            self.base,
            env!("CARGO_PKG_VERSION"),
            if self.wrote { ", with one draft that was made and deleted" } else { ", which has read only" },
        );
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        text += "\n## Open points\n\n| point | what it is about | the server |\n| --- | --- | --- |\n";
        for Finding { point, about, known, reading } in &self.findings {
            let reading = cell(reading);
            let _ = match known {
                Known::Seen => writeln!(text, "| `{point}` | {about} | **{reading}** |"),
                Known::NotShown => writeln!(text, "| `{point}` | {about} | not known: {reading} |"),
                Known::NotTried => writeln!(text, "| `{point}` | {about} | not tried: {reading} |"),
            };
        }
        for (title, pairs) in [("Headers, limits, times", &self.network), ("Shapes", &self.shapes)] {
            let _ = writeln!(text, "\n## {title}\n\n| | |\n| --- | --- |");
            for (name, value) in pairs {
                let _ = writeln!(text, "| {} | {} |", cell(name), cell(value));
            }
        }
        if !self.troubles.is_empty() {
            text += "\n## What went otherwise\n\n";
            for trouble in &self.troubles {
                let _ = writeln!(text, "- {trouble}");
            }
        }
        text
    }
}
