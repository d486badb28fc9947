//! The rules against small houses.

use std::collections::BTreeMap;

use super::{Findings, check, violation::Rule};

/// What the rules find in these files; those of `src/` beside the root are made known in it.
fn found(files: &[(&str, &str)]) -> Findings {
    let mut house: BTreeMap<String, String> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut rooms: Vec<&str> =
        files.iter().filter_map(|(path, _)| path.strip_prefix("src/")?.split('/').next()).collect();
    rooms.sort_unstable();
    rooms.dedup();
    let root =
        rooms.iter().filter(|room| **room != "lib.rs").map(|room| format!("mod {};", room.trim_end_matches(".rs")));
    house.entry("src/lib.rs".to_owned()).or_insert(root.collect());
    check(&|path| house.get(path).cloned()).unwrap()
}

/// What one line of `flow` is told, beside a screen and a browser.
fn flow(text: &str) -> Vec<String> {
    let found = found(&[
        ("src/view/mod.rs", "mod app; pub mod part; pub use app::{App as Shown, At}; pub fn show() {}"),
        ("src/view/app.rs", "pub struct App; pub enum At { Home }"),
        ("src/view/part.rs", "pub fn draw() {}"),
        ("src/browser/mod.rs", "pub fn now() {}"),
        ("src/flow/mod.rs", "mod card;"),
        ("src/flow/card.rs", text),
        ("src/domain/mod.rs", "pub mod money; pub use money::*;"),
        ("src/domain/money.rs", "pub struct Money; pub fn add() {}"),
    ]);
    assert!(found.circles.is_empty(), "{found}");
    found.violations.iter().map(ToString::to_string).collect()
}

fn one(text: &str, expected: &str) {
    let said = flow(text);
    assert!(said.len() == 1 && said[0].starts_with(expected), "{text}\n{said:#?}");
}

#[test]
fn what_points_down_is_allowed() {
    assert_eq!(
        flow("use crate::domain::{self, money, Money}; use std::rc::Rc; fn f() { domain::add(); money::add(); }"),
        [""; 0]
    );
}

#[test]
fn a_use_that_points_up_is_found() {
    one(
        "\nuse crate::view::part::draw;",
        "src/flow/card.rs:2: `use crate::view::part::draw` — view is above flow (it leads to src/view/part.rs) (rule: ",
    );
    one("use crate::view;", "src/flow/card.rs:1: `use crate::view` — view is above flow");
    one("use crate::view::*;", "src/flow/card.rs:1: `use crate::view::*` — ");
    one("use crate::{domain::Money, view::{part}};", "src/flow/card.rs:1: `use crate::view::part` — ");
    one("pub(crate) use crate::view::show;", "src/flow/card.rs:1: `pub use crate::view::show` — ");
    one(
        "fn f() {\n    use super::super::browser::now;\n    now() }",
        "src/flow/card.rs:2: `use super::super::browser::now` — ",
    );
}

#[test]
fn a_path_in_the_midst_is_found() {
    one("fn f() {\n    crate::view::show()\n}", "src/flow/card.rs:2: `crate::view::show` — ");
    one(
        "fn f(_: Vec<crate::view::Shown>) {}",
        "src/flow/card.rs:1: `crate::view::Shown` — view is above flow (it leads to src/view/app.rs)",
    );
    one("fn f() { if let crate::view::At::Home = x {} }", "src/flow/card.rs:1: `crate::view::At::Home` — ");
    one("struct S<T: crate::view::Draw>(T);", "src/flow/card.rs:1: `crate::view::Draw` — ");
    one("#[derive(crate::view::Draw)] struct S;", "src/flow/card.rs:1: `crate::view::Draw` — ");
}

#[test]
fn a_path_in_a_macro_is_found() {
    one("fn f() { vec![1, {\n crate::view::show() }]; }", "src/flow/card.rs:2: `crate::view::show` — ");
    one("macro_rules! m { () => { $crate::view::show() } }", "src/flow/card.rs:1: `crate::view::show` — ");
    one(
        "fn f() { format!(\"{}\", super::super::view::part::draw()) }",
        "src/flow/card.rs:1: `super::super::view::part::draw` — ",
    );
    assert_eq!(
        flow("fn f() { assert!(a.view::<u8>()); m!($view::At, <T as U>::view, 'view: x, 1..domain::add()) }"),
        [""; 0]
    );
}

