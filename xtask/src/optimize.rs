//! What wasm-opt does to each of our WASM files.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{exec, paths::Paths};

/// What our WASM uses, and every browser that we support has. wasm-opt must not write it down in ways that came later.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The level. Fewer, somewhat larger functions start sooner than more and smaller ones: a browser compiles each function
/// when it is first called, and has a fixed cost for it.
pub(crate) const LEVEL: &str = "-O3";

/// A wasm-opt that optimizes `wasm` in place and takes the names out.
pub(crate) fn optimizer(paths: &Paths, wasm: &Path) -> Command {
    let mut command = exec::command(paths, "wasm-opt");
    command.arg(LEVEL).args(FEATURES).args(["--strip-debug", "--strip-producers"]).arg(wasm).arg("-o").arg(wasm);
    command
}

/// Optimizes `wasm` in place.
pub(crate) fn optimize(paths: &Paths, wasm: &Path) -> Result<()> {
    let remedy = "if wasm-opt is missing, `cargo xtask setup`";
    exec::run("optimizing the WASM", &mut optimizer(paths, wasm), remedy)
}
