//! Which file defines what a path names.

use std::collections::BTreeSet;

use super::tree::{Form, Means, Mention, Name, Tree};

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// A module of this crate.
    Module(usize),
    /// Something in a file of this crate.
    Item(usize),
    /// Something of another crate, or of the language.
    Outside(String),
}

/// The `use`s that are being followed, so that none is followed in a round.
type Followed<'a> = Vec<(usize, &'a Name, &'a str)>;

impl Tree {
    /// What a mention leads to; nothing for a word that is no import: one of the language, of the file itself, or one whose
    /// own `use` was counted before.
    pub(super) fn resolve(&self, mention: &Mention) -> BTreeSet<Found> {
        let mut followed = Vec::new();
        let scope = mention.module;
        match &mention.path[..] {
            [.., star] if star == "*" => {
                let path = &mention.path[..mention.path.len() - 1];
                // What all is taken from is needed itself.
                let mut found = self.walk(scope, path, &mut followed);
                for module in found.clone() {
                    if let Found::Module(module) = module {
                        found.insert(Found::Item(self.modules[module].file));
                    }
                }
                found
            }
            [word] if mention.form == Form::Inline => self.word(scope, word),
            path => self.walk(scope, path, &mut followed),
        }
    }

    /// A single word that came by a glob, or by a `use` that hands it on as well.
    fn word(&self, scope: usize, word: &str) -> BTreeSet<Found> {
        let here = &self.modules[scope];
        if self.bound[here.file].contains(word) {
            return BTreeSet::new();
        }
        let known = here.names.get(word).map(Vec::as_slice).unwrap_or_default();
        let counted = |name: &Name| !(name.public && matches!(name.means, Means::Path(_)));
        if known.iter().any(counted) {
            return BTreeSet::new();
        }
        self.look_up(scope, word, scope, &mut Vec::new())
    }

    fn walk<'a>(&'a self, scope: usize, path: &'a [String], followed: &mut Followed<'a>) -> BTreeSet<Found> {
        let Some((first, rest)) = path.split_first() else { return BTreeSet::new() };
        let mut found = match first.as_str() {
            "" => return rest.first().map(|name| Found::Outside(name.clone())).into_iter().collect(),
            "crate" => BTreeSet::from([Found::Module(0)]),
            "self" => BTreeSet::from([Found::Module(scope)]),
            "super" => self.parent(scope),
            name => self.look_up(scope, name, scope, followed),
        };
        if found.is_empty() {
            return BTreeSet::from([Found::Outside(first.clone())]);
        }
        for name in rest {
            // Where a function has a module's name, what goes on is the module.
            if found.iter().any(|found| matches!(found, Found::Module(_))) {
                found.retain(|found| matches!(found, Found::Module(_)));
            }
            let mut next = BTreeSet::new();
            for here in found {
                match here {
                    Found::Module(module) if name == "super" => next.extend(self.parent(module)),
                    Found::Module(module) => {
                        let inside = self.look_up(module, name, scope, followed);
                        if inside.is_empty() {
                            // Made by a macro.
                            next.insert(Found::Item(self.modules[module].file));
                        }
                        next.extend(inside);
                    }
                    // An enum's variant, a type's function: what it belongs to is known.
                    other => {
                        next.insert(other);
                    }
                }
            }
            found = next;
        }
        found
    }

    fn parent(&self, module: usize) -> BTreeSet<Found> {
        self.modules[module].parent.map(Found::Module).into_iter().collect()
    }

    /// What `module` knows by a name, as far as `from` may see it.
    fn look_up<'a>(
        &'a self,
        module: usize,
        name: &'a str,
        from: usize,
        followed: &mut Followed<'a>,
    ) -> BTreeSet<Found> {
        let mut found = BTreeSet::new();
        let here = &self.modules[module];
        let seen = |name: &&Name| name.public || self.is_within(from, module);
        for known in here.names.get(name).into_iter().flatten().filter(seen) {
            match &known.means {
                Means::Module(module) => {
                    found.insert(Found::Module(*module));
                }
                Means::Item => {
                    found.insert(Found::Item(here.file));
                }
                Means::Path(path) => found.extend(
                    self.follow(module, known, name, followed, |tree, followed| tree.walk(module, path, followed)),
                ),
            }
        }
        if !found.is_empty() {
            return found;
        }
        for glob in here.globs.iter().filter(seen) {
            let Means::Path(path) = &glob.means else { continue };
            found.extend(self.follow(module, glob, name, followed, |tree, followed| {
                let mut found = BTreeSet::new();
                for outer in tree.walk(module, path, followed) {
                    if let Found::Module(outer) = outer {
                        found.extend(tree.look_up(outer, name, module, followed));
                    }
                }
                found
            }));
        }
        found
    }

    fn follow<'a>(
        &'a self,
        module: usize,
        by: &'a Name,
        name: &'a str,
        followed: &mut Followed<'a>,
        way: impl FnOnce(&'a Self, &mut Followed<'a>) -> BTreeSet<Found>,
    ) -> BTreeSet<Found> {
        let round = |step: &(usize, &Name, &str)| step.0 == module && std::ptr::eq(step.1, by) && step.2 == name;
        if followed.iter().any(round) {
            return BTreeSet::new();
        }
        followed.push((module, by, name));
        let found = way(self, followed);
        followed.pop();
        found
    }
}
