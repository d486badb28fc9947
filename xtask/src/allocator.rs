//! One allocator in place of two.
//!
//! The widget has its own (`src/browser/alloc.rs`), but the standard library takes the handle of its one thread from the
//! system's, whoever else there is: seven kilobytes of code for some forty bytes that are never given back. Here they come
//! from the widget's.

use std::{collections::HashMap, fs, ops::Range, path::Path};

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::stamp::length;

/// What stands in for the system's: exported for wasm-bindgen, from a size and an alignment to an address.
const OURS: &str = "__wbindgen_malloc";
/// The system's, by the end of its path in mangled names; and what is done in its place.
const SYSTEM: [(&str, Place); 3] =
    [("SystemE6malloc", Place::Take), ("SystemE8memalign", Place::TakeAligned), ("SystemE4free", Place::Leave)];
/// What these names have besides.
const CRATE: &str = "8dlmalloc";

#[derive(Debug, Clone, Copy)]
enum Place {
    /// Takes so many bytes, aligned by eight.
    Take,
    /// Takes for an alignment so many bytes.
    TakeAligned,
    /// Does nothing: the thread ends with the page.
    Leave,
}

impl Place {
    /// The code of a function of so many parameters, which calls number `ours`. The compiler may have taken out the first
    /// one, the allocator itself, which is always the same.
    fn code(self, parameters: u8, ours: u32) -> Vec<u8> {
        const GET: u8 = 0x20;
        let call = |arguments: [u8; 4]| {
            [&[0][..], &arguments, &[0x10], &length(ours as usize), &[0x0b]].concat() // call, end
        };
        match self {
            Place::Take => call([GET, parameters - 1, 0x41, 8]), // i32.const
            Place::TakeAligned => call([GET, parameters - 1, GET, parameters - 2]),
            Place::Leave => vec![0, 0x0b],
        }
    }
}

/// The functions of a module.
#[derive(Debug, Default)]
struct Functions {
    imported: u32,
    /// How many parameters each type has.
    types: Vec<usize>,
    /// The type of each that is not imported.
    of_type: Vec<u32>,
    named: HashMap<u32, String>,
    bodies: Vec<Range<usize>>,
    /// The whole section of their code.
    code: Range<usize>,
}

/// Gives `std` the widget's allocator, in the file that wasm-bindgen wrote.
pub(crate) fn unite(wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let united = united(&bytes).context(
        "giving the standard library the widget's allocator\n  remedy: does it still bring its own? See xtask/src/allocator.rs",
    )?;
    fs::write(wasm, united).with_context(|| format!("writing {}", wasm.display()))
}

fn united(bytes: &[u8]) -> Result<Vec<u8>> {
    let functions = read(bytes)?;
    let find = |is: &dyn Fn(&str) -> bool| functions.named.iter().find(|(_, name)| is(name)).map(|(at, _)| *at);
    let ours = find(&|name| name == OURS).context("there is no __wbindgen_malloc")?;
    let mut replaced = HashMap::new();
    for (end, place) in SYSTEM {
        let at = find(&|name| name.contains(CRATE) && name.contains(end)).with_context(|| format!("no {end}"))?;
        let at = at.checked_sub(functions.imported).context("it is imported")? as usize;
        let of_type = *functions.of_type.get(at).context("it has no type")? as usize;
        let parameters = u8::try_from(*functions.types.get(of_type).context("its type is not there")?)?;
        replaced.insert(at, place.code(parameters, ours));
    }
    let mut code = length(functions.bodies.len());
    for (at, body) in functions.bodies.iter().enumerate() {
        let body = replaced.get(&at).map_or(&bytes[body.clone()], Vec::as_slice);
        code.extend(length(body.len()));
        code.extend(body);
    }
    let Range { start, end } = functions.code;
    Ok([&bytes[..start], &[10], &length(code.len()), &code, &bytes[end..]].concat())
}

fn read(bytes: &[u8]) -> Result<Functions> {
    let mut found = Functions::default();
    let mut end = 0;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        let before = end;
        if let Some((_, range)) = payload.as_section() {
            end = usize::try_from(range.end)?;
        }
        match payload {
            Payload::TypeSection(types) => {
                for of_type in types.into_iter_err_on_gc_types() {
                    found.types.push(of_type?.params().len());
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    found.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::FunctionSection(types) => {
                for of_type in types {
                    found.of_type.push(of_type?);
                }
            }
            Payload::CodeSectionStart { .. } => found.code = before..end,
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                found.bodies.push(usize::try_from(range.start)?..usize::try_from(range.end)?);
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(names) = section.as_known() else { continue };
                for name in names {
                    if let Name::Function(functions) = name? {
                        for function in functions {
                            let function = function?;
                            found.named.insert(function.index, function.name.to_owned());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A section: its number, how long the rest is, and that.
    fn section(number: u8, content: &[u8]) -> Vec<u8> {
        [&[number], &length(content.len())[..], content].concat()
    }

    /// A module with these functions, each of so many numbers to one, or to none.
    fn module(functions: &[(&str, u8, bool, &[u8])]) -> Vec<u8> {
        let (mut types, mut of_type, mut code, mut names) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, (name, parameters, gives, body)) in (0..).zip(functions) {
            types.extend([0x60, *parameters]);
            types.extend(vec![0x7f; usize::from(*parameters)]);
            types.extend(if *gives { &[1, 0x7f][..] } else { &[0] });
            of_type.push(at);
            code.extend(length(body.len()));
            code.extend(*body);
            names.push(at);
            names.extend(length(name.len()));
            names.extend(name.as_bytes());
        }
        let count = u8::try_from(functions.len()).unwrap();
        let counted = |content: &[u8]| [&[count], content].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &counted(&types)),
            section(3, &counted(&of_type)),
            section(10, &counted(&code)),
            section(0, &[b"\x04name", &section(1, &counted(&names))[..]].concat()),
        ]
        .concat()
    }

    #[test]
    fn the_systems_functions_call_ours() {
        let trap = [[0, 0x0b].as_slice(), &[0; 200]].concat();
        let before = module(&[
            ("_R8dlmalloc7SystemE6mallocCs1_3std", 2, true, &trap),
            ("__wbindgen_malloc", 2, true, &[0, 0x41, 7, 0x0b]),
            ("_R8dlmalloc7SystemE8memalignCs1_3std", 2, true, &trap),
            ("_R8dlmalloc7SystemE4freeCs1_3std", 1, false, &trap),
        ]);
        let after = module(&[
            ("_R8dlmalloc7SystemE6mallocCs1_3std", 2, true, &[0, 0x20, 1, 0x41, 8, 0x10, 1, 0x0b]),
            ("__wbindgen_malloc", 2, true, &[0, 0x41, 7, 0x0b]),
            ("_R8dlmalloc7SystemE8memalignCs1_3std", 2, true, &[0, 0x20, 1, 0x20, 0, 0x10, 1, 0x0b]),
            ("_R8dlmalloc7SystemE4freeCs1_3std", 1, false, &[0, 0x0b]),
        ]);
        assert_eq!(united(&before).unwrap(), after);
    }

    #[test]
    fn where_there_is_none_to_replace_it_is_said() {
        let error = united(&module(&[("__wbindgen_malloc", 2, true, &[0, 0x41, 7, 0x0b])])).unwrap_err();
        assert_eq!(error.to_string(), "no SystemE6malloc");
    }
}
