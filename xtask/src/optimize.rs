//! What wasm-opt does to each of our WASM files.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

use crate::{exec, paths::Paths, table};

/// What our WASM uses, and every browser that we support has. wasm-opt must not write it down in ways that came later.
pub(crate) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How far it goes. Fewer, somewhat larger functions start sooner than more and smaller ones: a browser compiles each
/// function when it is first called, and has a fixed cost for it. But a large one that is called from one place stays by
/// itself: functions of few variables are told in less than one of many. (Of 24 settings tried, these are the smallest in brotli.) For the same reason what is computed twice is not
/// kept in a variable. Below the first kilobyte, where the stack would end, nothing is ever kept, so that an address and
/// what is added to it are one instruction.
pub(crate) const LEVEL: [&str; 6] = [
    "-O3",
    "--converge",
    "--one-caller-inline-max-function-size=20",
    "--flexible-inline-max-function-size=10",
    "--skip-pass=local-cse",
    "--low-memory-unused",
];

/// What no browser reads.
const STRIPPED: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/// A wasm-opt that optimizes `wasm` in place and takes out what no browser reads.
pub(crate) fn optimizer(paths: &Paths, wasm: &Path) -> Command {
    let mut command = exec::command(paths, "wasm-opt");
    command.args(LEVEL).args(FEATURES).args(STRIPPED).arg(wasm).arg("-o").arg(wasm);
    command
}

/// Takes out what `wasm` exports and `glue` never asks for, and what only that needs: classes for streams that a library
/// brings along, and marks of the linker.
pub(crate) fn prune(paths: &Paths, wasm: &Path, glue: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let text = fs::read_to_string(glue).context("reading wasm-bindgen's glue")?;
    let mut kept = Vec::new();
    for payload in Parser::new(0).parse_all(&bytes) {
        if let Payload::ExportSection(exports) = payload? {
            for export in exports {
                let name = export?.name;
                if is_asked_for(name, &text) {
                    kept.push(name.to_owned());
                }
            }
        }
    }
    let graph = wasm.with_extension("json");
    fs::write(&graph, reachable(&kept)).context("writing down what is kept")?;
    exec::output(
        "taking out unused exports",
        exec::command(paths, "wasm-metadce")
            .args(FEATURES)
            .arg(wasm)
            .arg("-o")
            .arg(wasm)
            .arg("--graph-file")
            .arg(&graph),
    )?;
    fs::remove_file(&graph).context("removing the list of what is kept")
}

/// Whether the glue names an export, other than in a class that nobody makes (the bundler drops that one).
fn is_asked_for(name: &str, glue: &str) -> bool {
    !name.contains("intounderlying") && glue.contains(&format!("wasm.{name}"))
}

/// The exports as wasm-metadce wants to be told of them.
fn reachable(exports: &[String]) -> String {
    let names: Vec<String> = exports.iter().map(|name| format!("\"{name}\"")).collect();
    let nodes = exports.iter().map(|name| format!(",{{\"name\":\"{name}\",\"export\":\"{name}\"}}"));
    format!("[{{\"name\":\"page\",\"root\":true,\"reaches\":[{}]}}{}]", names.join(","), nodes.collect::<String>())
}

/// Optimizes `wasm` in place.
pub(crate) fn optimize(paths: &Paths, wasm: &Path) -> Result<()> {
    let remedy = "if wasm-opt is missing, `cargo xtask setup`";
    exec::run("optimizing the WASM", &mut optimizer(paths, wasm), remedy)?;
    table::tidy(wasm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_glue_names_is_kept() {
        let glue = "wasm.get(1); class IntoUnderlyingSink { free() { wasm.__wbg_intounderlyingsink_free(0); } }";
        assert!(is_asked_for("get", glue));
        assert!(!is_asked_for("__wbg_intounderlyingsink_free", glue));
        assert!(!is_asked_for("__heap_base", glue));
        assert_eq!(
            reachable(&["a".to_owned(), "b".to_owned()]),
            r#"[{"name":"page","root":true,"reaches":["a","b"]},{"name":"a","export":"a"},{"name":"b","export":"b"}]"#
        );
    }
}
