//! `use`, taken apart: each name that it brings, and where from.

use syn::UseTree;

use super::{
    syntax::ident,
    tree::{Form, Means, Mention, Name, Tree},
};

/// What a `use` makes known in `module`, and its mentions.
pub(super) fn import(tree: &mut Tree, module: usize, public: bool, outside: bool, names: &UseTree) {
    let start = if outside { vec![String::new()] } else { Vec::new() };
    leaves(tree, module, public, start, names);
}

fn leaves(tree: &mut Tree, module: usize, public: bool, mut path: Vec<String>, names: &UseTree) {
    let (own, known_as, line) = match names {
        UseTree::Path(step) => {
            path.push(ident(&step.ident));
            return leaves(tree, module, public, path, &step.tree);
        }
        UseTree::Group(group) => {
            return group.items.iter().for_each(|item| leaves(tree, module, public, path.clone(), item));
        }
        UseTree::Name(name) => (ident(&name.ident), None, name.ident.span().start().line),
        UseTree::Rename(name) => (ident(&name.ident), Some(ident(&name.rename)), name.ident.span().start().line),
        UseTree::Glob(glob) => ("*".to_owned(), None, glob.star_token.spans[0].start().line),
    };
    // `a::{self}` is `a`.
    if own != "self" || path.is_empty() {
        path.push(own);
    }
    let form = if public { Form::ReExport } else { Form::Import };
    tree.mentions.push(Mention { module, line, path: path.clone(), form });
    let here = &mut tree.modules[module];
    let Some(last) = path.last().cloned() else { return };
    if last == "*" {
        path.pop();
        here.globs.push(Name { public, means: Means::Path(path) });
    } else {
        let name = Name { public, means: Means::Path(path) };
        here.names.entry(known_as.unwrap_or(last)).or_default().push(name);
    }
}
