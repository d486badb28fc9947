//! `instant-card-gateway probe`: which reading of what the vendor's text leaves open the server follows, told in a report that
//! can be handed on. For somebody with an account, since the texts alone do not say it.
//!
//! It reads; with `--write` it makes one draft, changes it, looks at its preview and deletes it. It never submits and never
//! pays. In the report are names of members and how things are spelled, and nothing that stands in them.

mod account;
mod evidence;
mod network;
mod readings;
mod report;
mod shape;
mod vendor;
mod visit;
mod writing;

pub use report::{Finding, Known, Report};

use account::Account;
use std::path::PathBuf;
use std::process::ExitCode;
use url::Url;
use vendor::Vendor;

/// What the probe is asked to do.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The API's address
    #[arg(long, value_name = "URL", default_value = "https://staging.core.instantcard.net/api/v2/")]
    pub api_base: Url,

    /// Whose account it is; the password comes from INSTANT_CARD_PASSWORD, or is asked for
    #[arg(long, value_name = "EMAIL")]
    pub email: String,

    /// Also make one draft, look at its preview, change and delete it
    #[arg(long)]
    pub write: bool,

    /// The origin of a page that is to use the API, for what the server says about CORS
    #[arg(long, value_name = "ORIGIN", default_value = "https://www.example.org")]
    pub origin: String,

    /// Put the report there as JSON, too
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

/// Probes, and prints the report as Markdown.
pub async fn run(options: Options) -> ExitCode {
    let report = match account::password(&options.email) {
        Ok(account) => probe(&options, &account).await,
        Err(words) => Err(words),
    };
    let written = report.and_then(|report| {
        if let Some(path) = &options.json {
            let json = serde_json::to_string_pretty(&report.to_json()).unwrap_or_default();
            std::fs::write(path, json + "\n").map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
        println!("{}", report.to_markdown());
        Ok(())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("instant-card-gateway probe: {words}");
            ExitCode::FAILURE
        }
    }
}

/// Probes with a password that is known.
///
/// # Errors
/// When the server cannot be reached, or lets nobody in.
pub async fn probe_with(options: &Options, password: &str) -> Result<Report, String> {
    probe(options, &Account { email: options.email.clone(), password: password.to_owned() }).await
}

async fn probe(options: &Options, account: &Account) -> Result<Report, String> {
    let mut vendor = Vendor::new(&options.api_base)?;
    let mut evidence = visit::visit(&mut vendor, account, &options.origin).await?;
    if options.write {
        writing::write(&vendor, &mut evidence).await;
    }
    let mut report = Report::new(&options.api_base, options.write);
    readings::read(&evidence, &mut report);
    report.scrub(&[&account.email, &account.password, vendor.token()]);
    Ok(report)
}
