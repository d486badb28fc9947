//! Reads a crate's files into a [`Tree`], from its root along the `mod` declarations.

use anyhow::{Context, Result, anyhow};
use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, ForeignItem, Item, ItemMod, Lit, Meta};

use super::{
    paths::Paths,
    syntax::{attributes, ident, is_public, test_only},
    tree::{Means, Name, Tree},
};

/// Gives a file's text, or nothing where no file is.
pub(super) type Files<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads the crate whose root is the file `root`.
pub(super) fn read(files: Files<'_>, root: &str) -> Result<Tree> {
    let mut reader = Reader { files, tree: Tree::default() };
    let file = reader.tree.add_file(root);
    let module = reader.tree.add_module(None, file);
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    reader.file(module, &folder)?;
    Ok(reader.tree)
}

struct Reader<'a> {
    files: Files<'a>,
    tree: Tree,
}

impl Reader<'_> {
    /// Reads the file of `module`, whose modules' files are in `folder`.
    fn file(&mut self, module: usize, folder: &str) -> Result<()> {
        let path = self.tree.files[self.tree.modules[module].file].clone();
        let text = (self.files)(&path).with_context(|| format!("reading {path}"))?;
        let parsed = syn::parse_file(&text)
            .map_err(|error| anyhow!("{path}:{}: {error}", error.span().start().line))
            .context("the rules need files that compile")?;
        if test_only(&parsed.attrs) { Ok(()) } else { self.items(module, folder, &parsed.items) }
    }

    fn items(&mut self, module: usize, folder: &str, items: &[Item]) -> Result<()> {
        for item in items.iter().filter(|item| !test_only(attributes(item))) {
            self.declare(module, item);
            match item {
                Item::Mod(inner) => self.module(module, folder, inner)?,
                item => Paths::new(&mut self.tree, module).item(item),
            }
        }
        Ok(())
    }

    fn module(&mut self, parent: usize, folder: &str, item: &ItemMod) -> Result<()> {
        let name = ident(&item.ident);
        let inside = format!("{folder}/{name}");
        let own = self.tree.modules[parent].file;
        let (module, inside) = if let Some((_, items)) = &item.content {
            let module = self.tree.add_module(Some(parent), own);
            self.items(module, &inside, items)?;
            (module, None)
        } else {
            let here = &self.tree.files[own];
            let (path, inside) = match path_attribute(&item.attrs) {
                Some(path) => {
                    let near = here.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let path = format!("{near}/{path}");
                    let inside = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
                    (path, inside)
                }
                None => {
                    let [file, room] = [format!("{inside}.rs"), format!("{inside}/mod.rs")];
                    let found = [file, room].into_iter().find(|path| (self.files)(path).is_some());
                    let found = found.with_context(|| {
                        format!("{here}:{}: there is no file of `mod {name}`", item.ident.span().start().line)
                    })?;
                    (found, inside)
                }
            };
            let file = self.tree.add_file(&path);
            (self.tree.add_module(Some(parent), file), Some(inside))
        };
        let known = Name { public: is_public(&item.vis), means: Means::Module(module) };
        self.tree.modules[parent].names.entry(name).or_default().push(known);
        match inside {
            Some(folder) => self.file(module, &folder),
            None => Ok(()),
        }
    }

    /// Makes the names known that an item other than a module defines.
    fn declare(&mut self, module: usize, item: &Item) {
        let mut define = |name: String, public: bool, means: Means| {
            self.tree.modules[module].names.entry(name).or_default().push(Name { public, means });
        };
        match item {
            Item::Const(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::Enum(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::Fn(item) => define(ident(&item.sig.ident), is_public(&item.vis), Means::Item),
            Item::Static(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::Struct(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::Trait(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::TraitAlias(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::Type(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::Union(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
            Item::ExternCrate(item) => {
                let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
                let path = vec![String::new(), ident(&item.ident)];
                define(ident(name), is_public(&item.vis), Means::Path(path));
            }
            Item::ForeignMod(block) => {
                for item in &block.items {
                    match item {
                        ForeignItem::Fn(item) => define(ident(&item.sig.ident), is_public(&item.vis), Means::Item),
                        ForeignItem::Static(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
                        ForeignItem::Type(item) => define(ident(&item.ident), is_public(&item.vis), Means::Item),
                        _ => {}
                    }
                }
            }
            Item::Macro(item) => match &item.ident {
                Some(name) => define(ident(name), true, Means::Item),
                None => made(&item.mac.tokens).into_iter().for_each(|name| define(name, true, Means::Item)),
            },
            _ => {}
        }
    }
}

/// The names that look as if a macro makes items of them: `pub struct Name`.
fn made(tokens: &TokenStream) -> Vec<String> {
    const KINDS: [&str; 7] = ["struct", "enum", "fn", "trait", "type", "const", "static"];
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let pairs = tokens.windows(2).filter_map(|pair| match pair {
        [TokenTree::Ident(kind), TokenTree::Ident(name)] if KINDS.iter().any(|known| kind == known) => {
            Some(ident(name))
        }
        _ => None,
    });
    pairs.collect()
}

/// The value of `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}
