//! The version of a build, in every file of it: what comes of two builds does not fit together, and caches mix them.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The name of the section in the WASM, which (like the version in a style sheet) `src/element/chunks.js` reads.
const SECTION: &str = "version";

/// The version of what `files` hold: another one whenever any of them is another. A letter (so
/// that it is a word in CSS as well) and eight more.
pub(crate) fn version(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(file).with_context(|| format!("reading {}", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("v{:08x}", hasher.finish() >> 32))
}

/// Writes the version into a WASM file or a style sheet.
pub(crate) fn stamp(file: &Path, version: &str) -> Result<()> {
    let mut bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    if file.extension().is_some_and(|end| end == "css") {
        // No comment: a site's own build may take those out.
        bytes.extend(format!(":host{{--ic-version:{version}}}").into_bytes());
    } else {
        bytes.extend(section(version));
    }
    fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))
}

/// A custom section of WASM: 0, how long it is, its name with its length, and what is in it.
fn section(version: &str) -> Vec<u8> {
    // Both are far below 128, and so is their sum: each length is one byte.
    let length = |text: &str| u8::try_from(text.len()).unwrap_or_default();
    let head = [0, 1 + length(SECTION) + length(version), length(SECTION)];
    [&head, SECTION.as_bytes(), version.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::section;
    use wasmparser::{Parser, Payload};

    #[test]
    fn the_section_is_one() {
        let wasm = [b"\0asm\x01\0\0\0", &section("v0123abcd")[..]].concat();
        let found = Parser::new(0).parse_all(&wasm).find_map(|payload| match payload.expect("it is WASM") {
            Payload::CustomSection(section) => Some((section.name().to_owned(), section.data().to_owned())),
            _ => None,
        });
        assert_eq!(found, Some(("version".to_owned(), b"v0123abcd".to_vec())));
    }
}
