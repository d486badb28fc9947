//! `cargo xtask simulate`: flows and sandbox in one process, by seed. What it can be told is the simulator's own matter.

use std::{ffi::OsStr, process::Command};

use anyhow::{Result, bail};

use crate::{exec, paths::Paths};

/// What `cargo xtask test` asks for.
pub(crate) const SHORT: [&str; 6] = ["--runs", "100000", "--seconds", "60", "--seed", "1"];
/// What `cargo xtask test --wide` asks for: as many seeds as five minutes carry on two cores. Some 15 % go through a
/// gateway, and each of those takes as long as six of the others. Beyond these there are seeds that do not hold yet: docs/reliability.md.
pub(crate) const WIDE: [&str; 6] = ["--runs", "180000", "--seconds", "300", "--seed", "1"];

/// Whether there is a simulator.
pub(crate) fn is_there(paths: &Paths) -> bool {
    paths.root.join("simulator/Cargo.toml").is_file()
}

/// Builds it and lets it run; with mistakes on purpose where one is asked for.
pub(crate) fn run<S: AsRef<OsStr>>(paths: &Paths, args: &[S]) -> Result<()> {
    if !is_there(paths) {
        bail!("there is no simulator/ here");
    }
    exec::run(STEP, &mut command(paths, args), REMEDY)
}

/// Builds it; with mistakes on purpose where one is to be made.
pub(crate) fn build(paths: &Paths, with_mutants: bool) -> Result<()> {
    let mut cargo = exec::command(paths, "cargo");
    cargo.args(["build", "--locked", "--profile", "simulate", "--package", "simulator"]);
    if with_mutants {
        cargo.args(["--features", "mutants"]);
    }
    exec::run("building the simulator", &mut cargo, "read the first error above")
}

/// A simulation that runs while other steps do.
pub(crate) struct Beside(exec::Beside);

impl Beside {
    /// Starts it with one worker, so that a build beside it keeps a core.
    pub(crate) fn start(paths: &Paths) -> Self {
        let mut command = command(paths, &SHORT);
        command.args(["--workers", "1"]);
        Self(exec::Beside::start(STEP, command))
    }

    /// Waits for its end and prints what it said.
    pub(crate) fn wait(self) -> Result<()> {
        self.0.wait(REMEDY)
    }
}

const STEP: &str = "simulation";
const REMEDY: &str = "what it says of a failure has the seed, which repeats it";

fn command<S: AsRef<OsStr>>(paths: &Paths, args: &[S]) -> Command {
    let mut cargo = exec::command(paths, "cargo");
    cargo.args(["run", "--locked", "--profile", "simulate", "--package", "simulator"]);
    if has_mutant(args) {
        cargo.args(["--features", "mutants"]);
    }
    cargo.arg("--").args(args);
    cargo
}

/// Whether one of the mistakes is asked for: only a build of its own has them.
fn has_mutant<S: AsRef<OsStr>>(args: &[S]) -> bool {
    args.iter().any(|arg| arg.as_ref().to_str().is_some_and(|arg| arg == "--mutant" || arg.starts_with("--mutant=")))
}

#[cfg(test)]
mod tests {
    use super::{SHORT, has_mutant};

    #[test]
    fn a_mutant_needs_its_feature() {
        assert!(has_mutant(&["--runs", "5", "--mutant", "stale-read"]) && has_mutant(&["--mutant=stale-read"]));
        assert!(!has_mutant(&SHORT) && !has_mutant::<&str>(&[]));
    }
}
