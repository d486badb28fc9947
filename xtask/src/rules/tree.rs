//! A crate as the rules see it: its modules, the names in each, and every path that its files write down.

use std::collections::{HashMap, HashSet};

/// The modules of a crate, the first of which is its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Where each file is, from the repository on.
    pub(super) files: Vec<String>,
    pub(super) modules: Vec<Module>,
    pub(super) mentions: Vec<Mention>,
    /// For each file, the names that its patterns and parameters bind.
    pub(super) bound: Vec<HashSet<String>>,
}

/// A module, in a file of its own or in braces.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    pub(super) file: usize,
    pub(super) names: HashMap<String, Vec<Name>>,
    /// `use path::*`
    pub(super) globs: Vec<Name>,
}

/// What a module knows by a name.
#[derive(Debug)]
pub(super) struct Name {
    /// Whether other modules than those inside may see it.
    pub(super) public: bool,
    pub(super) means: Means,
}

#[derive(Debug)]
pub(super) enum Means {
    Module(usize),
    /// Anything else that is defined here.
    Item,
    /// What a `use` brings. The first segment of `::path` is empty.
    Path(Vec<String>),
}

/// A path that a file writes down.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) module: usize,
    pub(super) line: usize,
    pub(super) path: Vec<String>,
    pub(super) form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Import,
    /// A `use` that others may see: it hands on, and needs nothing itself.
    ReExport,
    /// In an expression, a type, a pattern, a bound, a macro's arguments.
    Inline,
}

impl Tree {
    /// Adds a file without modules, and returns its number.
    pub(super) fn add_file(&mut self, path: &str) -> usize {
        self.files.push(path.to_owned());
        self.bound.push(HashSet::new());
        self.files.len() - 1
    }

    /// Adds an empty module, and returns its number.
    pub(super) fn add_module(&mut self, parent: Option<usize>, file: usize) -> usize {
        self.modules.push(Module { parent, file, ..Module::default() });
        self.modules.len() - 1
    }

    /// Whether `inner` is `outer` or somewhere in it.
    pub(super) fn is_within(&self, inner: usize, outer: usize) -> bool {
        let mut here = Some(inner);
        while let Some(module) = here {
            if module == outer {
                return true;
            }
            here = self.modules[module].parent;
        }
        false
    }
}

impl Mention {
    /// As a message quotes it.
    pub(super) fn text(&self) -> String {
        let path = self.path.join("::");
        match self.form {
            Form::Import => format!("use {path}"),
            Form::ReExport => format!("pub use {path}"),
            Form::Inline => path,
        }
    }
}
