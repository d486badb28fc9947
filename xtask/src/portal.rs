//! The release portal in `dist/`: trunk's build and the hook that makes it one artifact with the npm package.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    built, exec, glue, names,
    optimize::{optimize, prune},
    paths::{MODULE, Paths, WASM},
    say, shell, split, stamp,
};

/// The hand-written entry module, which imports [`GLUE`] and [`CSS`].
const ENTRY: &str = "src/element/instant-card.js";
/// The name by which the entry module imports wasm-bindgen's glue.
const GLUE: &str = "instant-card-glue";
/// The name by which it is imported, and the file that loads the later WASM files.
const CHUNKS: (&str, &str) = ("instant-card-chunks", "src/element/chunks.js");
/// The name by which it imports the sign-in form that is there before Rust, and the file.
const EARLY: (&str, &str) = ("instant-card-early", "src/element/early.js");
/// The element's style sheet.
const STYLE: &str = "style/all.css";
/// Those of it that the first file needs, where the rest comes later.
const STYLE_AT_START: &str = "style/start.css";
/// The name by which the entry module imports its text.
const CSS: &str = "instant-card-css";
/// The browsers that the JavaScript is written for.
const TARGETS: &str = "--target=es2022,chrome123,firefox128,safari18";

/// Builds `dist/`, unless it is built of what there is.
pub(crate) fn build(paths: &Paths) -> Result<()> {
    let sources = built::sources(paths)?;
    if built::is_of(paths, sources) {
        say::doing("the release portal is built of these sources");
        return Ok(());
    }
    say::doing("building the release portal: trunk build --release --features split");
    exec::run(
        "building the release portal",
        exec::command(paths, "trunk")
            .args(["build", "--release", "--features=split"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags(paths)),
        "read the first error above; if a tool's version is the trouble, `cargo xtask setup`",
    )?;
    built::remember(paths, sources)
}

/// The compiler's flags. Where a panic was is told by a file's name: the folders of the machine that built it are nobody's business, and bytes.
fn flags(paths: &Paths) -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let crates = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let crates = crates.into_iter().flatten().flatten().map(|entry| entry.path());
    let hide = |folder: PathBuf| format!("--remap-path-prefix={}=", folder.display());
    let hidden = crates.chain([paths.root.clone()]).map(hide);
    // cargo takes them apart at the spaces. What the cut needs is not in the files that come of it.
    let flags = hidden.filter(|flag| !flag.contains(' ')).chain(["-Clink-args=--emit-relocs".to_owned()]);
    flags.collect::<Vec<_>>().join(" ")
}

/// trunk's `post_build` hook: bundles the entry module with the glue, and checks the page.
pub(crate) fn finish(paths: &Paths) -> Result<()> {
    let stage = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).context(
        "TRUNK_STAGING_DIR is not set: this command is trunk's hook\n  remedy: `trunk build`, or `cargo xtask demo`",
    )?;
    let release = env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let version = bundle(paths, &stage, release)?;
    let page = fs::read_to_string(stage.join("index.html")).context("reading the built index.html")?;
    if release && let Some(script) = inline_script(&page) {
        bail!("index.html has an inline script, which `script-src 'self'` forbids: {script}\n  remedy: make it a file");
    }
    if !page.contains(&format!("src=\"./{MODULE}\"")) {
        bail!("index.html does not load {MODULE}\n  remedy: see pattern_script in Trunk.toml");
    }
    if release {
        shell::finish(paths, &stage, &version)?;
    }
    Ok(())
}

