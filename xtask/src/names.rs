//! Short names between the WASM and its glue.
//!
//! wasm-bindgen names each import after what it does and a hash, some forty bytes that do not compress, once in the WASM
//! and once in the JavaScript. Nobody but the two of them reads these names.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{exec, optimize::optimizer, paths::Paths, table};

/// Optimizes `wasm`, renames what it imports and exports, and writes the same into `glue`.
pub(crate) fn shorten(paths: &Paths, wasm: &Path, glue: &Path) -> Result<()> {
    let mut optimize = optimizer(paths, wasm);
    optimize.arg("--minify-imports-and-exports-and-modules");
    let map = exec::output("optimizing the WASM, and shortening its names", &mut optimize)?;
    table::tidy(wasm)?;
    let text = fs::read_to_string(glue).context("reading wasm-bindgen's glue")?;
    fs::write(glue, rename(&text, &map)).context("writing wasm-bindgen's glue")
}

/// `glue` with the names that `map` tells: lines of `["module", "old", "new"]` for imports, `["old", "new"]` for exports.
fn rename(glue: &str, map: &str) -> String {
    let mut glue = glue.to_owned();
    for line in map.lines() {
        let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        match quoted[..] {
            [module, old, new] => {
                glue = glue.replace(&format!(" {old}: "), &format!(" \"{new}\": "));
                // The modules all become one, of this name.
                glue = glue.replace(&format!("\"{module}\""), "\"a\"");
            }
            [old, new] => {
                for end in ['(', '.', ',', ';', ')', ' ', '['] {
                    glue = glue.replace(&format!("wasm.{old}{end}"), &format!("wasm.{new}{end}"));
                }
            }
            _ => {}
        }
    }
    glue
}

#[cfg(test)]
mod tests {
    use super::rename;

    #[test]
    fn imports_and_exports_are_renamed_and_nothing_that_begins_like_them() {
        let map = "{\n \"imports\": [\n  [\"./x_bg.js\", \"__wbg_get_0a\", \"$\"]\n ],\n \"exports\": [\n  [\"get\", \"b\"],\n  [\"memory\", \"c\"]\n ]\n}\n";
        let glue = "return { \"./x_bg.js\": { __wbg_get_0a: function(a) { return wasm.get(a) + wasm.get_more(a); } } };\nwasm.memory.buffer;\n";
        assert_eq!(
            rename(glue, map),
            "return { \"a\": { \"$\": function(a) { return wasm.b(a) + wasm.get_more(a); } } };\nwasm.c.buffer;\n"
        );
    }
}
