//! The cut of the widget's WebAssembly in files that are fetched when they are needed.
//!
//! The compiler is told to keep its relocations, by which the splitter finds what can be reached from a split point only
//! (see `src/view/cards.rs`). wasm-bindgen then works on the first file alone: the others reach JavaScript through it.

use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasmparser::{Parser, Payload};

use crate::{
    allocator, exec, merge,
    paths::{Paths, WASM},
    say, streams,
};

/// The module from which the first file imports what loads the others.
const LOADERS: &str = "./__wasm_split.js";
/// The module from which the others import what they use of the first.
const SHARED: &str = "__wasm_split";
/// The stem of the first piece before wasm-bindgen.
const FIRST: &str = "first";
/// Split points, each with those that come after it: nobody goes to the photo screen or to the cart but from what is behind
/// the sign-in form, and the books are fetched when the desk is there. Whether what several of those after it share, and it does not
/// use itself, is put into it too: a request less where most people go to several of them.
const BEFORE: [(&str, &[&str], bool); 2] = [
    (
        "cards",
        &[
            "studio", "trail", "desk", "books", "ending", "kiosk", "terms", "given", "extras", "setup", "gateway",
            "people", "register", "lists",
        ],
        false,
    ),
    ("desk", &["books", "ending", "people", "register", "lists"], true),
];
/// Points that come together: at a kiosk one's photo is taken with the camera, so that what the two share is the studio's. A page's
/// own words come before the sign-in form, and bring what is behind it, since who has none is not to pay for what the two share; so with what is said of bad attributes.
const TOGETHER: [(&str, &str); 3] = [("kiosk", "studio"), ("extras", "cards"), ("setup", "cards")];
/// What is fetched by everybody right after the first screen, so that what it shares with others costs nobody anything there: they ask
/// for it too, in case it has not come.
const BY_EVERYBODY: &str = "trail";
/// The stem of what is left that several have in common.
const REST: &str = "chunk";
/// What the name of such a loader begins with; the split point's name follows.
const LOADER: &str = "__wasm_split_load_";

/// The first file with its glue, and those that come later.
#[derive(Debug)]
pub(crate) struct Pieces {
    /// The folder with `instant-card.js` and `instant-card_bg.wasm`, as wasm-bindgen wrote them.
    pub(crate) glue: PathBuf,
    /// Name in the release, and where it is now.
    pub(crate) later: Vec<(String, PathBuf)>,
    /// The style sheets that come with them: in which of them each has its place, and where it is now.
    pub(crate) styles: Vec<(String, PathBuf)>,
}

/// Whether the compiler's output has split points (the feature `split`).
pub(crate) fn wanted(compiled: &[u8]) -> bool {
    compiled.windows(LOADER.len()).any(|window| window == LOADER.as_bytes())
}

/// Cuts the compiler's output, and runs wasm-bindgen on the first piece.
pub(crate) fn split(paths: &Paths, compiled: &[u8]) -> Result<Pieces> {
    say::doing("splitting the WebAssembly");
    let folder = folder(paths);
    if folder.exists() {
        fs::remove_dir_all(&folder).context("emptying the folder of the pieces")?;
    }
    fs::create_dir_all(&folder).context("creating the folder of the pieces")?;
    let (first, glue) = (folder.join(FIRST).with_extension("wasm"), folder.join("glue"));
    let compiled = streams::left_out(compiled)?;
    let mut options = wasm_split_cli_support::Options::new(&compiled);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.link_name = LOADERS;
    let pieces = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}")).context(
        "splitting the WebAssembly\n  remedy: `cargo xtask package`, which keeps the compiler's relocations; trunk alone does not",
    )?;
    exec::run(
        "writing the glue",
        exec::command(paths, "wasm-bindgen")
            // The later files use the stack pointer and the function table, which wasm-bindgen would take out.
            .args(["--target=web", "--no-typescript", "--keep-lld-exports", "--no-demangle", "--out-name=instant-card"])
            .arg("--out-dir")
            .arg(&glue)
            .arg(&first),
        "read wasm-bindgen's message above; if it is missing or of another version, `cargo xtask setup`",
    )?;
    allocator::unite(&glue.join(WASM))?;
    // The splitter's names: the stem of each file that a split point needs, its own last.
    let mut points: Vec<(String, Vec<String>)> =
        pieces.prefetch_map.iter().map(|(point, stems)| (point.clone(), stems.clone())).collect();
    points.sort();
    let modules = put_together(paths, &mut points, pieces.split_modules)?;
    let script = glue.join("instant-card.js");
    let text = fs::read_to_string(&script).context("reading wasm-bindgen's glue")?;
    let (mut styles, mut list) = (Vec::new(), Vec::new());
    for (point, stems) in points {
        let style = paths.root.join("style").join(&point).with_extension("css");
        let files: Vec<String> = stems.iter().map(|stem| named(stem)).collect();
        if let Some(own) = files.last().filter(|_| style.is_file()) {
            styles.push((own.clone(), style));
        }
        list.push((point, files));
    }
    let mut shared = BTreeSet::new();
    for file in &modules {
        let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        shared.extend(imports(&bytes).with_context(|| format!("reading {}", file.display()))?);
    }
    fs::write(&script, with_loaders(&text, &list, &shared)?).context("writing the glue")?;
    let later = modules.into_iter().filter_map(|file| {
        let stem = file.file_stem()?.to_string_lossy().into_owned();
        Some((named(&stem), file))
    });
    Ok(Pieces { glue, later: later.collect(), styles })
}

