//! What each file's bytes are, by their hash: for `integrity` in a page, and for whoever wants to know that a copy is ours.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use super::json::Json;

/// `{file: "sha384-…"}` of what browsers fetch.
pub(super) fn of(package: &Path) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(package).with_context(|| format!("reading {}", package.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js") || name.ends_with(".wasm") {
            names.push(name);
        }
    }
    names.sort();
    let mut hashes = Vec::new();
    for name in names {
        let bytes = fs::read(package.join(&name)).with_context(|| format!("reading {name}"))?;
        let hash = Json::text(&format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes))));
        hashes.push((name, hash));
    }
    Ok(Json::Object(hashes).file())
}