#[test]
fn another_name_leads_to_the_same_file() {
    let said = flow("use crate::view as domain;\nfn f() { domain::part::draw() }");
    assert!(said.len() == 2 && said[1].contains("(it leads to src/view/part.rs)"), "{said:#?}");
    one(
        "use crate::view::Shown as S; fn f() { S::new() }",
        "src/flow/card.rs:1: `use crate::view::Shown` — view is above flow (it leads to src/view/app.rs)",
    );
}

#[test]
fn what_a_lower_room_hands_on_is_still_above() {
    let found = found(&[
        ("src/view/mod.rs", "pub fn show() {}"),
        ("src/flow/mod.rs", "use crate::domain::show;"),
        ("src/domain/mod.rs", "pub use crate::view::*;"),
    ]);
    let files: Vec<&str> = found.violations.iter().map(|violation| violation.file.as_str()).collect();
    assert_eq!(files, ["src/domain/mod.rs", "src/flow/mod.rs"], "{found}");
}

#[test]
fn tests_and_visibilities_and_words_do_not_count() {
    let texts = [
        "#[cfg(test)] use crate::view::show;",
        "#[cfg(all(test, not(target_arch = \"wasm32\")))] mod tests { use crate::view::show; }",
        "#[cfg(test)] mod no_such_file;",
        "struct S; impl S { #[cfg(test)] fn f() { crate::view::show() } }",
        "fn f() { #[cfg(test)] crate::view::show!(); #[cfg(test)] { crate::view::show() } }",
        "/// See [`crate::view::show`].\npub(in crate::flow) fn f() { \"crate::view::show\"; }",
        "/// `crate::view::show`\nmod tests { }",
    ];
    for text in texts {
        assert_eq!(flow(text), [""; 0], "{text}");
    }
    for text in ["#[cfg(not(test))] use crate::view::show;", "#[cfg(any(test, unix))] use crate::view::show;"] {
        assert_eq!(flow(text).len(), 1, "{text}");
    }
}

#[test]
fn a_flow_knows_no_browser() {
    one(
        "use web_sys::Window; fn f(_: Window) { Window::new() }",
        "src/flow/card.rs:1: `use web_sys::Window` — flow knows no browser (rule: ",
    );
    one("fn f() { ::js_sys::eval() }", "src/flow/card.rs:1: `::js_sys::eval` — ");
    one("fn f() { vec![web_sys::window()]; }", "src/flow/card.rs:1: `web_sys::window` — ");
    one("use leptos::web_sys as w; fn f() { w::window() }", "src/flow/card.rs:1: `use leptos::web_sys` — ");
    one("use wasm_bindgen::prelude::*;", "src/flow/card.rs:1: `use wasm_bindgen::prelude::*` — ");
    assert_eq!(flow("use leptos::prelude::Owner; struct MyWindow { web_sys: u8 }"), [""; 0]);
    let found = found(&[("src/domain/mod.rs", "use leptos::prelude::*;"), ("src/view/mod.rs", "use web_sys::Window;")]);
    assert_eq!((found.violations.len(), found.count(Rule::Crates)), (1, 1), "{found}");
}

#[test]
fn only_rooms_are_in_the_house() {
    let found = found(&[("src/panic.rs", ""), ("src/cellar/mod.rs", "mod wine;"), ("src/cellar/wine.rs", "")]);
    let said: Vec<String> = found.violations.iter().map(ToString::to_string).collect();
    assert!(
        said.len() == 2 && said[0].contains("`cellar` is not in the list") && said[1].starts_with("src/panic.rs:1: "),
        "{said:#?}"
    );
}

fn circle(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let found = found(files);
    found.circles.into_iter().map(|circle| circle.way.into_iter().map(|step| step.file).collect()).collect()
}

