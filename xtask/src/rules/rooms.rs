//! The rules of the widget's rooms: imports point down, and what is below knows no browser.

use std::collections::BTreeSet;

use super::{
    house::{Crates, ROOMS, WIDGET},
    resolve::Found,
    tree::{Form, Means, Mention, Tree},
    violation::{Rule, Violation},
};

/// Where a file of the widget is.
#[derive(Debug, Clone, Copy)]
enum Place<'a> {
    /// `lib.rs`, which has every room.
    Root,
    /// By its place in [`ROOMS`].
    Room(usize),
    /// Neither.
    Nowhere(&'a str),
}

fn place(file: &str) -> Place<'_> {
    let inside = file.strip_prefix(WIDGET).map_or(file, |inside| inside.trim_start_matches('/'));
    match inside.split_once('/') {
        None if inside == "lib.rs" => Place::Root,
        None => Place::Nowhere(inside),
        Some((folder, _)) => {
            ROOMS.iter().position(|room| room.name == folder).map_or(Place::Nowhere(folder), Place::Room)
        }
    }
}

/// What is against the rules of the rooms.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = homeless(tree);
    for mention in &tree.mentions {
        let file = tree.modules[mention.module].file;
        let Place::Room(here) = place(&tree.files[file]) else { continue };
        let found = tree.resolve(mention);
        let counted = is_counted_elsewhere(tree, mention);
        let mut say = |rule, why| {
            violations.push(Violation {
                rule,
                file: tree.files[file].clone(),
                line: mention.line,
                text: mention.text(),
                why,
            });
        };
        if !counted {
            for (file, above) in above(tree, &found, here) {
                let [here, above] = [here, above].map(|room| ROOMS[room].name);
                say(Rule::Rooms, format!("{above} is above {here} (it leads to {})", tree.files[file]));
            }
        }
        for crates in ROOMS[here].without {
            let leads =
                !counted && found.iter().any(|found| matches!(found, Found::Outside(name) if is_one(crates, name)));
            if leads || mention.path.iter().any(|name| is_one(crates, name)) {
                say(Rule::Crates, format!("{} knows no {}", ROOMS[here].name, crates.bring));
            }
        }
    }
    violations
}

fn is_one(crates: &Crates, name: &str) -> bool {
    crates.names.contains(&name)
}

/// The files that a path leads to in rooms above, one for each room.
fn above(tree: &Tree, found: &BTreeSet<Found>, here: usize) -> Vec<(usize, usize)> {
    let mut above: Vec<(usize, usize)> = Vec::new();
    for found in found {
        let file = match found {
            Found::Module(module) => tree.modules[*module].file,
            Found::Item(file) => *file,
            Found::Outside(_) => continue,
        };
        if let Place::Room(room) = place(&tree.files[file])
            && room < here
            && above.iter().all(|(_, known)| *known != room)
        {
            above.push((file, room));
        }
    }
    above
}

/// Whether a path starts with a name for whose `use` there is a message already: `App::new()` after `use crate::view::App`.
fn is_counted_elsewhere(tree: &Tree, mention: &Mention) -> bool {
    let ([first, _, ..], Form::Inline) = (&mention.path[..], mention.form) else { return false };
    let known = tree.modules[mention.module].names.get(first);
    known.into_iter().flatten().any(|name| {
        let Means::Path(path) = &name.means else { return false };
        let import = Mention { module: mention.module, line: 0, path: path.clone(), form: Form::Import };
        // Through a module, a path may lead elsewhere than the `use` does.
        tree.resolve(&import).iter().all(|found| !matches!(found, Found::Module(_)))
    })
}

/// Files and folders that are no room.
fn homeless(tree: &Tree) -> Vec<Violation> {
    let mut known = BTreeSet::new();
    let mut violations = Vec::new();
    for file in &tree.files {
        if let Place::Nowhere(name) = place(file)
            && known.insert(name)
        {
            let why = if name.ends_with(".rs") {
                format!("beside lib.rs, {WIDGET}/ has folders only")
            } else {
                format!("`{name}` is not in the list of rooms (xtask/src/rules/house.rs)")
            };
            violations.push(Violation { rule: Rule::Rooms, file: file.clone(), line: 1, text: name.to_owned(), why });
        }
    }
    violations
}
