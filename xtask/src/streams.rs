//! Classes for streams that a library brings along: Leptos' server functions, which are built with it, take them for uploads. No page is given
//! one. What is exported for them is taken out before the file is cut, so that the splitter leaves out what only they need; later it
//! could not be told from what is called through the function table.

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

use crate::table;

/// What is in the names of their methods, their descriptions, and what frees them.
const STREAMS: &str = "intounderlying";
/// The number of the section.
const EXPORTS: u8 = 7;

/// `compiled` without what is exported for these classes.
pub(crate) fn left_out(compiled: &[u8]) -> Result<Vec<u8>> {
    for payload in Parser::new(0).parse_all(compiled) {
        let Payload::ExportSection(section) = payload.context("reading the compiler's output")? else { continue };
        let range = usize::try_from(section.range().start)?..usize::try_from(section.range().end)?;
        let mut exports = Vec::new();
        for export in section.into_iter_with_offsets() {
            let (offset, export) = export?;
            exports.push((usize::try_from(offset)?, export.name));
        }
        let ends = exports.iter().skip(1).map(|(offset, _)| *offset).chain([range.end]);
        let (mut count, mut content) = (0, Vec::<u8>::new());
        for ((offset, name), end) in exports.iter().zip(ends) {
            if !name.contains(STREAMS) {
                count += 1;
                content.extend(&compiled[*offset..end]);
            }
        }
        let mut whole = Vec::new();
        table::push_number(&mut whole, count);
        whole.extend(content);
        return table::replaced(compiled, EXPORTS, range, &whole);
    }
    Ok(compiled.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn their_exports_are_gone_and_the_others_are_not() {
        let export = |name: &str, function: u8| [&[name.len() as u8], name.as_bytes(), &[0, function]].concat();
        let names = ["__wbg_intounderlyingsink_free", "widget_new", "intounderlyingsource_pull", "memory"];
        let module = |names: &[(&str, u8)]| {
            let mut exports = vec![names.len() as u8];
            names.iter().for_each(|(name, function)| exports.extend(export(name, *function)));
            let head = [b"\0asm\x01\0\0\0", &[1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0][..]].concat();
            [&head[..], &[7, exports.len() as u8], &exports, &[10, 4, 1, 2, 0, 0x0b]].concat()
        };
        let with = module(&[(names[0], 0), (names[1], 1), (names[2], 2), (names[3], 3)]);
        assert_eq!(left_out(&with).unwrap(), module(&[(names[1], 1), (names[3], 3)]));
        let without = module(&[]);
        assert_eq!(left_out(&without).unwrap(), without);
    }
}