#[test]
fn a_circle_of_three_is_found() {
    let root = ("sandbox/src/main.rs", "mod a; mod b; mod c; mod d; fn main() { a::f() }");
    let files = [
        ("sandbox/src/a.rs", "use crate::b; pub fn f() { b::g() }"),
        ("sandbox/src/b.rs", "use super::c::H; pub fn g(_: H) {}"),
        ("sandbox/src/c.rs", "pub struct H; fn h() { dbg!(crate::a::f()) }"),
        ("sandbox/src/d.rs", "use crate::a::f;"),
    ];
    let found = found(&[&[root], &files[..]].concat());
    let way: Vec<&str> = found.circles[0].way.iter().map(|step| step.file.as_str()).collect();
    assert_eq!(
        (found.circles.len(), way),
        (1, vec!["sandbox/src/a.rs", "sandbox/src/b.rs", "sandbox/src/c.rs"]),
        "{found}"
    );
    assert!(found.to_string().contains("  sandbox/src/c.rs:1: `crate::a::f` -> sandbox/src/a.rs\n"), "{found}");
}

#[test]
fn of_a_large_circle_a_shortest_way_is_told() {
    let ways = circle(&[
        ("vision/src/lib.rs", "mod a; mod b; mod c;"),
        ("vision/src/a.rs", "use crate::b::B; pub struct A;"),
        ("vision/src/b.rs", "use crate::c::C; pub struct B;"),
        ("vision/src/c.rs", "use crate::a::A; use crate::b::B; pub struct C;"),
    ]);
    assert_eq!(ways, [["vision/src/b.rs", "vision/src/c.rs"]]);
}

#[test]
fn who_hands_on_is_in_no_circle() {
    let facade = "mod a; mod b; pub(crate) use a::A; pub(crate) use b::*;";
    let files = [
        ("src/api/a.rs", "use super::B; pub struct A;"),
        ("src/api/b.rs", "use crate::api; pub struct B; fn f() { crate::domain::money(); }"),
        ("src/domain/mod.rs", "pub(crate) fn money(_: crate::api::A) {}"),
    ];
    assert_eq!(
        circle(&[&[("src/api/mod.rs", facade)], &files[..]].concat()),
        [["src/api/a.rs", "src/api/b.rs", "src/domain/mod.rs"]]
    );
    // A name that it hands on and says itself, it needs.
    let facade = "mod a; pub(crate) use a::A; pub(crate) fn f(_: A) {}";
    assert_eq!(circle(&[("src/api/mod.rs", facade), ("src/api/a.rs", "pub struct A; fn g() { super::f() }")]).len(), 1);
    let facade = "mod a; pub(crate) use a::A; pub(crate) fn f() {}";
    assert_eq!(circle(&[("src/api/mod.rs", facade), ("src/api/a.rs", "pub struct A; fn g() { super::f() }")]).len(), 0);
}

#[test]
fn names_that_come_by_a_star_lead_where_they_are() {
    let files = [
        ("src/api/mod.rs", "mod a; mod b; pub(crate) mod all { pub(crate) use super::{a::*, b::*}; }"),
        ("src/api/a.rs", "use super::all::*; pub struct A(B);"),
        ("src/api/b.rs", "use super::all::*; pub struct B; fn f() { A::new(); }"),
    ];
    assert_eq!(circle(&files), [["src/api/a.rs", "src/api/b.rs"]]);
    // Private names are not handed on, and what a macro makes is where it is made.
    let files = [
        ("src/api/mod.rs", "mod a; mod b; use b::B;"),
        ("src/api/a.rs", "make! { pub struct A { b: u8 } }"),
        ("src/api/b.rs", "use super::a::A; pub struct B;"),
    ];
    assert_eq!(circle(&files), [[""; 0]; 0]);
}

#[test]
fn files_are_found_where_the_compiler_finds_them() {
    let found = found(&[
        ("src/ui/mod.rs", "mod a; #[path = \"odd/name.rs\"] mod c; mod inner { mod d; }"),
        ("src/ui/a.rs", "mod b;"),
        ("src/ui/a/b.rs", ""),
        ("src/ui/odd/name.rs", "mod e;"),
        ("src/ui/odd/e.rs", ""),
        ("src/ui/inner/d/mod.rs", ""),
    ]);
    assert_eq!(found.files, 7);
    let missing = check(&|path| (path == "src/lib.rs").then(|| "\nmod gone;".to_owned()));
    assert!(missing.unwrap_err().to_string().contains("src/lib.rs:2: there is no file of `mod gone`"));
}
