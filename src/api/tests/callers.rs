//! Whether each operation of the client is called from a flow, and stands in the docs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const HERE: &str = env!("CARGO_MANIFEST_DIR");
/// The vendor's; the client's others are the gateway's own.
const OPERATIONS: usize = 37;

/// The files below a folder, but for tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let is_test = entry.file_stem().is_some_and(|stem| stem == "tests");
        if entry.is_dir() && !is_test {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|end| end == "rs") && !is_test {
            found.push(entry);
        }
    }
}

fn text_of(room: &str) -> Vec<String> {
    let mut files = Vec::new();
    sources(&Path::new(HERE).join("src").join(room), &mut files);
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// The operations, each with the method of the client that performs it.
fn operations() -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for text in text_of("api") {
        let operations = text.lines().filter_map(|line| {
            let (constant, rest) = line.strip_prefix("const ")?.split_once(": Operation = Operation::new(\"")?;
            let name = rest.split_once('"')?.0;
            let is_vendors = !["session", "devices"].contains(&name.split('.').next().unwrap_or_default());
            is_vendors.then(|| (constant.to_owned(), name.to_owned()))
        });
        for (constant, name) in operations {
            let uses = [format!("&{constant},"), format!("&{constant})")];
            let mut methods = text.split("pub fn ").skip(1);
            let method = methods.find(|method| uses.iter().any(|used| method.contains(used)));
            let method = method.unwrap_or_else(|| panic!("no method performs {name}"));
            all.insert(name, method.split(['(', '<']).next().unwrap().to_owned());
        }
    }
    all
}

#[test]
fn each_operation_is_called_from_a_flow() {
    let operations = operations();
    assert_eq!(operations.len(), OPERATIONS, "{operations:?}");
    // Signing in is the session's.
    let callers: Vec<String> = ["flow", "session"].into_iter().flat_map(text_of).collect();
    for (name, method) in operations {
        let calls = [format!("client.{method}("), format!("Client::{method},")];
        let is_called = callers.iter().any(|text| calls.iter().any(|call| text.contains(call)));
        assert!(is_called, "nothing in src/flow calls Client::{method} ({name})");
    }
}

#[test]
fn the_table_in_the_docs_has_each_operation_once() {
    let docs = fs::read_to_string(Path::new(HERE).join("docs/operations.md")).unwrap();
    let rows: Vec<&str> =
        docs.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|row| row.0)).collect();
    let mut names: Vec<&str> = rows.clone();
    names.sort_unstable();
    let operations = operations();
    assert_eq!(names, operations.keys().map(String::as_str).collect::<Vec<_>>(), "docs/operations.md");
}