/// Makes one piece of what a split point has in common with those that come after it alone, and takes it out of what these
/// ask for; then one of what is left that several have in common. Returns the pieces that there are then.
fn put_together(paths: &Paths, points: &mut [(String, Vec<String>)], modules: Vec<PathBuf>) -> Result<Vec<PathBuf>> {
    let modules = BEFORE
        .iter()
        .try_fold(modules, |modules, (point, after, takes)| join(paths, points, modules, point, after, *takes))?;
    let modules = TOGETHER
        .iter()
        .try_fold(modules, |modules, (after, before)| join(paths, points, modules, before, &[after], false))?;
    for (after, before) in TOGETHER {
        let own = points.iter().find(|(known, _)| known == before).and_then(|(_, needs)| needs.last().cloned());
        if let Some(own) = own
            && let Some((_, needs)) = points.iter_mut().find(|(known, _)| known == after)
        {
            needs.insert(0, own);
        }
    }
    let modules = take_shared(paths, points, modules, BY_EVERYBODY)?;
    let owns: Vec<String> = points.iter().filter_map(|(_, needs)| needs.last().cloned()).collect();
    let (rest, mut modules): (Vec<PathBuf>, Vec<PathBuf>) =
        modules.into_iter().partition(|file| !owns.contains(&stem_of(file)));
    if rest.len() < 2 {
        modules.extend(rest);
        return Ok(modules);
    }
    modules.push(one_of(paths, rest, REST)?);
    for (_, needs) in points {
        let has_rest = needs.iter().any(|stem| !owns.contains(stem));
        needs.retain(|stem| owns.contains(stem));
        if has_rest {
            needs.insert(0, REST.to_owned());
        }
    }
    Ok(modules)
}

/// Puts what a split point shares with any other into its own piece, for which these ask then.
fn take_shared(
    paths: &Paths,
    points: &mut [(String, Vec<String>)],
    modules: Vec<PathBuf>,
    taker: &str,
) -> Result<Vec<PathBuf>> {
    let owns: Vec<String> = points.iter().filter_map(|(_, needs)| needs.last().cloned()).collect();
    let Some((_, needs)) = points.iter_mut().find(|(point, _)| point == taker) else { return Ok(modules) };
    let Some(own) = needs.last().cloned() else { return Ok(modules) };
    let taken: Vec<String> = needs.iter().filter(|stem| !owns.contains(stem)).cloned().collect();
    needs.retain(|stem| owns.contains(stem));
    for (_, needs) in points.iter_mut().filter(|(point, _)| point != taker) {
        if needs.iter().any(|stem| taken.contains(stem)) {
            needs.retain(|stem| !taken.contains(stem));
            needs.insert(0, own.clone());
        }
    }
    let (one, mut rest): (Vec<PathBuf>, Vec<PathBuf>) = modules.into_iter().partition(|file| {
        let stem = stem_of(file);
        stem == own || taken.contains(&stem)
    });
    rest.push(one_of(paths, one, &own)?);
    Ok(rest)
}

/// Puts pieces together into one of this stem.
fn one_of(paths: &Paths, mut pieces: Vec<PathBuf>, stem: &str) -> Result<PathBuf> {
    // Always in the same order, so that the same source makes the same file; the point's own first, by which it is a little
    // smaller.
    pieces.sort_by_key(|file| (stem_of(file) != stem, file.clone()));
    let out = folder(paths).join(stem).with_extension("wasm");
    if pieces.len() > 1 {
        merge::merge(paths, &pieces, &out)?;
        pieces.iter().filter(|file| **file != out).try_for_each(fs::remove_file).context("removing a piece")?;
    }
    Ok(out)
}

