//! Links that lead nowhere: to a page, an anchor or a file that there is not. Of other hosts' addresses only the form is looked at.

use std::path::Path;

use super::page::{self, Pages};

/// Folders of the repository whose files are named as code in a text.
const FOLDERS: [&str; 12] = [
    "docs/",
    "examples/",
    "gateway/",
    "npm/",
    "sandbox/",
    "simulator/",
    "src/",
    "style/",
    "tests/",
    "vision/",
    "xtask/",
    ".ci/",
];

/// What is wrong with the pages' links, one line each.
pub(super) fn wrong(root: &Path, pages: &Pages) -> Vec<String> {
    let mut wrong = Vec::new();
    for (place, page) in pages {
        for link in &page.links {
            let about = match page::target(place, link) {
                None => (!is_address(link)).then_some("is no address"),
                Some((to, anchor)) => match pages.get(&to) {
                    Some(page) => {
                        (!anchor.is_empty() && !page.anchors.contains(&anchor)).then_some("has no such heading")
                    }
                    None => (!root.join(&to).is_file()).then_some("is no file"),
                },
            };
            wrong.extend(about.map(|about| format!("{place}: {link} {about}")));
        }
        // A changelog tells of what was there once.
        for code in page.code.iter().filter(|_| place != "CHANGELOG.md") {
            if is_place(code) && !root.join(code).exists() {
                wrong.push(format!("{place}: `{code}` is not in the repository"));
            }
        }
    }
    wrong
}

/// Whether this has the form of another host's address.
fn is_address(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    host.is_some_and(|host| host.contains('.') || host.starts_with("localhost"))
        && link.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether this is a file or folder of the repository by its name.
fn is_place(code: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "./-_".contains(letter);
    FOLDERS.iter().any(|folder| code.starts_with(folder)) && code.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docs::page::Page;

    #[test]
    fn what_leads_nowhere_is_told() {
        let text = "# T\n\n[a](#t) [b](#u) [c](b.md) [d](https://example.org/) [e](https://nowhere) `src/lib.rs` `src/nothing.rs` `src/*.rs`\n";
        let pages = Pages::from([("docs/a.md".to_owned(), Page::read("docs/a.md", text).unwrap())]);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert_eq!(
            wrong(&root, &pages),
            [
                "docs/a.md: #u has no such heading",
                "docs/a.md: b.md is no file",
                "docs/a.md: https://nowhere is no address",
                "docs/a.md: `src/nothing.rs` is not in the repository",
            ]
        );
    }
}