/// Replaces the glue and its snippets in the staging folder by one module, and gives the build's version.
fn bundle(paths: &Paths, stage: &Path, release: bool) -> Result<String> {
    let (glue, css, module) = (stage.join("glue.js"), stage.join("element.css"), stage.join(MODULE));
    fs::rename(&module, &glue).context("moving wasm-bindgen's glue aside")?;
    let esbuild = |what: &str, entry: &Path, out: &Path, more: &[String]| {
        let mut esbuild = exec::command(paths, "esbuild");
        esbuild
            .arg(paths.root.join(entry))
            // A module is UTF-8 whatever its host says, and so are the style sheets, which are read as text.
            .args(["--bundle", "--charset=utf8", "--legal-comments=none", "--log-level=warning", TARGETS])
            .arg(format!("--outfile={}", out.display()))
            .args(more);
        if release {
            esbuild.arg("--minify");
        }
        let remedy = "read esbuild's message above; if esbuild is missing, `cargo xtask setup`";
        exec::run(what, &mut esbuild, remedy)
    };
    let change = |by: &dyn Fn(&str) -> Result<String>| {
        let text = fs::read_to_string(&glue).context("reading wasm-bindgen's glue")?;
        fs::write(&glue, by(&text)?).context("writing wasm-bindgen's glue")
    };
    let mut style = STYLE;
    let mut stamped = vec![stage.join(WASM)];
    if release {
        let compiled = paths.target.join("wasm32-unknown-unknown/release/instant_card.wasm");
        let compiled = fs::read(&compiled).with_context(|| format!("reading {}", compiled.display()))?;
        if split::wanted(&compiled) {
            let pieces = split::split(paths, &compiled)?;
            let copy = |from: &Path, to: &Path| {
                fs::copy(from, to).map(drop).with_context(|| format!("copying {}", from.display()))
            };
            copy(&pieces.glue.join(MODULE), &glue)?;
            copy(&pieces.glue.join(WASM), &stage.join(WASM))?;
            for (name, file) in &pieces.later {
                let to = stage.join(name);
                copy(file, &to)?;
                optimize(paths, &to)?;
                stamped.push(to);
            }
            for (name, style) in &pieces.styles {
                esbuild("bundling a style sheet", style, &css, &[])?;
                let text = fs::read_to_string(&css).context("reading a style sheet")?;
                stamp::add(&stage.join(name), "style", text.trim_end())?;
            }
            style = STYLE_AT_START;
        }
    }
    change(&glue::changed)?;
    if release {
        prune(paths, &stage.join(WASM), &glue)?;
        names::shorten(paths, &stage.join(WASM), &glue)?;
    }
    change(&glue::as_function)?;
    esbuild("bundling the style sheet", Path::new(style), &css, &[])?;
    stamped.sort();
    let of_ours = [ENTRY, CHUNKS.1, EARLY.1].map(|file| paths.root.join(file));
    let version = stamp::version(&[&stamped[..], &[glue.clone(), css.clone()], &of_ours].concat())?;
    stamped.iter().try_for_each(|file| stamp::add(file, "version", &version))?;
    let alias = |name: &str, file: &Path| format!("--alias:{name}={}", file.display());
    esbuild(
        "bundling the JavaScript",
        Path::new(ENTRY),
        &module,
        &[
            "--format=esm".to_owned(),
            "--loader:.css=text".to_owned(),
            format!("--define:VERSION=\"{version}\""),
            alias(GLUE, &glue),
            alias(CSS, &css),
            alias(CHUNKS.0, &paths.root.join(CHUNKS.1)),
            alias(EARLY.0, &paths.root.join(EARLY.1)),
        ],
    )?;
    for file in [&glue, &css] {
        fs::remove_file(file).with_context(|| format!("removing {}", file.display()))?;
    }
    let snippets = stage.join("snippets");
    if snippets.exists() {
        fs::remove_dir_all(snippets).context("removing the unbundled snippets")?;
    }
    Ok(version)
}

/// The first script element of a page that has its code inside, up to its first line.
fn inline_script(page: &str) -> Option<&str> {
    let lower = page.to_ascii_lowercase();
    let starts = lower.match_indices("<script").map(|(at, _)| at);
    starts.filter_map(|at| page.get(at..)).find_map(|rest| {
        let (tag, body) = rest.split_once('>')?;
        let code = body.split('<').next().unwrap_or_default().trim();
        let loads = tag.contains(" src=") || tag.contains("application/ld+json");
        (!loads && !code.is_empty()).then(|| rest.lines().next().unwrap_or(rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_found() {
        assert_eq!(inline_script("<p><script type=\"module\" src=\"./a.js\"></script>"), None);
        assert_eq!(inline_script("<script>go()</script>"), Some("<script>go()</script>"));
        assert_eq!(inline_script("<script src=\"a.js\"></script><SCRIPT>\nlet a;\n</SCRIPT>"), Some("<SCRIPT>"));
    }
}
