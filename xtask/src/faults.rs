//! `cargo xtask faults`: cart and checkout over a network that has bad days, by chance and by seed.

use std::process::Command;

use anyhow::Result;

use crate::{
    args::FaultsOptions,
    exec, package,
    paths::Paths,
    portal, sandbox, say,
    tools::{self, TestTools},
};

/// What `cargo xtask test` runs: few, and always the same.
pub(crate) const SHORT: FaultsOptions = FaultsOptions { runs: 12, seed: 1, at_once: 4 };
/// What `cargo xtask test --wide` runs.
pub(crate) const WIDE: FaultsOptions = FaultsOptions { runs: 100, seed: 1, at_once: 4 };

/// Builds, then lets `tests/faults/` run and print.
pub(crate) fn run(paths: &Paths, options: &FaultsOptions) -> Result<()> {
    let tools = tools::for_tests(paths)?;
    portal::build(paths)?;
    package::pack(paths)?;
    sandbox::build(paths)?;
    say::doing(&format!("{} people order by chance, from seed {} on", options.runs, options.seed));
    exec::run("fault runs", &mut command(paths, &tools, options), "each failed run says how to repeat it alone")
}

/// The runs themselves.
pub(crate) fn command(paths: &Paths, tools: &TestTools, options: &FaultsOptions) -> Command {
    let mut node = exec::command(paths, "node");
    node.arg("tests/faults/run.mjs");
    let numbers = [("--runs", options.runs), ("--seed", options.seed), ("--at-once", options.at_once)];
    for (name, number) in numbers {
        node.args([name, &number.to_string()]);
    }
    node.env("CHROMIUM", &tools.chromium)
        .env("CHROMIUM_SHELL", &tools.chromium_shell)
        .env("SANDBOX_BIN", paths.sandbox())
        .env("PORTAL_DIST", paths.dist())
        .env("PACKAGE_DIR", paths.package());
    node
}
