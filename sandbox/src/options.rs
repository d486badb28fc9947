//! The command line.

use crate::action::Rule;
use crate::dialect::{Dialect, POINTS};
use crate::faults::Faults;
use crate::help::after_help;
use crate::settings::{Settings, milliseconds};
use crate::world::Habits;
use clap::Parser;
use std::path::PathBuf;

/// The InstantCard API v2 on one's own machine: no account, no internet, nothing is printed or charged.
///
/// Sign in as api@instantcard.net with the password instantcardapi; the organization is 20003827, the API is at
/// /api/v2/. Everything is kept in memory.
#[derive(Debug, Clone, Parser)]
#[command(name = "sandbox", version, after_help = after_help())]
pub struct Options {
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,

    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 8787)]
    pub port: u16,

    /// How many sample cards to start with; every fourth is a draft, the others are finalized
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub cards: usize,

    /// A directory of files to serve beside the API, as DIR (at /) or PREFIX=DIR; may be given more than once
    #[arg(long = "static", value_name = "[PREFIX=]DIR", value_parser = mount)]
    pub statics: Vec<(String, PathBuf)>,

    /// The Content-Security-Policy of the served pages, or "none"
    #[arg(long, value_name = "TEXT", default_value = DEFAULT_CSP, hide_default_value = true)]
    pub csp: String,

    /// The opening balance in cents
    #[arg(long, value_name = "CENTS", default_value_t = 25_000, allow_negative_numbers = true)]
    pub balance: i64,

    /// The time that it begins with, in milliseconds since 1970, so that its dates are the same on any day; the machine's when not given
    #[arg(long, value_name = "MS")]
    pub now: Option<u64>,

    /// A token that is valid from the start, for pages that bring their own
    #[arg(long, value_name = "TEXT")]
    pub token: Option<String>,

    /// How long a token is good for; for ever when not given
    #[arg(long, value_name = "SECONDS", help_heading = "Misbehaviour")]
    pub token_ttl: Option<f64>,

    /// Send no CORS headers from the API
    #[arg(long, help_heading = "Misbehaviour")]
    pub no_cors: bool,

    /// Wait this long before every answer of the API
    #[arg(long, value_name = "MS", default_value_t = 0, help_heading = "Misbehaviour")]
    pub latency: u64,

    /// Wait this much longer before every preview
    #[arg(long, value_name = "MS", default_value_t = 0, help_heading = "Misbehaviour")]
    pub preview_delay: u64,

    /// Answer the first N previews with preview_available: false
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Misbehaviour")]
    pub preview_unavailable: u64,

    /// Let a print job that was submitted already be submitted and charged again: the same as --dialect print=again,
    /// which is how it is anyway; print=once is the opposite
    #[arg(long, help_heading = "Misbehaviour")]
    pub careless_print: bool,

    /// A fault for some requests; may be given more than once (see below)
    #[arg(long = "fault", value_name = "RULE", value_parser = Rule::from_text, help_heading = "Misbehaviour")]
    pub(crate) rules: Vec<Rule>,

    /// How to answer where the vendor's text leaves something open; may be given more than once (see below)
    #[arg(long = "dialect", value_name = "KEY=VALUE", value_parser = dialect, help_heading = "Misbehaviour")]
    pub dialects: Vec<(&'static str, &'static str)>,
}

const DEFAULT_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self' http://localhost:* http://127.0.0.1:*; img-src 'self' blob: data:; font-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'";

impl Options {
    /// Everything that can be set while it runs, as the command line asks for it.
    pub(crate) fn settings(&self) -> Settings {
        let faults = Faults {
            latency_ms: self.latency,
            preview_delay_ms: self.preview_delay,
            read_bytes_per_second: None,
            cors: !self.no_cors,
            rules: self.rules.clone(),
            random: None,
        };
        let habits = Habits {
            preview_unavailable_times: self.preview_unavailable,
            token_ttl_ms: self.token_ttl.map(milliseconds),
        };
        let mut dialect = Dialect::default();
        // Each pair was checked when it was read.
        for (key, value) in &self.dialects {
            let _ = dialect.set(key, value);
        }
        if self.careless_print {
            let _ = dialect.set("print", "again");
        }
        Settings { faults, habits, dialect }
    }
}

fn mount(text: &str) -> Result<(String, PathBuf), String> {
    let (prefix, directory) = match text.split_once('=') {
        Some((prefix, directory)) if prefix.starts_with('/') => (prefix.trim_end_matches('/'), directory),
        _ => ("", text),
    };
    Ok((prefix.to_owned(), PathBuf::from(directory)))
}

fn dialect(text: &str) -> Result<(&'static str, &'static str), String> {
    let (key, value) = text.split_once('=').ok_or("a dialect is KEY=VALUE")?;
    let mut dialect = Dialect::default();
    dialect.set(key, value)?;
    let key = POINTS.iter().find(|point| point.key == key).map_or("", |point| point.key);
    Ok((key, dialect.get(key)))
}
