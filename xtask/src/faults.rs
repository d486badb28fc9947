//! `cargo xtask faults`: cart and checkout over a network that has bad days, by chance and by seed; and seeds of the
//! simulator, played in a browser, as the check that the simulator says the truth.

use std::process::Command;

use anyhow::Result;

use crate::{
    args::FaultsOptions,
    exec, failures, package,
    paths::Paths,
    portal, sandbox, say, simulate,
    tools::{self, TestTools},
};

/// What `cargo xtask test` runs: seeds of the simulator, few, and always the same.
pub(crate) const SHORT: FaultsOptions = FaultsOptions { runs: 12, seed: 1, at_once: 4, scripts: true, mutant: None };
/// What `cargo xtask test --wide` runs.
pub(crate) const WIDE: FaultsOptions = FaultsOptions { runs: 100, seed: 1, at_once: 4, scripts: false, mutant: None };

/// Builds, then lets `tests/faults/` run and print.
pub(crate) fn run(paths: &Paths, options: &FaultsOptions) -> Result<()> {
    let tools = tools::for_tests(paths)?;
    portal::build(paths)?;
    package::pack(paths)?;
    sandbox::build(paths)?;
    let what = if options.scripts { "seeds of the simulator are played" } else { "people order by chance" };
    say::doing(&format!("{} {what}, from seed {} on", options.runs, options.seed));
    play(paths, &tools, options)
}

/// The runs themselves, once all else is built.
pub(crate) fn play(paths: &Paths, tools: &TestTools, options: &FaultsOptions) -> Result<()> {
    if options.scripts {
        simulate::build(paths, options.mutant.is_some())?;
    }
    exec::run("fault runs", &mut command(paths, tools, options), "each failed run says how to repeat it alone")
}

fn command(paths: &Paths, tools: &TestTools, options: &FaultsOptions) -> Command {
    let mut node = exec::command(paths, "node");
    node.arg(if options.scripts { "tests/faults/play.mjs" } else { "tests/faults/run.mjs" });
    let numbers = [("--runs", options.runs), ("--seed", options.seed), ("--at-once", options.at_once)];
    for (name, number) in numbers {
        node.args([name, &number.to_string()]);
    }
    if let Some(mutant) = &options.mutant {
        node.args(["--mutant", mutant]);
    }
    node.env("CHROMIUM", &tools.chromium)
        .env("CHROMIUM_SHELL", &tools.chromium_shell)
        .env("SANDBOX_BIN", paths.sandbox())
        .env("SIMULATOR_BIN", paths.simulator())
        .env("PORTAL_DIST", paths.dist())
        .env("PACKAGE_DIR", paths.package());
    failures::kept_by(&mut node, paths);
    node
}
