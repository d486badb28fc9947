//! Whether the portal in `dist/` is what a build would make again: cargo knows that of the crate, and nobody of the minute of
//! linking, cutting and optimizing that comes after it.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::paths::Paths;

/// What a release build reads, but for the crates and tools, whose versions these name.
const SOURCES: [&str; 10] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "style",
    "tests/package-lock.json",
    "vision",
];

/// What is there to be built: another number whenever a file, or this program, is another.
pub(crate) fn sources(paths: &Paths) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    let program = env::current_exe().context("looking for this program")?;
    file(&program, &mut hasher)?;
    for name in SOURCES {
        tree(&paths.root.join(name), &mut hasher)?;
    }
    // The folders that the build leaves out of its files are in what the compiler is told.
    (&paths.root, env::var_os("CARGO_HOME"), env::var_os("HOME"), env::var_os("RUSTUP_TOOLCHAIN")).hash(&mut hasher);
    Ok(hasher.finish())
}

/// Whether `dist/` is as the build of these sources left it.
pub(crate) fn is_of(paths: &Paths, sources: u64) -> bool {
    let known = fs::read_to_string(note(paths)).unwrap_or_default();
    written(paths, sources).is_ok_and(|now| now == known)
}

/// Remembers that `dist/` is built of these sources.
pub(crate) fn remember(paths: &Paths, sources: u64) -> Result<()> {
    fs::write(note(paths), written(paths, sources)?).context("writing down what the portal is built of")
}

fn written(paths: &Paths, sources: u64) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    tree(&paths.dist(), &mut hasher)?;
    Ok(format!("{sources:016x} {:016x}\n", hasher.finish()))
}

fn note(paths: &Paths) -> PathBuf {
    paths.target.join("portal.built")
}

/// Names and content of all files at or below `path`.
fn tree(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if !path.is_dir() {
        return file(path, hasher);
    }
    let reading = || format!("reading {}", path.display());
    let entries = fs::read_dir(path).with_context(reading)?.map(|entry| Ok(entry?.path()));
    let mut inside = entries.collect::<Result<Vec<_>>>().with_context(reading)?;
    inside.sort();
    inside.iter().try_for_each(|path| tree(path, hasher))
}

fn file(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    fs::read(path).with_context(|| format!("reading {}", path.display()))?.hash(hasher);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_holds_until_a_source_or_what_was_built_is_another() {
        let root = env::temp_dir().join(format!("instant-card-built-{}", std::process::id()));
        let paths = Paths { target: root.join("target"), cache: root.join("cache"), root: root.clone() };
        for folder in ["target", "dist", "src/view", "tests"] {
            fs::create_dir_all(root.join(folder)).expect("there is room");
        }
        for source in SOURCES.map(|name| root.join(name)).iter().filter(|source| !source.exists()) {
            fs::write(source, "1").expect("there is room");
        }
        let code = root.join("src/view/card.rs");
        let (first, built) = (root.join("index.html"), root.join("dist/instant-card.js"));
        for file in [&code, &first, &built] {
            fs::write(file, "1").expect("there is room");
        }
        let is_built = || is_of(&paths, sources(&paths).expect("the sources can be read"));
        assert!(!is_built(), "nothing was built");
        for changed in [&code, &first, &built] {
            remember(&paths, sources(&paths).expect("the sources can be read")).expect("there is room");
            assert!(is_built());
            fs::write(changed, "2").expect("there is room");
            assert!(!is_built(), "{} is another", changed.display());
        }
        fs::remove_dir_all(root).expect("it is ours");
    }
}
