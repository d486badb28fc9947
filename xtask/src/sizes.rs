//! What visitors download: raw, gzip and brotli sizes, and the budget.

use std::{fmt::Write, fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{exec, paths::Paths, shell};

/// JavaScript, WebAssembly and CSS up to a finalized card, in brotli: 140 KB, with the ways to the end of a card of one's own
/// and to a kiosk, which are files of their own.
pub(crate) const BUDGET: u64 = 140 * 1024;

/// When a visitor downloads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    First,
    SignedIn,
    Studio,
    Late,
    Desk,
    Books,
    Ending,
    People,
    Kiosk,
    Terms,
    Given,
    Extras,
    Setup,
    Gateway,
    Register,
    Lists,
    Kept,
}

impl When {
    const ALL: [When; 17] = [
        When::First,
        When::SignedIn,
        When::Studio,
        When::Late,
        When::Desk,
        When::Books,
        When::Ending,
        When::People,
        When::Kiosk,
        When::Terms,
        When::Given,
        When::Extras,
        When::Setup,
        When::Gateway,
        When::Register,
        When::Lists,
        When::Kept,
    ];

    fn of(name: &str) -> When {
        // What the two last parts share comes with whichever is first.
        if ["offline.js", "sw.js", "page.js"].contains(&name) {
            When::Kept
        } else if name.contains("studio") || name.contains("chunk") {
            When::Studio
        } else if name.contains("trail") {
            When::Late
        } else if name.contains("desk") {
            When::Desk
        } else if name.contains("books") {
            When::Books
        } else if name.contains("kiosk") {
            When::Kiosk
        } else if name.contains("terms") {
            When::Terms
        } else if name.contains("people") {
            When::People
        } else if name.contains("ending") {
            When::Ending
        } else if name.contains("given") {
            When::Given
        } else if name.contains("extras") {
            When::Extras
        } else if name.contains("setup") {
            When::Setup
        } else if name.contains("gateway") {
            When::Gateway
        } else if name.contains("register") {
            When::Register
        } else if name.contains("lists") {
            When::Lists
        } else if name.starts_with("instant-card-") {
            When::SignedIn
        } else {
            When::First
        }
    }

    fn title(self) -> &'static str {
        match self {
            When::First => "up to the sign-in form",
            When::SignedIn => "while one signs in",
            When::Studio => "with the photo screen",
            When::Late => "behind the first screen, waited for by nobody",
            When::Desk => "in a portal, behind the first screen",
            When::Ending => "behind the first screen, where a card of one's own goes into the cart or an order",
            When::Books => "with the orders, the account, or an order's review",
            When::People => "with the contacts and the saved addresses",
            When::Terms => "with the first form, where the page says what a photo is to be like, or what is agreed to",
            When::Kiosk => "in a kiosk, behind the first screen",
            When::Given => "where the page gives something for cards",
            When::Gateway => "with the first call to a gateway",
            When::Register => "in a portal, with all cards",
            When::Lists => "in a portal, right after that: how long lists are drawn",
            When::Kept => {
                "in the portal alone: its language, and once it is there, what has it start without a network"
            }
            When::Setup => "where an attribute cannot be used",
            When::Extras => {
                "where a page has words of its own (before the first screen), or something outlives a reload"
            }
        }
    }
}

/// One file's sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Size {
    /// The file's name.
    pub(crate) name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Node has both compressors; it is needed anyway.
const MEASURE: &str = "\
const zlib = require('node:zlib'), { readFileSync } = require('node:fs');
for (const file of process.argv.slice(1)) {
  const bytes = readFileSync(file), { BROTLI_PARAM_QUALITY: q, BROTLI_PARAM_SIZE_HINT: hint } = zlib.constants;
  const brotli = zlib.brotliCompressSync(bytes, { params: { [q]: 11, [hint]: bytes.length } });
  console.log(bytes.length, zlib.gzipSync(bytes, { level: 9 }).length, brotli.length);
}";

