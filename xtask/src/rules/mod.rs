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

use std::{collections::BTreeMap, fmt::Write, fs};

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

impl std::fmt::Display for Findings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.violations.iter().try_for_each(|violation| writeln!(f, "{violation}"))?;
        self.circles.iter().try_for_each(|circle| write!(f, "{circle}"))?;
        let in_circles: usize = self.circles.iter().map(|circle| circle.files.len()).sum();
        write!(
            f,
            "{} files: {} imports that point up, {} of crates that a room is without, {} circles with {in_circles} files",
            self.files,
            self.count(Rule::Rooms),
            self.count(Rule::Crates),
            self.circles.len()
        )?;
        let mut rooms = BTreeMap::<&str, usize>::new();
        for violation in &self.violations {
            *rooms.entry(violation.file.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default() += 1;
        }
        let mut text = String::new();
        for (folder, count) in rooms {
            write!(text, "\n{count:>6}  {folder}/")?;
        }
        f.write_str(&text)
    }
}
