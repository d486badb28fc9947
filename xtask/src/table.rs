//! The function table of a WASM file, in as few bytes as it takes.
//!
//! The splitter leaves a place in the first file's table for each function that comes later, fills each with nothing, which is
//! what is there anyway, and does so in hundreds of segments; the later files come with as many. No optimizer takes them out.

use std::{fs, ops::Range, path::Path};

use anyhow::{Context, Result, bail};
use wasmparser::{ElementItems, ElementKind, ElementSectionReader, Operator, Parser, Payload};

/// Which functions are in the table from here on.
struct Run {
    from: u32,
    functions: Vec<u32>,
}

/// Writes the table of `wasm` down in segments that touch nowhere, without the places that hold nothing.
pub(crate) fn tidy(wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let tidied = tidied(&bytes).with_context(|| format!("reading the table of {}", wasm.display()))?;
    fs::write(wasm, tidied).with_context(|| format!("writing {}", wasm.display()))
}

fn tidied(bytes: &[u8]) -> Result<Vec<u8>> {
    for payload in Parser::new(0).parse_all(bytes) {
        let Payload::ElementSection(section) = payload? else { continue };
        let range = section.range();
        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
        return replaced(bytes, ELEMENTS, range, &written(&runs(section)?));
    }
    Ok(bytes.to_vec())
}

/// `bytes` with other content in the section of this number, whose content is in `range` now.
pub(crate) fn replaced(bytes: &[u8], section: u8, range: Range<usize>, content: &[u8]) -> Result<Vec<u8>> {
    // Its number and its length stand before it.
    let mut length = 0;
    let start = loop {
        length += 1;
        let at = range.start.checked_sub(length + 1).context("a section begins with its number")?;
        if bytes[at] == section && number_at(&bytes[at + 1..]) == Some((range.len(), length)) {
            break at;
        }
    };
    let mut out = bytes[..start].to_vec();
    out.push(section);
    push_number(&mut out, content.len());
    out.extend(content);
    out.extend(&bytes[range.end..]);
    Ok(out)
}

/// The number of the section.
const ELEMENTS: u8 = 9;

fn runs(section: ElementSectionReader<'_>) -> Result<Vec<Run>> {
    let mut entries = Vec::new();
    for element in section {
        let element = element?;
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = element.kind else {
            bail!("a segment of a kind that is not known here");
        };
        let mut offset = offset_expr.get_operators_reader();
        let Operator::I32Const { value } = offset.read()? else { bail!("a segment whose place is computed") };
        let from = u32::try_from(value).context("a segment's place")?;
        match element.items {
            ElementItems::Functions(functions) => {
                for (place, function) in (from..).zip(functions) {
                    entries.push((place, function?));
                }
            }
            ElementItems::Expressions(_, expressions) => {
                for (place, expression) in (from..).zip(expressions) {
                    match expression?.get_operators_reader().read()? {
                        Operator::RefNull { .. } => {}
                        Operator::RefFunc { function_index } => entries.push((place, function_index)),
                        other => bail!("a place of the table holds {other:?}"),
                    }
                }
            }
        }
    }
    entries.sort_by_key(|(place, _)| *place);
    let mut runs: Vec<Run> = Vec::new();
    for (place, function) in entries {
        match runs.last_mut() {
            Some(run) if run.from as usize + run.functions.len() == place as usize => run.functions.push(function),
            Some(run) if run.from as usize + run.functions.len() > place as usize => {
                bail!("place {place} is filled twice")
            }
            _ => runs.push(Run { from: place, functions: vec![function] }),
        }
    }
    Ok(runs)
}

fn written(runs: &[Run]) -> Vec<u8> {
    let mut out = Vec::new();
    push_number(&mut out, runs.len());
    for run in runs {
        // Functions of the one table, from a constant on.
        out.extend([0, 0x41]);
        push_signed(&mut out, run.from);
        out.push(0x0b);
        push_number(&mut out, run.functions.len());
        run.functions.iter().for_each(|function| push_number(&mut out, *function as usize));
    }
    out
}

/// The number in LEB128 that `bytes` begin with, and in how many of them.
fn number_at(bytes: &[u8]) -> Option<(usize, usize)> {
    let length = bytes.iter().take(5).position(|byte| *byte < 0x80)? + 1;
    let number = bytes[..length].iter().rev().fold(0, |number, byte| number << 7 | usize::from(byte & 0x7f));
    Some((number, length))
}

/// Writes a number in LEB128.
pub(crate) fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// As a signed one, whose last byte's upper bit says that it is negative.
fn push_signed(out: &mut Vec<u8>, number: u32) {
    let mut number = number as usize;
    while number > 0x3f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of three functions and a table, with these segments.
    fn module(segments: &[&[u8]]) -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.extend([1, 4, 1, 0x60, 0, 0]);
        bytes.extend([3, 4, 3, 0, 0, 0]);
        bytes.extend([4, 5, 1, 0x70, 0, 0xc8, 1]);
        let content: Vec<u8> = [&[segments.len() as u8][..], &segments.concat()].concat();
        bytes.extend([ELEMENTS, content.len() as u8]);
        bytes.extend(content);
        bytes.extend([10, 10, 3, 2, 0, 0x0b, 2, 0, 0x0b, 2, 0, 0x0b]);
        bytes
    }

    fn table(bytes: &[u8]) -> Vec<(u32, Vec<u32>)> {
        let all = Parser::new(0).parse_all(bytes);
        let found = all.filter_map(|payload| match payload {
            Ok(Payload::ElementSection(section)) => Some(section),
            _ => None,
        });
        let section = found.last().expect("there is one");
        runs(section).expect("it can be read").into_iter().map(|run| (run.from, run.functions)).collect()
    }

    #[test]
    fn what_holds_nothing_goes_and_what_touches_is_one() {
        let before = module(&[
            &[0, 0x41, 3, 0x0b, 1, 2],
            // Two places with nothing, and one with a function.
            &[4, 0x41, 4, 0x0b, 3, 0xd0, 0x70, 0x0b, 0xd0, 0x70, 0x0b, 0xd2, 1, 0x0b],
            &[0, 0x41, 1, 0x0b, 2, 0, 1],
            &[0, 0x41, 0xc0, 0, 0x0b, 1, 1],
            &[4, 0x41, 0xc1, 0, 0x0b, 1, 0xd0, 0x70, 0x0b],
        ]);
        let after = tidied(&before).expect("it can be read");
        assert_eq!(table(&after), [(1, vec![0, 1, 2]), (6, vec![1]), (64, vec![1])]);
        assert!(after.len() < before.len());
        assert_eq!(tidied(&after).expect("it can be read again"), after);
    }

    #[test]
    fn a_place_that_is_filled_twice_is_refused() {
        assert!(tidied(&module(&[&[0, 0x41, 1, 0x0b, 2, 0, 1], &[0, 0x41, 2, 0x0b, 1, 2]])).is_err());
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for number in [0, 1, 63, 64, 127, 128, 8191, 8192, 1_000_000] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, number);
            assert_eq!(number_at(&bytes), Some((number, bytes.len())));
        }
    }
}
