//! What is around the element in the portal: its page and the files of one build in a folder by the build's version, which any
//! cache may keep for ever; hashes of what the page names; and the service worker that keeps all of it.
//!
//! The same files also lie beside the page by the package's names, for pages that have the element by those.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::{
    exec,
    paths::{MODULE, Paths, WASM},
};

/// The page's own style sheet.
const STYLE: &str = "portal.css";
/// What registers the service worker, in the folder.
const OFFLINE: (&str, &str) = ("offline.js", "src/portal/offline.js");
/// What has the page's own language chosen, in the folder.
const PAGE: (&str, &str) = ("page.js", "src/portal/page.js");
/// The service worker, beside the page: what it may answer for is what is below it.
const WORKER: (&str, &str) = ("sw.js", "src/portal/sw.js");

/// The folder of a build's files, as the service worker and hosts' configurations know it.
fn folder(version: &str) -> String {
    format!("v-{version}")
}

/// Makes the portal of what lies in `stage`.
pub(crate) fn finish(paths: &Paths, stage: &Path, version: &str) -> Result<()> {
    let inside = stage.join(folder(version));
    fs::create_dir_all(&inside).with_context(|| format!("creating {}", inside.display()))?;
    for entry in fs::read_dir(stage).context("reading the built portal")? {
        let (file, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if name.to_string_lossy().starts_with("instant-card") {
            fs::copy(&file, inside.join(&name)).with_context(|| format!("copying {}", file.display()))?;
        }
    }
    fs::rename(stage.join(STYLE), inside.join(STYLE)).with_context(|| format!("moving {STYLE}"))?;
    let minify = |(name, source): (&str, &str), folder: &Path, more: &[String]| {
        let mut esbuild = exec::command(paths, "esbuild");
        esbuild
            .arg(paths.root.join(source))
            .args(["--minify", "--charset=utf8", "--log-level=warning", "--target=es2022"])
            .arg(format!("--outfile={}", folder.join(name).display()))
            .arg(format!("--define:VERSION=\"{version}\""))
            .args(more);
        exec::run(&format!("minifying {name}"), &mut esbuild, "read esbuild's message above")
    };
    // A page's own scripts share their names with every classic script: these have none of them.
    minify(OFFLINE, &inside, &["--format=iife".into()])?;
    minify(PAGE, &inside, &["--format=iife".into()])?;
    fs::remove_file(stage.join(PAGE.0)).with_context(|| format!("removing {}", PAGE.0))?;
    let page = stage.join("index.html");
    let text = fs::read_to_string(&page).context("reading the built index.html")?;
    let text = named(&text, version, &|name| hash(&inside.join(name)))?;
    fs::write(&page, text).context("writing index.html")?;
    let files = list(&inside)?.into_iter().map(|name| format!("{}/{name}", folder(version)));
    let hashes = files.map(|name| Ok(format!("\"{name}\":\"{}\"", hash(&stage.join(&name))?)));
    let hashes = hashes.collect::<Result<Vec<_>>>()?.join(",");
    minify(WORKER, stage, &[format!("--define:FILES={{{hashes}}}")])
}

/// The page with the names of the folder's files, their hashes, and what registers the service worker. A file that is fetched by
/// WebAssembly's own way has its build's version inside, and its hash in the service worker.
fn named(page: &str, version: &str, hash: &dyn Fn(&str) -> Result<String>) -> Result<String> {
    let folder = folder(version);
    let (module, style) = (hash(MODULE)?, hash(STYLE)?);
    let mut text = page.to_owned();
    let mut replace = |from: &str, to: &str| -> Result<()> {
        if !text.contains(from) {
            bail!("index.html has no {from}\n  remedy: see pattern_script and pattern_preload in Trunk.toml");
        }
        text = text.replacen(from, to, 1);
        Ok(())
    };
    let style_tag = page.split_once(&format!("href=\"./{STYLE}\"")).and_then(|(_, rest)| rest.split('>').next());
    replace(
        &format!("href=\"./{STYLE}\"{}>", style_tag.unwrap_or_default()),
        &format!("href=\"./{folder}/{STYLE}\" integrity=\"{style}\">"),
    )?;
    replace(
        &format!("src=\"./{MODULE}\"></script>"),
        &format!(
            "src=\"./{folder}/{MODULE}\" integrity=\"{module}\"></script>\n    <script defer src=\"./{folder}/{}\" integrity=\"{}\"></script>",
            OFFLINE.0,
            hash(OFFLINE.0)?
        ),
    )?;
    replace(
        &format!("src=\"./{}\" defer", PAGE.0),
        &format!("src=\"./{folder}/{}\" integrity=\"{}\" defer", PAGE.0, hash(PAGE.0)?),
    )?;
    replace(&format!("href=\"./{MODULE}\""), &format!("href=\"./{folder}/{MODULE}\" integrity=\"{module}\""))?;
    replace(&format!("href=\"./{WASM}\""), &format!("href=\"./{folder}/{WASM}\""))?;
    Ok(text)
}

/// The names in a folder, in their order.
fn list(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut names =
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// A file's hash, as pages name it.
fn hash(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes))))
}

/// The folder of the built portal's files.
pub(crate) fn built(dist: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(dist).ok()?.flatten().map(|entry| entry.path());
    entries
        .filter(|path| path.is_dir())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("v-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_files_of_one_build() {
        let page = concat!(
            "<link rel=\"stylesheet\" href=\"./portal.css\" integrity=\"sha384-old\"/>",
            "<script src=\"./page.js\" defer></script>",
            "<script type=\"module\" src=\"./instant-card.js\"></script>",
            "<link rel=\"modulepreload\" href=\"./instant-card.js\"><link rel=\"preload\" href=\"./instant-card_bg.wasm\" as=\"fetch\">",
        );
        let hash = |name: &str| Ok(format!("sha384-{name}"));
        let text = named(page, "0123abcd", &hash).unwrap();
        for tag in [
            "href=\"./v-0123abcd/portal.css\" integrity=\"sha384-portal.css\">",
            "<script type=\"module\" src=\"./v-0123abcd/instant-card.js\" integrity=\"sha384-instant-card.js\"></script>",
            "<script defer src=\"./v-0123abcd/offline.js\" integrity=\"sha384-offline.js\"></script>",
            "<script src=\"./v-0123abcd/page.js\" integrity=\"sha384-page.js\" defer></script>",
            "<link rel=\"modulepreload\" href=\"./v-0123abcd/instant-card.js\" integrity=\"sha384-instant-card.js\">",
            "href=\"./v-0123abcd/instant-card_bg.wasm\" as=\"fetch\"",
        ] {
            assert!(text.contains(tag), "{tag} in {text}");
        }
        assert!(!text.contains("old"), "{text}");
        assert!(named("<p>", "0123abcd", &hash).is_err());
    }
}
