//! Texts in our WASM files, which `src/element/chunks.js` reads: the style sheet that comes with one, and the version of the
//! build in each. What comes of two builds does not fit together, and caches mix them.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The version of what `files` hold: another one whenever any of them is another. Eight letters.
pub(crate) fn version(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(file).with_context(|| format!("reading {}", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:08x}", hasher.finish() >> 32))
}

/// The version of a stamped WASM file: the last that stands in it.
pub(crate) fn version_in(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let version = bytes.last_chunk::<8>().map(|last| String::from_utf8_lossy(last).into_owned());
    version.filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit())).with_context(|| {
        format!("{} carries no version of its build\n  remedy: `cargo xtask package` builds it anew", file.display())
    })
}

/// Adds a custom section called `name` to a WASM file.
pub(crate) fn add(file: &Path, name: &str, text: &str) -> Result<()> {
    let mut bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    bytes.extend(section(name, text));
    fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))
}

/// A custom section: 0, how long the rest is, its name with its length, and what is in it.
fn section(name: &str, text: &str) -> Vec<u8> {
    let content = [&length(name.len())[..], name.as_bytes(), text.as_bytes()].concat();
    [&[0], &length(content.len())[..], &content].concat()
}

/// A number in LEB128: seven bits a byte, the lowest first, and one that says that more follow.
pub(crate) fn length(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::section;
    use wasmparser::{Parser, Payload};

    #[test]
    fn sections_of_any_length_are_read_back() {
        let style = "p { color: red }".repeat(2000);
        let wasm = [b"\0asm\x01\0\0\0", &section("style", &style)[..], &section("version", "0123abcd")].concat();
        let found: Vec<_> = Parser::new(0)
            .parse_all(&wasm)
            .filter_map(|payload| match payload.expect("it is WASM") {
                Payload::CustomSection(section) => Some((section.name().to_owned(), section.data().to_owned())),
                _ => None,
            })
            .collect();
        let expected = [("style", style.as_str()), ("version", "0123abcd")];
        assert_eq!(found, expected.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    }
}
