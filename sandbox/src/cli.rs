//! The command line.

use crate::dialect::{Dialect, POINTS};
use crate::faults::{Faults, Rule};
use clap::Parser;
use std::fmt::Write as _;
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

    /// Let a print job that was submitted already be submitted and charged again
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
    connect-src 'self' http://localhost:* http://127.0.0.1:*; img-src 'self' blob: data:; font-src 'self'; \
    base-uri 'none'; form-action 'none'";

impl Options {
    /// The misbehaviour that the command line asks for.
    pub(crate) fn faults(&self) -> Faults {
        Faults {
            latency_ms: self.latency,
            preview_delay_ms: self.preview_delay,
            preview_unavailable_times: self.preview_unavailable,
            token_ttl_seconds: self.token_ttl,
            cors: !self.no_cors,
            careless_print: self.careless_print,
            rules: self.rules.clone(),
            random: None,
        }
    }

    /// The dialect that the command line asks for.
    pub(crate) fn dialect(&self) -> Dialect {
        let mut dialect = Dialect::default();
        for (key, value) in &self.dialects {
            // Each pair was checked when it was read.
            let _ = dialect.set(key, value);
        }
        dialect
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

fn after_help() -> String {
    let mut text = String::from(
        "Faults: --fault 'ACTION [method=GET] [path=PART] [times=N] [skip=N] [slow_ms=N] [per_path] [no_cors]', or the same as
  JSON:
  {\"match\":{\"method\":\"GET\",\"path_contains\":\"/fields\"},\"times\":1,\"skip\":0,\"per_path\":false,\"action\":\"html_502\"}
  html_502, empty_503   what a gateway in front answers
  json_500              a worded server error
  error_400_list        a refusal with several sentences
  drop_before           the connection closes before anything was done
  drop_after            the request is carried out, then the connection closes without an answer
  hang                  no answer, ever
  garbage_json          the request is carried out, and its answer cut off in the middle
  expire                the token that the request brings is no longer good: 401
  slow                  nothing goes wrong; with slow_ms it takes its time, half of it before the request is carried out
  {\"status\":418,\"body\":…}  (JSON only) any answer
  A client that goes away does not stop what the server has begun.
  With per_path each method and path counts for itself: 'html_502 method=GET times=1 per_path' fails the first GET of
  every URL.

Dialects (the first value is the default):
",
    );
    for point in POINTS {
        let _ = writeln!(text, "  {:<14}{}\n  {:<14}  {}", point.key, point.values.join(" | "), "", point.about);
    }
    text.push_str(
        "
While it runs (JSON; no sign-in; CORS always on):
  GET  /__sandbox/state          everything it holds, the log of requests, and an audit: {patches, lost_providers,
                                 charges, faults, under_way} (updates of print jobs, those that left a job without
                                 the shipping provider it had, every charge, faults struck by kind, requests under way)
  PUT  /__sandbox/faults         {latency_ms, preview_delay_ms, preview_unavailable_times, token_ttl_seconds, cors:
                                 \"on\"|\"off\", careless_print, rules: [RULE…], dialect: {KEY: VALUE}, random: {seed,
                                 share: 0…1, kinds: [ACTION…], path_contains, slow_ms}}; members not named stay as they
                                 are, \"replace\": true begins from the command line's
  PUT  /__sandbox/templates      [{id, name, orientation, two_sided, fields: [{token, label, type, dimensions}]}]
  PUT  /__sandbox/balance        {\"cents\": N}
  POST /__sandbox/reset          back to the start
  POST /__sandbox/expire_tokens  every token so far is invalid from now on
  POST /__sandbox/print_all      the printers work off what was submitted

Example:
  sandbox --port 8787 --cards 12 --static dist --static /fixtures=tests/e2e/pages --latency 300",
    );
    text
}
