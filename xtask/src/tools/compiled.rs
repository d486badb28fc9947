//! trunk and wasm-bindgen, compiled once into the cache.

use std::fs;

use anyhow::{Context, Result};

use crate::{exec, paths::Paths, say};

/// 0.22 wants a newer Rust and gains nothing here.
const TRUNK: &str = "0.21.14";

/// Compiles what is missing or has another version.
pub(crate) fn install(paths: &Paths) -> Result<()> {
    let lock = fs::read_to_string(paths.root.join("Cargo.lock")).context("reading Cargo.lock")?;
    let bindgen = locked_version(&lock, "wasm-bindgen")
        .context("Cargo.lock has no wasm-bindgen\n  remedy: `git checkout Cargo.lock`")?;
    // The command line tool and the crate have to have one version exactly.
    if !(has(paths, "wasm-bindgen", bindgen) && has(paths, "wasm-bindgen-test-runner", bindgen)) {
        say::doing(&format!("compiling wasm-bindgen {bindgen} (2 min, once)"));
        compile(paths, "wasm-bindgen-cli", bindgen, &[])?;
    }
    if !has(paths, "trunk", TRUNK) {
        // As a debug build: it compiles in 3 minutes instead of 7, and builds and serves the same.
        say::doing(&format!("compiling trunk {TRUNK} (3 min, once)"));
        compile(paths, "trunk", TRUNK, &["--debug"])?;
    }
    Ok(())
}

/// Whether the program is there in this version.
pub(super) fn has(paths: &Paths, program: &str, version: &str) -> bool {
    exec::quiet(exec::command(paths, program).arg("--version"))
        .is_some_and(|text| text.split_whitespace().nth(1) == Some(version))
}

/// Compiles a package's programs into the cache.
pub(super) fn compile(paths: &Paths, package: &str, version: &str, more: &[&str]) -> Result<()> {
    // Kept when it fails, so that the next attempt goes on where this one stopped.
    let build = paths.cache.join("build");
    let mut cargo = exec::command(paths, "cargo");
    cargo
        .args(["install", package, "--version", version, "--locked", "--no-default-features", "--force"])
        .args(more)
        .arg("--root")
        .arg(&paths.cache)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // Not the project's: a tool is no part of its build.
        .env("CARGO_TARGET_DIR", &build)
        .env_remove("RUSTFLAGS");
    exec::run(
        &format!("compiling {package} {version}"),
        &mut cargo,
        "is crates.io reachable, and is there 1 GB of disk? Then run the command again: it goes on where it stopped",
    )?;
    fs::remove_dir_all(&build).with_context(|| format!("removing {}", build.display()))
}

/// A package's version in `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_come_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
            [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"registry\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
