//! The npm packages of `tests/package-lock.json`: wasm-opt, esbuild, playwright-core and the benchmark's peers.
//!
//! They are installed into the cache, one folder per lock file, and `tests/node_modules` is a link to it.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::ErrorKind,
    os::unix::fs::symlink,
    path::Path,
    process,
};

use anyhow::{Context, Result};

use crate::{exec, paths::Paths, say};

/// Installs what is missing and links it.
pub(crate) fn install(paths: &Paths) -> Result<()> {
    let tests = paths.tests();
    let lock = fs::read(tests.join("package-lock.json")).context("reading tests/package-lock.json")?;
    let mut hasher = DefaultHasher::new();
    lock.hash(&mut hasher);
    let folder = paths.cache.join(format!("npm-{:016x}", hasher.finish()));
    if !folder.is_dir() {
        say::doing("installing npm packages: wasm-opt, esbuild, playwright-core … (10 s, once)");
        // Renamed when it is whole, so that neither a broken installation nor another process's is taken for one.
        let part = folder.with_extension(process::id().to_string());
        fs::create_dir_all(&part).with_context(|| format!("creating {}", part.display()))?;
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            fs::copy(tests.join(file), part.join(file))
                .with_context(|| format!("copying tests/{file} to {}", part.display()))?;
        }
        exec::run(
            "installing npm packages",
            exec::command(paths, "npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&part),
            "is the npm registry reachable, and does tests/package-lock.json fit tests/package.json?",
        )?;
        if fs::rename(&part, &folder).is_err() && folder.is_dir() {
            // Another process was faster.
            fs::remove_dir_all(&part).with_context(|| format!("removing {}", part.display()))?;
        }
    }
    link(&folder.join("node_modules"), &tests.join("node_modules"))
}

/// Makes `link` a symbolic link to `target`; what was there by that name is generated and replaced.
fn link(target: &Path, link: &Path) -> Result<()> {
    let doing = || format!("linking {} to {}", link.display(), target.display());
    match fs::symlink_metadata(link) {
        Ok(found) if found.is_symlink() => {
            if fs::read_link(link).with_context(doing)? == target {
                return Ok(());
            }
            fs::remove_file(link).with_context(doing)?;
        }
        Ok(_) => fs::remove_dir_all(link).with_context(doing)?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(doing),
    }
    symlink(target, link).with_context(doing)
}
