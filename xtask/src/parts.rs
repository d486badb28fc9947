//! `cargo xtask package --parts`: what the WebAssembly's bytes are.
//!
//! The released file has no names. The same file is optimized once more with its names kept, which changes nothing in the
//! code, and its functions are summed up by crate.

use std::{collections::BTreeMap, fmt::Write, fs, ops::Range};

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::{
    exec,
    optimize::{FEATURES, LEVEL},
    paths::Paths,
    say, split,
};

/// How many crates and functions are listed.
const LISTED: usize = 30;

/// The parts of a module and their bytes.
#[derive(Debug, Default)]
struct Parts {
    sections: BTreeMap<String, usize>,
    functions: Vec<(String, usize)>,
}

/// Lists the largest sections, crates and functions of each file.
pub(crate) fn list(paths: &Paths) -> Result<String> {
    let mut text = String::new();
    say::doing("optimizing once more, with the names kept");
    for (name, file) in split::pieces(paths)? {
        let named = file.with_extension("named");
        exec::run(
            "wasm-opt with names",
            exec::command(paths, "wasm-opt").args(LEVEL).arg("-g").args(FEATURES).arg(&file).arg("-o").arg(&named),
            "`cargo xtask package` first",
        )?;
        let bytes = fs::read(&named).with_context(|| format!("reading {}", named.display()))?;
        // Writing into a String cannot fail.
        let _ = writeln!(text, "\n{name}\n{}", report(&read(&bytes).context("reading the WebAssembly")?)?);
    }
    Ok(text)
}

fn bytes_of(range: &Range<u64>) -> Result<usize> {
    usize::try_from(range.end - range.start).context("a section is larger than this machine's memory")
}

fn read(bytes: &[u8]) -> Result<Parts> {
    let mut parts = Parts::default();
    let mut bodies = Vec::new();
    let mut imported: u32 = 0;
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        let section = match &payload {
            Payload::CodeSectionStart { .. } => "code",
            Payload::DataSection(_) => "data",
            Payload::ElementSection(_) => "table elements",
            Payload::CustomSection(_) => "custom (not released)",
            _ => "the rest",
        };
        if let Some((_, range)) = payload.as_section() {
            *parts.sections.entry(section.to_owned()).or_default() += bytes_of(&range)?;
        }
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(bytes_of(&body.range())?),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for name in section {
                        if let Name::Function(functions) = name? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, format!("{:#}", rustc_demangle::demangle(function.name)));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    parts.functions = (imported..)
        .zip(bodies)
        .map(|(index, size)| (names.remove(&index).unwrap_or_else(|| "(no name)".to_owned()), size))
        .collect();
    Ok(parts)
}

fn report(parts: &Parts) -> Result<String> {
    let mut crates = BTreeMap::<String, usize>::new();
    let mut functions = BTreeMap::<String, usize>::new();
    for (name, size) in &parts.functions {
        let name = without_hashes(name);
        *crates.entry(crate_of(&name).to_owned()).or_default() += size;
        *functions.entry(name).or_default() += size;
    }
    let mut text = String::from("raw bytes of the optimized WebAssembly, before compression\n");
    for (title, sums) in [("sections", &parts.sections), ("crates", &crates), ("functions", &functions)] {
        writeln!(text, "\n{title} ({})", sums.len())?;
        let mut sums: Vec<_> = sums.iter().collect();
        sums.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
        for (name, size) in sums.into_iter().take(LISTED) {
            let name: String = name.chars().take(110).collect();
            writeln!(text, "{size:>9}  {name}")?;
        }
    }
    Ok(text)
}

/// The crate that a function's name begins with; for generated drops the crate of what is dropped, for a trait's method on
/// a type parameter the crate of the trait.
fn crate_of(name: &str) -> &str {
    let name = name.strip_prefix("core::ptr::drop_in_place<").unwrap_or(name);
    first_crate(name).or_else(|| first_crate(name.split_once(" as ")?.1)).unwrap_or("(no crate in the name)")
}

fn first_crate(mut path: &str) -> Option<&str> {
    let marks = ["<", "&", "*", "(", "[", "mut ", "const ", "dyn ", "impl "];
    while let Some(stripped) = marks.iter().find_map(|mark| path.strip_prefix(mark)) {
        path = stripped;
    }
    let (first, _) = path.split_once("::")?;
    first.chars().all(|char| char.is_alphanumeric() || char == '_').then_some(first)
}

/// A name without the compiler's hashes, `core[0123456789abcdef]::fmt` and `a::b::h0123456789abcdef`, so that the copies of
/// a generic function are one line.
fn without_hashes(name: &str) -> String {
    let name = match name.rsplit_once("::h") {
        Some((before, hash)) if hash.len() == 16 => before,
        _ => name,
    };
    let mut short = String::with_capacity(name.len());
    for part in name.split_inclusive(']') {
        match part.rsplit_once('[') {
            Some((before, hash))
                if hash.len() > 8 && hash.trim_end_matches(']').chars().all(|char| char.is_ascii_hexdigit()) =>
            {
                short.push_str(before);
            }
            _ => short.push_str(part),
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_belong_to_crates() {
        assert_eq!(crate_of("leptos::mount::mount_to::h0123456789abcdef"), "leptos");
        assert_eq!(crate_of("<&mut dyn core::fmt::Write as core::fmt::Write>::write_str"), "core");
        assert_eq!(crate_of("core::ptr::drop_in_place<instant_card::api::Error>"), "instant_card");
        assert_eq!(crate_of("memcpy"), "(no crate in the name)");
        assert_eq!(crate_of("<T as serde::Serialize>::x"), "serde");
    }

    #[test]
    fn copies_are_one_line() {
        assert_eq!(without_hashes("a::b::h0123456789abcdef"), "a::b");
        assert_eq!(
            without_hashes("<[u8] as core[c5930c85a12de822]::fmt::Debug>::fmt"),
            "<[u8] as core::fmt::Debug>::fmt"
        );
        assert_eq!(without_hashes("a::hello"), "a::hello");
    }

    #[test]
    fn a_module_is_taken_apart() {
        // (module (import "m" "f" (func)) (func $ours::go)), by hand.
        let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x07\x01\x01m\x01f\0\0\x03\x02\x01\0".to_vec();
        wasm.extend(b"\x0a\x04\x01\x02\0\x0b");
        wasm.extend(b"\0\x12\x04name\x01\x0b\x01\x01\x08ours::go");
        let parts = read(&wasm).unwrap();
        assert_eq!(parts.functions, [("ours::go".to_owned(), 2)]);
        assert!(report(&parts).unwrap().contains("ours\n"));
    }
}
