//! `cargo xtask rules`: whether files import only what they may (`house.rs` says what that is).
//!
//! Each file is read from its crate's root on, without what is there in tests only, and every path in it is followed to the
//! file that defines what it names, through whatever hands it on. A method that is called by a dot is not seen.

mod circles;
mod house;
mod imports;
mod paths;
mod read;
mod resolve;
mod rooms;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod violation;

use std::{collections::BTreeMap, fmt, fs};

use anyhow::{Result, bail};

use crate::paths::Paths;
use circles::Circle;
use violation::{Rule, Violation};

/// Prints what is against the rules; anything fails the command.
pub(crate) fn run(paths: &Paths) -> Result<()> {
    let files = |path: &str| fs::read_to_string(paths.root.join(path)).ok();
    let found = check(&files)?;
    println!("{found}");
    if found.is_nothing() {
        return Ok(());
    }
    bail!(
        "the house's rules are broken\n  remedy: move what two files need of one another to a third, below both; what each \
         room may know is in xtask/src/rules/house.rs"
    );
}

/// What was found, by rule.
#[derive(Debug, Default)]
struct Findings {
    violations: Vec<Violation>,
    circles: Vec<Circle>,
    /// How many files were read.
    files: usize,
}

/// Checks every crate that is there.
fn check(files: read::Files<'_>) -> Result<Findings> {
    let mut found = Findings::default();
    for folder in house::FOLDERS {
        let roots = ["lib.rs", "main.rs"].map(|root| format!("{folder}/{root}"));
        for root in roots.iter().filter(|root| files(root).is_some()) {
            let tree = read::read(files, root)?;
            found.files += tree.files.len();
            if folder == house::WIDGET {
                found.violations.extend(rooms::check(&tree));
            }
            found.circles.extend(circles::find(&tree));
        }
    }
    found.violations.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    found.violations.dedup();
    Ok(found)
}

impl Findings {
    fn is_nothing(&self) -> bool {
        self.violations.is_empty() && self.circles.is_empty()
    }

    fn count(&self, rule: Rule) -> usize {
        self.violations.iter().filter(|violation| violation.rule == rule).count()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.violations.iter().try_for_each(|violation| writeln!(f, "{violation}"))?;
        self.circles.iter().try_for_each(|circle| write!(f, "{circle}"))?;
        let in_circles: usize = self.circles.iter().map(|circle| circle.files.len()).sum();
        write!(
            f,
            "{} files: {} imports that point up, {} of crates that their room does without, {} circles with {in_circles} files",
            self.files,
            self.count(Rule::Rooms),
            self.count(Rule::Crates),
            self.circles.len()
        )?;
        // By room: lines against its rules, and files in circles.
        let mut rooms = BTreeMap::<String, (usize, usize)>::new();
        for violation in &self.violations {
            rooms.entry(room(&violation.file)).or_default().0 += 1;
        }
        for file in self.circles.iter().flat_map(|circle| &circle.files) {
            rooms.entry(room(file)).or_default().1 += 1;
        }
        rooms.into_iter().try_for_each(|(room, (lines, circles))| {
            write!(f, "\n  {room:<16}{lines:>4} lines{circles:>5} files in circles")
        })
    }
}

/// The first two folders of a file's path, or the one that there is.
fn room(file: &str) -> String {
    let folders = file.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').take(2).collect::<Vec<_>>().join("/") + "/"
}
