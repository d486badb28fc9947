//! What all crates bring along: licences, sources, versions, and what is known against them.

use std::{
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{exec, paths::Paths, say, tools};

/// How long the database of advisories may take to come: from some networks nobody answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// Checks `deny.toml`, the advisories where their database can be had.
pub(crate) fn check(paths: &Paths) -> Result<()> {
    tools::for_deny(paths)?;
    let deny = |arguments: &[&str]| {
        let mut command = exec::command(paths, "cargo-deny");
        command.args(["--offline", "--locked", "--workspace", "check", "--hide-inclusion-graph"]).args(arguments);
        // What is no longer needed goes.
        command.args(["--deny", "unmatched-skip", "--deny", "unnecessary-skip"]);
        command
    };
    let remedy = "take out or update the crate, or say in deny.toml why it may stay; `cargo tree --invert CRATE` tells who brings it";
    exec::run("crates", &mut deny(&["bans", "licenses", "sources"]), remedy)?;
    if is_fetched(paths)? {
        exec::run("advisories", &mut deny(&["advisories"]), remedy)
    } else {
        say::doing(
            "deny: the database of advisories cannot be fetched from here, so they are NOT checked; all else is",
        );
        Ok(())
    }
}

/// Whether the database of advisories could be brought up to date.
fn is_fetched(paths: &Paths) -> Result<bool> {
    let mut fetch = exec::command(paths, "cargo-deny");
    fetch.args(["fetch", "db"]).stdout(Stdio::null()).stderr(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
    let mut fetch = fetch.spawn().context("starting cargo-deny")?;
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = fetch.try_wait().context("waiting for cargo-deny")? {
            return Ok(status.success());
        }
        if Instant::now() > end {
            let _ = fetch.kill();
            let _ = fetch.wait();
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(50));
    }
}
