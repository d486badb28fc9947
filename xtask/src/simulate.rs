//! `cargo xtask simulate`: flows and sandbox in one process, by seed. What it can be told is the simulator's own matter.

use std::ffi::OsStr;

use anyhow::{Result, bail};

use crate::{exec, paths::Paths};

/// What `cargo xtask test` asks for.
pub(crate) const SHORT: [&str; 2] = ["--seconds", "60"];
/// What `cargo xtask test --wide` asks for: whichever comes first.
pub(crate) const WIDE: [&str; 4] = ["--runs", "1000000", "--seconds", "600"];

/// Whether there is a simulator.
pub(crate) fn is_there(paths: &Paths) -> bool {
    paths.root.join("simulator/Cargo.toml").is_file()
}

/// Builds it and lets it run.
pub(crate) fn run<S: AsRef<OsStr>>(paths: &Paths, args: &[S]) -> Result<()> {
    if !is_there(paths) {
        bail!("there is no simulator/ here");
    }
    let mut cargo = exec::command(paths, "cargo");
    cargo.args(["run", "--locked", "--release", "--package", "simulator", "--"]).args(args);
    exec::run("simulation", &mut cargo, "what it says of a failure has the seed, which repeats it")
}
