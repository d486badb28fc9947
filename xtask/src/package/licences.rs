//! The licences of everything that is in the WASM.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{exec, paths::Paths};

const STEP: &str = "listing what is shipped";

/// One crate: its name and version, and by what licence it may be used.
type Crate = (String, String);

/// A text with the licence of each crate whose code may be in the WASM, and of Rust's standard library.
pub(super) fn of_what_is_shipped(paths: &Paths) -> Result<String> {
    let mut cargo = exec::command(paths, "cargo");
    cargo.args([
        "tree",
        "--locked",
        "--package",
        "instant-card",
        "--features",
        "split",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    cargo.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}|{l}"]);
    let crates = parse(&exec::output(STEP, &mut cargo)?);
    let sources = sources()?;
    // Many have the very same text.
    let mut texts: BTreeMap<String, Vec<&Crate>> = BTreeMap::new();
    for one in &crates {
        let folder = sources.iter().map(|source| source.join(&one.0)).find(|folder| folder.is_dir());
        let Some(folder) = folder else {
            bail!("{STEP}: the source of {} is not there\n  remedy: `cargo fetch`", one.0);
        };
        for text in licences(&folder)? {
            texts.entry(text).or_default().push(one);
        }
    }
    let mut told = String::from(
        "What is in the WASM beside our own code: Rust's standard library (MIT OR Apache-2.0, https://www.rust-lang.org), and these crates.\n\n",
    );
    for (name, licence) in &crates {
        writeln!(told, "{name}: {licence}")?;
    }
    for (text, of) in texts {
        let names: Vec<&str> = of.iter().map(|(name, _)| name.as_str()).collect();
        write!(told, "\n{}\n{}\n\n{}\n", "-".repeat(80), names.join(", "), text.trim_end())?;
    }
    Ok(told)
}

/// `name vX.Y.Z|licence` by line; what has a path is ours.
fn parse(tree: &str) -> BTreeSet<Crate> {
    tree.lines()
        .filter_map(|line| line.trim_end_matches(" (*)").split_once('|'))
        .filter(|(package, _)| !package.contains(" (/"))
        .filter_map(|(package, licence)| {
            let mut words = package.split(' ');
            let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
            Some((format!("{name}-{version}"), licence.trim_end_matches(" (*)").to_owned()))
        })
        .collect()
}

/// Where cargo keeps the sources of crates.
fn sources() -> Result<Vec<PathBuf>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    let folder = home.context("neither CARGO_HOME nor HOME is set")?.join("registry/src");
    let entries = fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// The texts of a crate's licence files.
fn licences(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let is_one = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"]
            .iter()
            .any(|start| name.starts_with(start));
        if is_one && entry.file_type()?.is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn each_crate_is_named_once_and_ours_is_not() {
        let tree = "instant-card v0.1.0 (/here)|MIT OR Apache-2.0\nbase64 v0.22.1|MIT OR Apache-2.0\nbase64 v0.22.1|MIT OR Apache-2.0 (*)\n\
                    talc v4.4.3|MIT\ninstant-card-vision v0.1.0 (/here/vision)|MIT OR Apache-2.0 (*)\n";
        let crates: Vec<_> = parse(tree).into_iter().collect();
        let expected = [("base64-0.22.1", "MIT OR Apache-2.0"), ("talc-4.4.3", "MIT")];
        assert_eq!(crates, expected.map(|(name, licence)| (name.to_owned(), licence.to_owned())));
    }
}