fn stem_of(file: &std::path::Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn join(
    paths: &Paths,
    points: &mut [(String, Vec<String>)],
    modules: Vec<PathBuf>,
    before: &str,
    after: &[&str],
    takes: bool,
) -> Result<Vec<PathBuf>> {
    let Some((_, stems)) = points.iter().find(|(point, _)| point == before) else { return Ok(modules) };
    let is_elsewhere = |stem: &String| {
        let others = points.iter().filter(|(point, _)| point != before && !after.contains(&point.as_str()));
        others.into_iter().any(|(_, needs)| needs.contains(stem))
    };
    let mut stems: Vec<String> = stems.iter().filter(|stem| !is_elsewhere(stem)).cloned().collect();
    if takes {
        let owns: Vec<&String> = points.iter().filter_map(|(_, needs)| needs.last()).collect();
        let needed = points.iter().filter(|(point, _)| after.contains(&point.as_str())).flat_map(|(_, needs)| needs);
        let shared: BTreeSet<String> =
            needed.filter(|stem| !owns.contains(stem) && !stems.contains(stem)).cloned().collect();
        stems.splice(0..0, shared.into_iter().filter(|stem| !is_elsewhere(stem)));
    }
    let Some(own) = stems.last().cloned() else { return Ok(modules) };
    let (one, mut rest): (Vec<PathBuf>, Vec<PathBuf>) =
        modules.into_iter().partition(|file| stems.contains(&stem_of(file)));
    rest.push(one_of(paths, one, &own)?);
    for (point, needs) in points {
        needs.retain(|stem| !stems.contains(stem) || (point == before && *stem == own));
    }
    Ok(rest)
}

fn folder(paths: &Paths) -> PathBuf {
    paths.target.join("instant-card-split")
}

/// What a piece is called in the release.
fn named(stem: &str) -> String {
    format!("instant-card-{}.wasm", stem.trim_start_matches("split_"))
}

/// The pieces of the last release build before they are optimized: names in the release, and where they are.
pub(crate) fn pieces(paths: &Paths) -> Result<Vec<(String, PathBuf)>> {
    let mut pieces = vec![(WASM.to_owned(), folder(paths).join("glue").join(WASM))];
    for entry in fs::read_dir(folder(paths)).context("reading the pieces\n  remedy: `cargo xtask package` first")? {
        let file = entry?.path();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if file.extension().is_some_and(|end| end == "wasm") && stem != FIRST {
            pieces.push((named(&stem), file));
        }
    }
    Ok(pieces)
}

/// What a later file uses of the first.
fn imports(wasm: &[u8]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                if import.module != SHARED {
                    bail!("it imports {} from {}, where only {SHARED} is known", import.name, import.module);
                }
                names.push(import.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// `glue` with what loads the later files, in place of its import of it.
fn with_loaders(glue: &str, points: &[(String, Vec<String>)], shared: &BTreeSet<String>) -> Result<String> {
    let mut text = String::from("import { part } from \"instant-card-chunks\";\n");
    let mut placed = false;
    for line in glue.lines() {
        if line.contains(&format!("\"{LOADERS}\"")) {
            // Its import, and its place among the imports of the WASM, where the loaders stand by name instead.
            continue;
        }
        let _ = writeln!(text, "{line}");
        if line.trim() == "const import0 = {" {
            placed = true;
            for (point, _) in points {
                let _ = writeln!(text, "        {LOADER}{point}: (a, b) => load_{point}(a, b),");
            }
        }
    }
    if !placed || text.contains(LOADERS) {
        bail!("wasm-bindgen's glue is not of the known form\n  remedy: see `with_loaders` in xtask/src/split.rs");
    }
    let members: String = shared.iter().map(|name| format!("{name}: wasm.{name}, ")).collect();
    // Of this first file: after a panic there is another one.
    text.push_str("const started = new Map();\n");
    let _ = writeln!(text, "const shared = () => ({{ {SHARED}: {{ {members}}} }});");
    let table = "wasm.__indirect_function_table.get(callback)";
    let _ = writeln!(text, "const answer = (callback, data, there) => {table}(data, there);");
    for (point, files) in points {
        // Written out in this way, bundlers find the files and put their own addresses in place of them.
        let file = |name: &String| format!("new URL(\"./{name}\", import.meta.url)");
        let files: Vec<String> = files.iter().map(file).collect();
        let files = files.join(", ");
        let _ = writeln!(text, "const load_{point} = part(\"{point}\", [{files}], started, shared, answer);");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import * as import1 from \"./__wasm_split.js\"\nfunction imports() {\n    const import0 = {\n        \
        a: b,\n    };\n    return {\n        \"./x_bg.js\": import0,\n        \"./__wasm_split.js\": import1,\n    };\n}\n";

    #[test]
    fn the_loaders_take_the_place_of_the_import() {
        let points = [("cards".to_owned(), vec!["0.wasm".to_owned(), "cards.wasm".to_owned()])];
        let shared = BTreeSet::from(["memory".to_owned()]);
        let text = with_loaders(GLUE, &points, &shared).expect("the form is known");
        assert!(!text.contains("__wasm_split.js") && !text.contains("import1"), "{text}");
        assert!(text.contains("__wasm_split_load_cards: (a, b) => load_cards(a, b),\n        a: b,"), "{text}");
        assert!(
            text.contains(
                "const load_cards = part(\"cards\", [new URL(\"./0.wasm\", import.meta.url), \
                 new URL(\"./cards.wasm\", import.meta.url)], started, shared, answer);"
            ),
            "{text}"
        );
        assert!(text.contains("{ __wasm_split: { memory: wasm.memory, } }"), "{text}");
    }

    #[test]
    fn glue_of_another_form_is_refused() {
        assert!(with_loaders("const imports = {};", &[], &BTreeSet::new()).is_err());
    }

    #[test]
    fn only_a_build_with_split_points_is_split() {
        assert!(wanted(b"\0asm ... __wasm_split_load_cards ..."));
        assert!(!wanted(b"\0asm"));
    }
}
