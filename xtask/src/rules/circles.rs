//! Files that import one another in a circle.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt,
};

use super::{
    resolve::Found,
    tree::{Form, Tree},
};

/// Files that all reach one another, and a shortest way around.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Circle {
    pub(super) files: Vec<String>,
    pub(super) way: Vec<Step>,
}

/// An import on the way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) file: String,
    line: usize,
    text: String,
    to: String,
}

/// From file to file, with the line and the text of the first import.
type Imports = BTreeMap<usize, BTreeMap<usize, (usize, String)>>;

/// The circles of a crate, the largest first.
pub(super) fn find(tree: &Tree) -> Vec<Circle> {
    let imports = imports(tree);
    let reached: BTreeMap<usize, BTreeSet<usize>> =
        imports.keys().map(|start| (*start, distances(&imports, *start).into_keys().collect())).collect();
    let mut done = BTreeSet::new();
    let mut circles = Vec::new();
    for (start, far) in &reached {
        let together: Vec<usize> =
            far.iter().copied().filter(|file| reached.get(file).is_some_and(|back| back.contains(start))).collect();
        if together.len() > 1 && done.insert(together.clone()) {
            let mut files: Vec<String> = together.iter().map(|file| tree.files[*file].clone()).collect();
            files.sort();
            let ways = together.iter().filter_map(|file| around(&imports, *file));
            let way = ways.min_by_key(Vec::len).unwrap_or_default();
            circles.push(Circle { files, way: steps(tree, &imports, &way) });
        }
    }
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.files.len()));
    circles
}

fn imports(tree: &Tree) -> Imports {
    let mut imports = Imports::new();
    for mention in tree.mentions.iter().filter(|mention| mention.form != Form::ReExport) {
        let from = tree.modules[mention.module].file;
        for found in tree.resolve(mention) {
            // A module as a whole is where something is found, and what is found there counts by itself.
            if let Found::Item(to) = found
                && to != from
            {
                let known = imports.entry(from).or_default().entry(to);
                known.or_insert_with(|| (mention.line, mention.text()));
            }
        }
    }
    imports
}

/// The files that can be reached from `start`, each with the one before it on a shortest way. `start` is among them when a
/// way leads back to it.
fn distances(imports: &Imports, start: usize) -> BTreeMap<usize, usize> {
    let mut before = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(file) = next.pop_front() {
        for to in imports.get(&file).into_iter().flat_map(BTreeMap::keys) {
            before.entry(*to).or_insert_with(|| {
                next.push_back(*to);
                file
            });
        }
    }
    before
}

/// A shortest way from `start` back to it, without its end.
fn around(imports: &Imports, start: usize) -> Option<Vec<usize>> {
    let before = distances(imports, start);
    let mut way = vec![*before.get(&start)?];
    while let Some(last) = way.last().filter(|last| **last != start) {
        way.push(*before.get(last)?);
    }
    way.reverse();
    Some(way)
}

fn steps(tree: &Tree, imports: &Imports, way: &[usize]) -> Vec<Step> {
    let next = way.iter().cycle().skip(1);
    let steps = way.iter().zip(next).filter_map(|(from, to)| {
        let (line, text) = imports.get(from)?.get(to)?;
        let [file, to] = [from, to].map(|file| tree.files[*file].clone());
        Some(Step { file, line: *line, text: text.clone(), to })
    });
    steps.collect()
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "a circle of imports (rule: files import one another in no circle)")?;
        for Step { file, line, text, to } in &self.way {
            writeln!(f, "  {file}:{line}: `{text}` -> {to}")?;
        }
        if self.files.len() > self.way.len() {
            writeln!(f, "  {} files reach one another so:", self.files.len())?;
            self.files.iter().try_for_each(|file| writeln!(f, "    {file}"))?;
        }
        Ok(())
    }
}
