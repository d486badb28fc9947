//! Every path that an item writes down.

use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};
use syn::{
    Arm, Attribute, ExprBlock, Field, FieldValue, ImplItem, Item, ItemUse, Local, Macro, Meta, PatIdent, Path,
    StmtMacro, TraitItem, Variant, Visibility,
    visit::{self, Visit},
};

use super::{
    imports::import,
    syntax::{attributes, ident, is_public, test_only},
    tree::{Form, Mention, Tree},
};

/// Adds to a tree what one module's items mention.
pub(super) struct Paths<'a> {
    tree: &'a mut Tree,
    module: usize,
}

impl<'a> Paths<'a> {
    pub(super) fn new(tree: &'a mut Tree, module: usize) -> Self {
        Self { tree, module }
    }

    pub(super) fn item(&mut self, item: &Item) {
        self.visit_item(item);
    }

    fn mention(&mut self, path: Vec<String>, span: Span) {
        let line = span.start().line;
        self.tree.mentions.push(Mention { module: self.module, line, path, form: Form::Inline });
    }

    /// What a macro is given is not Rust yet: whatever looks like a path is taken for one.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let mut path = vec![ident(first)];
                    let start = at;
                    while let Some(next) = step(&tokens, at + 1) {
                        path.push(ident(next));
                        at += 3;
                    }
                    if let Some(start) = start_of_path(&tokens[..start], first)
                        && path.len() > 1
                    {
                        if start == Start::Outside {
                            path.insert(0, String::new());
                        }
                        self.mention(path, first.span());
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

/// The identifier behind a `::` that is at `at`.
fn step(tokens: &[TokenTree], at: usize) -> Option<&Ident> {
    match tokens.get(at + 2) {
        Some(TokenTree::Ident(next)) if is_colons(tokens.get(at..at + 2)?) => Some(next),
        _ => None,
    }
}

fn is_colons(pair: &[TokenTree]) -> bool {
    matches!(pair, [TokenTree::Punct(one), TokenTree::Punct(two)]
        if one.as_char() == ':' && one.spacing() == Spacing::Joint && two.as_char() == ':')
}

#[derive(Debug, PartialEq, Eq)]
enum Start {
    Here,
    /// Behind a leading `::`.
    Outside,
}

/// Whether a path may start with `first`, going by the tokens before it.
fn start_of_path(before: &[TokenTree], first: &Ident) -> Option<Start> {
    match before {
        [.., one, two] if is_colons(&[one.clone(), two.clone()]) => {
            let behind = before.get(..before.len() - 2).and_then(<[TokenTree]>::last);
            // `<T as Trait>::name` and `name::<T>::other` go on, they do not start.
            let goes_on = matches!(behind, Some(TokenTree::Punct(mark)) if mark.as_char() == '>');
            (!goes_on).then_some(Start::Outside)
        }
        [.., TokenTree::Punct(mark)] => match mark.as_char() {
            // A macro's own variable, which can be anything, but for `$crate`.
            '$' => (first == "crate").then_some(Start::Here),
            '.' if mark.spacing() == Spacing::Alone && !is_range(before) => None,
            '\'' => None,
            _ => Some(Start::Here),
        },
        _ => Some(Start::Here),
    }
}

fn is_range(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Punct(one), _] if one.as_char() == '.')
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        let mut names: Vec<String> = path.segments.iter().map(|segment| ident(&segment.ident)).collect();
        if path.leading_colon.is_some() {
            names.insert(0, String::new());
        }
        if let Some(first) = path.segments.first() {
            self.mention(names, first.ident.span());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, given: &'ast Macro) {
        self.visit_path(&given.path);
        self.tokens(given.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        // One word is an attribute of the language, or was imported.
        if attribute.path().segments.len() > 1 {
            self.visit_path(attribute.path());
        }
        if let Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        import(self.tree, self.module, is_public(&item.vis), item.leading_colon.is_some(), &item.tree);
    }

    fn visit_pat_ident(&mut self, name: &'ast PatIdent) {
        let word = ident(&name.ident);
        // A constant looks the same as a new name, but for its case.
        if word.starts_with(char::is_uppercase) {
            self.mention(vec![word], name.ident.span());
        } else {
            let file = self.tree.modules[self.module].file;
            self.tree.bound[file].insert(word);
        }
        visit::visit_pat_ident(self, name);
    }

    // `pub(in path)` needs nothing.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    // What is there in tests only does not count.

    fn visit_item(&mut self, item: &'ast Item) {
        if !test_only(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            _ => &[],
        };
        if !test_only(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        let attributes: &[Attribute] = match item {
            TraitItem::Const(item) => &item.attrs,
            TraitItem::Fn(item) => &item.attrs,
            TraitItem::Macro(item) => &item.attrs,
            TraitItem::Type(item) => &item.attrs,
            _ => &[],
        };
        if !test_only(attributes) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if !test_only(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_stmt_macro(&mut self, given: &'ast StmtMacro) {
        if !test_only(&given.attrs) {
            visit::visit_stmt_macro(self, given);
        }
    }

    fn visit_expr_block(&mut self, block: &'ast ExprBlock) {
        if !test_only(&block.attrs) {
            visit::visit_expr_block(self, block);
        }
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        if !test_only(&arm.attrs) {
            visit::visit_arm(self, arm);
        }
    }

    fn visit_field(&mut self, field: &'ast Field) {
        if !test_only(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_field_value(&mut self, field: &'ast FieldValue) {
        if !test_only(&field.attrs) {
            visit::visit_field_value(self, field);
        }
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        if !test_only(&variant.attrs) {
            visit::visit_variant(self, variant);
        }
    }
}
