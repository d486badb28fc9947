//! `cargo xtask package`: the release build in `target/npm/`, as a package that npm installs.

mod angular;
mod cdn;
#[allow(dead_code, reason = "some of it is read by tests alone")]
#[path = "../../../src/element/contract/mod.rs"]
pub(crate) mod contract;
mod integrity;
mod json;
mod licences;
mod manifest;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
mod types;

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

/// Makes `target/npm/` of the built portal, the package's own files in `npm/`, the documents, and what is made of the element's
/// description of itself.
pub(crate) fn pack(paths: &Paths) -> Result<()> {
    let package = paths.package();
    say::doing("packing target/npm/");
    if package.exists() {
        fs::remove_dir_all(&package).context("emptying target/npm")?;
    }
    fs::create_dir_all(package.join("docs")).context("creating target/npm")?;
    copy(&paths.dist(), &package, |name| name.starts_with("instant-card"))?;
    copy(&paths.root.join("npm"), &package, |_| true)?;
    copy(&paths.root.join("docs"), &package.join("docs"), |name| name.ends_with(".md"))?;
    let hashes = integrity::of(&package)?;
    for (name, text) in [
        ("package.json", manifest::package(env!("CARGO_PKG_VERSION"))),
        ("custom-elements.json", manifest::custom_elements()),
        ("vscode.html-custom-data.json", manifest::html_data()),
        ("instant-card.d.ts", types::element()),
        ("react.d.ts", types::react()),
        ("vue.d.ts", types::vue()),
        ("svelte.d.ts", types::svelte()),
        ("solid.d.ts", types::solid()),
        ("angular.js", angular::script()),
        ("angular.d.ts", angular::types()),
        ("integrity.json", hashes),
        ("THIRD-PARTY-LICENSES.txt", licences::of_what_is_shipped(paths)?),
    ] {
        fs::write(package.join(name), text).with_context(|| format!("writing target/npm/{name}"))?;
    }
    cdn::make(&package)
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
