//! The native tests of all crates.

use anyhow::Result;

use crate::{exec, paths::Paths, tools::TestTools};

const STEP: &str = "native tests";
const REMEDY: &str = "read the first error above";

/// Builds all of them, runs those of the crates' insides beside those that start programs and wait for them, and then the
/// examples in the documentation.
pub(crate) fn test(paths: &Paths, tools: &TestTools) -> Result<()> {
    // Always all crates, so that features are the same and nothing is built twice.
    let cargo = |line: &str| {
        let mut cargo = exec::command(paths, "cargo");
        cargo.args("test --locked --workspace".split(' ')).args(line.split(' ')).env("REDIS_SERVER", &tools.redis);
        cargo
    };
    exec::run(STEP, &mut cargo("--no-run"), REMEDY)?;
    let programs = exec::Beside::start(STEP, cargo("--no-fail-fast --test *"));
    let insides = exec::run(STEP, &mut cargo("--no-fail-fast --lib --bins"), REMEDY);
    let programs = programs.wait(REMEDY);
    insides.and(programs)?;
    exec::run(STEP, &mut cargo("--doc"), REMEDY)
}
