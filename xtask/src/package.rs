//! `cargo xtask package`: the release build in `target/npm/`.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{parts, paths::Paths, portal, say, sizes, tools};

/// Builds, packs, and prints the sizes.
pub(crate) fn run(paths: &Paths, list_parts: bool, build: bool) -> Result<()> {
    if build {
        tools::for_builds(paths)?;
        portal::build(paths)?;
        pack(paths)?;
    }
    println!("{}", sizes::table(&sizes::measure(paths, &paths.dist())?));
    if list_parts {
        println!("\n{}", parts::list(paths)?);
    }
    Ok(())
}

/// Makes `target/npm/` of the built portal and the package's own files in `npm/`.
pub(crate) fn pack(paths: &Paths) -> Result<()> {
    let package = paths.package();
    say::doing("packing target/npm/");
    if package.exists() {
        fs::remove_dir_all(&package).context("emptying target/npm")?;
    }
    fs::create_dir_all(&package).context("creating target/npm")?;
    copy(&paths.dist(), &package, |name| name.starts_with("instant-card"))?;
    let own = paths.root.join("npm");
    if own.is_dir() {
        copy(&own, &package, |_| true)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> Result<()> {
    let entries = fs::read_dir(from).with_context(|| format!("reading {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_file() && wanted(&name.to_string_lossy()) {
            fs::copy(entry.path(), to.join(&name)).with_context(|| format!("copying {}", entry.path().display()))?;
        }
    }
    Ok(())
}