/// Measures the JavaScript, WebAssembly and CSS of a folder, in the order of their names.
pub(crate) fn measure(paths: &Paths, folder: &Path) -> Result<Vec<Size>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if [".js", ".wasm", ".css"].iter().any(|end| name.ends_with(end)) {
            names.push(name);
        }
    }
    names.sort();
    let inside = shell::built(folder).unwrap_or_else(|| folder.to_owned());
    let files = names.iter().map(|name| folder.join(name));
    // What the portal's page has beside them.
    let own =
        ["offline.js", "page.js", "portal.css"].map(|name| inside.join(name)).into_iter().filter(|file| file.exists());
    let files: Vec<_> = files.chain(own).collect();
    let names = files.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
    let printed =
        exec::output("measuring sizes", exec::command(paths, "node").args(["--eval", MEASURE, "--"]).args(&files))?;
    let sizes = names.zip(printed.lines()).map(|(name, line)| {
        let mut numbers = line.split(' ').map(str::parse);
        let mut next = || numbers.next().context("a number is missing")?.context("not a number");
        Ok(Size { name, raw: next()?, gzip: next()?, brotli: next()? })
    });
    sizes.collect::<Result<_>>().context("reading what node measured")
}

/// A table of the files in the order in which a visitor gets them, with sums.
pub(crate) fn table(sizes: &[Size]) -> String {
    let mut text = format!("{:<28}{:>10}{:>10}{:>10}\n", "bytes", "raw", "gzip -9", "brotli 11");
    for when in When::ALL {
        let files: Vec<Size> = sizes.iter().filter(|size| When::of(&size.name) == when).cloned().collect();
        if files.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}", when.title());
        for Size { name, raw, gzip, brotli } in files.iter().chain(&[sum("together", &files)]) {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "  {name:<26}{raw:>10}{gzip:>10}{brotli:>10}");
        }
    }
    let total = budgeted(sizes);
    let _ = write!(
        text,
        "up to a finalized card: {total} of {BUDGET} bytes in brotli, {:.1} % of the budget",
        percent(total)
    );
    text
}

/// Bytes in brotli of what the budget is for.
fn budgeted(sizes: &[Size]) -> u64 {
    sizes.iter().filter(|size| When::of(&size.name) < When::Studio).map(|size| size.brotli).sum()
}

/// Fails when the files are more than the budget.
pub(crate) fn check(sizes: &[Size]) -> Result<()> {
    let total = budgeted(sizes);
    if sizes.is_empty() {
        bail!("there is nothing to measure\n  remedy: `cargo xtask package`");
    }
    if total > BUDGET {
        bail!(
            "JavaScript, WebAssembly and CSS up to a finalized card are {total} bytes in brotli, {} over the budget of \
             {BUDGET}\n  remedy: `cargo xtask package --parts` lists what is large",
            total - BUDGET
        );
    }
    Ok(())
}

fn sum(name: &str, sizes: &[Size]) -> Size {
    let start = Size { name: name.to_owned(), raw: 0, gzip: 0, brotli: 0 };
    sizes.iter().fold(start, |sum, size| Size {
        name: sum.name,
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    })
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn percent(total: u64) -> f64 {
    total as f64 * 100.0 / BUDGET as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, brotli: u64) -> Size {
        Size { name: name.to_owned(), raw: brotli * 3, gzip: brotli * 2, brotli }
    }

    #[test]
    fn the_table_has_a_sum_for_each_step_of_the_way() {
        let text = table(&[
            size("instant-card.js", 10),
            size("instant-card_bg.wasm", BUDGET / 2 - 60),
            size("instant-card-cards.wasm", 50),
            size("instant-card-studio.wasm", 7),
        ]);
        let lines: Vec<&str> =
            text.lines().map(|line| line.trim_start().split(' ').next().unwrap_or_default()).collect();
        assert_eq!(
            lines,
            [
                "bytes",
                "up",
                "instant-card.js",
                "instant-card_bg.wasm",
                "together",
                "while",
                "instant-card-cards.wasm",
                "together",
                "with",
                "instant-card-studio.wasm",
                "together",
                "up"
            ]
        );
        let end = format!("{} of {BUDGET} bytes in brotli, 50.0 % of the budget", BUDGET / 2);
        assert!(text.ends_with(&end), "{text}");
    }

    #[test]
    fn the_budget_is_kept_to_the_byte() {
        assert!(check(&[size("a", BUDGET), size("instant-card-studio.wasm", 1)]).is_ok());
        assert!(check(&[size("a", BUDGET), size("instant-card-cards.wasm", 1)]).is_err());
        assert!(check(&[]).is_err());
    }
}
