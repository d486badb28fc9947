//! What the commands need and a fresh machine lacks. Each part looks first, and is silent when nothing is missing.

mod compiled;
mod debian;
mod deny;
mod npm;

pub(crate) use debian::{LoadTools, TestTools};

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{exec, paths::Paths, say};

/// Sees that the portal can be built.
pub(crate) fn for_builds(paths: &Paths) -> Result<()> {
    requirements(paths)?;
    wasm_target(paths)?;
    let tests = paths.tests();
    npm::install(paths, &tests, &[], &[&tests], "wasm-opt, esbuild, playwright-core … (10 s")?;
    compiled::install(paths)?;
    crates(paths)
}

/// Sees that everything can be tested.
pub(crate) fn for_tests(paths: &Paths) -> Result<TestTools> {
    for_builds(paths)?;
    debian::install(paths)
}

/// Those of the sites in `examples/` that have packages of their own: the workspaces there.
const SITES: [&str; 7] = ["react", "next", "vue", "nuxt", "svelte", "angular", "astro"];

/// Sees that the frameworks and bundlers are there in which the package is tried.
pub(crate) fn for_hosts(paths: &Paths) -> Result<()> {
    let users = [&*paths.bundlers(), &*paths.hosts()];
    npm::install(paths, &paths.examples(), &SITES, &users, "Vite, Next, Nuxt, Angular … (2 min")
}

/// Sees that cargo-deny is there.
pub(crate) fn for_deny(paths: &Paths) -> Result<()> {
    deny::install(paths)
}

/// Sees that a browser is there, and the npm packages.
pub(crate) fn for_bench(paths: &Paths) -> Result<TestTools> {
    for_tests(paths)
}

/// Sees that the gateway can be put under load.
pub(crate) fn for_load(paths: &Paths) -> Result<LoadTools> {
    requirements(paths)?;
    crates(paths)?;
    debian::install_load(paths)
}

/// The few things that have to be there before xtask can help.
fn requirements(paths: &Paths) -> Result<()> {
    let node = exec::quiet(exec::command(paths, "node").arg("--version"))
        .context("there is no `node`\n  remedy: install Node 20 or later (https://nodejs.org)")?;
    if major(&node).is_none_or(|major| major < 20) {
        bail!("Node {} is too old\n  remedy: install Node 20 or later", node.trim());
    }
    if exec::quiet(exec::command(paths, "npm").arg("--version")).is_none() {
        bail!("there is no `npm`\n  remedy: install the npm that comes with Node");
    }
    if exec::quiet(exec::command(paths, "cc").arg("--version")).is_none() {
        bail!("there is no C compiler `cc`\n  remedy: install one (Debian: `apt-get install gcc libc6-dev`)");
    }
    Ok(())
}

fn wasm_target(paths: &Paths) -> Result<()> {
    let libraries = exec::output(
        "looking for the wasm target",
        exec::command(paths, "rustc").args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]),
    )?;
    if PathBuf::from(libraries.trim()).is_dir() {
        return Ok(());
    }
    say::doing("adding the Rust target wasm32-unknown-unknown (20 s)");
    exec::run(
        "adding the wasm target",
        exec::command(paths, "rustup").args(["target", "add", "wasm32-unknown-unknown"]),
        "install Rust through https://rustup.rs, or the distribution's standard library for wasm32-unknown-unknown",
    )
}

/// trunk runs cargo with `--offline`, so the crates have to be here before.
fn crates(paths: &Paths) -> Result<()> {
    let mut offline = exec::command(paths, "cargo");
    offline.args(["fetch", "--locked", "--offline", "--quiet"]);
    if exec::quiet(&mut offline).is_some() {
        return Ok(());
    }
    say::doing("fetching crates");
    exec::run(
        "fetching crates",
        exec::command(paths, "cargo").args(["fetch", "--locked"]),
        "is the registry reachable? Is Cargo.lock as committed (`git diff Cargo.lock`)?",
    )
}

/// The first number in a version like `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_versions() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("22.1"), Some(22));
        assert_eq!(major("nightly"), None);
    }
}
