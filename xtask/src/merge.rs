//! Several pieces of the WebAssembly as one.
//!
//! The splitter knows who reaches what, but not who comes after whom: what two pieces share becomes a piece of its own, also
//! where one of them is always there before the other. Put together, they compress better, and are one request.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{exec, optimize::FEATURES, paths::Paths};

/// Writes `pieces` into `out` as one. None of them imports from another: what is shared lies in the first file.
pub(crate) fn merge(paths: &Paths, pieces: &[PathBuf], out: &Path) -> Result<()> {
    let (both, text) = (out.with_extension("both"), out.with_extension("wat"));
    let remedy = "if the program is missing, `cargo xtask setup`";
    // In between, each piece has its own import of the one memory.
    let tool = |name: &str| {
        let mut tool = exec::command(paths, name);
        // With the names, which the release leaves out again: the list of what is large wants them.
        tool.args(FEATURES).arg("-g");
        tool
    };
    let mut merge = tool("wasm-merge");
    for (number, piece) in pieces.iter().enumerate() {
        merge.arg(piece).arg(format!("piece{number}"));
    }
    merge.args(["--enable-multimemory", "--rename-export-conflicts", "-o"]).arg(&both);
    exec::run("putting pieces together", &mut merge, remedy)?;
    let mut read = exec::command(paths, "wasm-dis");
    exec::run("reading them", read.args(FEATURES).arg("--enable-multimemory").arg(&both).arg("-o").arg(&text), remedy)?;
    let joined = join(&fs::read_to_string(&text).context("reading the pieces as text")?);
    fs::write(&text, joined).context("writing the pieces as text")?;
    exec::run("writing them as one", tool("wasm-as").arg(&text).arg("-o").arg(out), remedy)?;
    for file in [&both, &text] {
        fs::remove_file(file).with_context(|| format!("removing {}", file.display()))?;
    }
    Ok(())
}

/// `text` with one import in place of each several of the same thing.
fn join(text: &str) -> String {
    let mut known: HashMap<&str, &str> = HashMap::new();
    let mut renamed: HashMap<&str, &str> = HashMap::new();
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        if let Some((what, name)) = import(line) {
            if let Some(first) = known.get(what) {
                renamed.insert(name, first);
                continue;
            }
            known.insert(what, name);
        }
        kept.push_str(line);
        kept.push('\n');
    }
    rename(&kept, &renamed)
}

/// What a line imports, and by which name it is known: ` (import "module" "name" (memory $mimport$0 18))`.
fn import(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(" (import ")?;
    let (what, rest) = rest.split_once(" (")?;
    let name = rest.split_whitespace().nth(1)?.trim_end_matches(')');
    Some((what, name))
}

fn rename(text: &str, names: &HashMap<&str, &str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        out.push_str(&rest[..start]);
        let end = rest[start..]
            .find(|letter: char| letter.is_whitespace() || letter == ')' || letter == '(')
            .map_or(rest.len(), |length| start + length);
        let name = &rest[start..end];
        out.push_str(names.get(name).unwrap_or(&name));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn the_same_import_is_there_once() {
        let two = "(module\n (import \"a\" \"memory\" (memory $mimport$0 18))\n (import \"a\" \"memory\" (memory $mimport$1 18))\n \
                   (import \"a\" \"f\" (func $fimport$1 (param i32)))\n (data $0 (memory $mimport$1) \"$mimport$1\")\n (call $fimport$1)\n)\n";
        let one = "(module\n (import \"a\" \"memory\" (memory $mimport$0 18))\n \
                   (import \"a\" \"f\" (func $fimport$1 (param i32)))\n (data $0 (memory $mimport$0) \"$mimport$1\")\n (call $fimport$1)\n)\n";
        assert_eq!(join(two), one);
    }
}
