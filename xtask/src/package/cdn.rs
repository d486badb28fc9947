//! `cdn/`: the form for pages without a bundler. One script tag is all; the later files lie beside the script, and their names
//! carry the build, so that a host may let browsers keep them for ever, and no file of one build is ever taken for another's.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::integrity;
use crate::{paths::MODULE, stamp};

/// Makes `cdn/` of the files that lie in `package`.
pub(super) fn make(package: &Path) -> Result<()> {
    let to = package.join("cdn");
    fs::create_dir_all(&to).context("creating target/npm/cdn")?;
    let mut module = read(&package.join(MODULE))?;
    let mut version = None;
    for entry in fs::read_dir(package).with_context(|| format!("reading {}", package.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".wasm") else { continue };
        let from = package.join(&name);
        let of = stamp::version_in(&from)?;
        let hashed = format!("{stem}-{of}.wasm");
        let (before, after) = (format!("./{name}"), format!("./{hashed}"));
        if !module.contains(&before) {
            bail!("{MODULE} does not name {name}");
        }
        module = module.replace(&before, &after);
        fs::copy(&from, to.join(&hashed)).with_context(|| format!("copying {name}"))?;
        version = Some(of);
    }
    let version = version.context("there is no WASM in the package")?;
    // The one is asked for anew and finds the newest build, the other may be named with its hash and kept.
    for name in [MODULE.to_owned(), hashed_module(&version)] {
        fs::write(to.join(&name), &module).with_context(|| format!("writing target/npm/cdn/{name}"))?;
    }
    fs::write(to.join("integrity.json"), integrity::of(&to)?).context("writing target/npm/cdn/integrity.json")
}

/// The module's name that belongs to one build.
fn hashed_module(version: &str) -> String {
    MODULE.replace(".js", &format!("-{version}.js"))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}
