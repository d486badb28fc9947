//! `cargo xtask bench`: time to a usable sign-in form, next to two peers.

use anyhow::Result;

use crate::{exec, package, paths::Paths, portal, say, tools};

/// Builds, then lets `tests/bench/bench.mjs` measure and print.
pub(crate) fn run(paths: &Paths, runs: u32) -> Result<()> {
    let tools = tools::for_bench(paths)?;
    portal::build(paths)?;
    package::pack(paths)?;
    say::doing("measuring the start of the widget and of its peers: keep the machine quiet");
    exec::run(
        "measuring the start",
        exec::command(paths, "node")
            .arg("tests/bench/bench.mjs")
            .env("CHROMIUM", &tools.chromium)
            .env("PACKAGE_DIR", paths.package())
            .env("BENCH_RUNS", runs.to_string()),
        "read the message above",
    )
}
