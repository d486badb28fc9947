//! What the element says of itself is what it has: its sources are held against its description.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use super::contract::{ATTRIBUTES, CODES, EVENTS, PARTS, PROPERTIES, SLOTS, TOKENS};
use super::reference;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The texts of all files below `folder` with one of these endings, but tests and the description itself.
fn sources(folder: &str, endings: &[&str]) -> String {
    let mut texts = String::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["tests", "contract"].contains(&name.as_str()) {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) && name != "tests.rs" {
                let text = fs::read_to_string(&path).unwrap();
                texts.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap());
            }
        }
    }
    texts
}

/// What stands between each `before` and the next `after`.
fn between<'a>(text: &'a str, before: &str, after: char) -> BTreeSet<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(found, _)| found).collect()
}

fn names<T>(all: &[T], name: impl Fn(&T) -> &'static str) -> BTreeSet<&'static str> {
    let names: BTreeSet<_> = all.iter().map(name).collect();
    assert_eq!(names.len(), all.len(), "each is described once: {names:?}");
    names
}

/// The texts in a list of `instant-card.js`.
fn list(text: &str, name: &str) -> BTreeSet<String> {
    let list = text.split_once(&format!("const {name} = [")).unwrap().1.split_once("];").unwrap().0;
    let lines = list.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned).collect()
}

fn owned(names: BTreeSet<&str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn attributes_and_properties_are_those_of_the_class() {
    let class = fs::read_to_string(root().join("src/element/instant-card.js")).unwrap();
    assert_eq!(list(&class, "ATTRIBUTES"), owned(names(ATTRIBUTES, |attribute| attribute.name)));
    assert_eq!(list(&class, "PROPERTIES"), owned(names(PROPERTIES, |property| property.name)));
}

#[test]
fn events_are_those_that_are_told() {
    let told: BTreeSet<String> =
        between(&sources("src", &[".rs", ".js"]), "\"ic-", '"').into_iter().map(|name| format!("ic-{name}")).collect();
    assert_eq!(told, owned(names(EVENTS, |event| event.name)));
}

#[test]
fn parts_slots_and_custom_properties_are_those_that_there_are() {
    let code = sources("src", &[".rs", ".js"]);
    let mut parts = between(&code, ".attr(\"part\", \"", '"');
    parts.extend(between(&code, ".part = \"", '"'));
    assert_eq!(parts, names(PARTS, |part| part.name));
    assert_eq!(between(&code, "el(\"slot\").attr(\"name\", \"", '"'), names(SLOTS, |slot| slot.name));
    let style = sources("style", &[".css"]);
    let used: BTreeSet<&str> = style
        .split("var(--ic-")
        .skip(1)
        .filter_map(|rest| {
            rest.find(|letter: char| !letter.is_ascii_lowercase() && letter != '-').map(|end| &rest[..end])
        })
        .collect();
    assert_eq!(
        used,
        names(TOKENS, |token| token.name).into_iter().map(|name| name.trim_start_matches("--ic-")).collect()
    );
}

#[test]
fn codes_are_those_that_are_told() {
    let described: Vec<&'static str> = CODES.iter().flat_map(|(_, codes)| codes.iter().map(|code| code.name)).collect();
    let described_once: BTreeSet<_> = described.iter().copied().collect();
    assert_eq!(described.len(), described_once.len(), "{described:?}");
    let code = sources("src", &[".rs", ".js"]);
    let mut told: BTreeSet<String> =
        between(&code, "failure(\"", '"').into_iter().map(|name| format!("load-{name}")).collect();
    // Where a file that does not come can have one of several.
    for (begins, ends) in [("failure(navigator", ")"), ("function kindOf(", "\n}\n")] {
        let body = code.split(begins).nth(1).and_then(|rest| rest.split(ends).next()).unwrap();
        told.extend(body.split('"').skip(1).step_by(2).map(|name| format!("load-{name}")));
    }
    told.extend(owned(between(&code, "code: \"", '"')));
    told.extend(owned(between(&code, "told::error(self.cx(), \"", '"')));
    // Functions that give an error its code.
    for body in code.split("fn code(").skip(1) {
        let body = body.split("\n}\n").next().unwrap().split("\n    }\n").next().unwrap();
        told.extend(owned(between(body, "=> \"", '"')));
        told.extend(owned(between(body, "=> Some(\"", '"')));
    }
    told.extend(
        between(&code, "(\"preview-", '"')
            .into_iter()
            .filter(|name| !name.contains(' '))
            .map(|name| format!("preview-{name}")),
    );
    told.retain(|name| name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'-'));
    let described = owned(described_once);
    // What is told by a name of its own is in the code at least.
    let untold: Vec<_> =
        described.difference(&told).filter(|name| !code.contains(&format!(": &str = \"{name}\";"))).collect();
    let unsaid: Vec<_> = told.difference(&described).collect();
    assert!(
        untold.is_empty() && unsaid.is_empty(),
        "described and never told: {untold:?}; told and not described: {unsaid:?}"
    );
}

/// `WRITE_REFERENCE=1 cargo test -p xtask reference` writes them anew.
#[test]
fn the_reference_and_the_readme_are_made_of_it() {
    const HEAD: &str = "| attribute | values |  |\n";
    let reference = root().join("docs/reference.md");
    let readme = root().join("README.md");
    let told = fs::read_to_string(&readme).unwrap();
    let (before, rest) = told.split_once(HEAD).expect("the README has the table");
    let after = &rest[rest.find("\n\n").unwrap()..];
    let expected = format!("{before}{}{after}", reference::attributes("docs/").trim_end());
    if env::var_os("WRITE_REFERENCE").is_some() {
        fs::write(&reference, reference::whole()).unwrap();
        fs::write(&readme, &expected).unwrap();
    }
    assert_eq!(fs::read_to_string(&reference).unwrap_or_default(), reference::whole(), "docs/reference.md");
    assert!(told == expected || env::var_os("WRITE_REFERENCE").is_some(), "README.md: its table of attributes");
}
