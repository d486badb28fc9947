//! What editors and documentation tools read: the custom elements manifest, the editors' own list, and `package.json`.

use super::contract::{ATTRIBUTES, Attribute, EVENTS, METHODS, PARTS, PROPERTIES, SLOTS, SUMMARY, TAG, TOKENS, Values};
use super::json::Json;
use super::types::type_of;

/// Where the project's own documents are, seen from the package.
const DOCS: &str = "docs/";

/// A description, whose links lead into the package's own documents.
fn text(text: &str) -> Json {
    Json::text(&text.replace("](", &["](", DOCS].concat()))
}

fn named(name: &str, about: &str) -> Json {
    Json::object([("name", Json::text(name)), ("description", text(about))])
}

/// `custom-elements.json`, by version 2.1 of its schema.
pub(super) fn custom_elements() -> String {
    let attribute = |attribute: &Attribute| {
        let first = match attribute.values {
            Values::OneOf([first, ..]) => Json::text(&format!("\"{first}\"")),
            _ => Json::Skip,
        };
        Json::object([
            ("name", Json::text(attribute.name)),
            ("type", Json::object([("text", Json::text(&type_of(attribute.values)))])),
            ("default", first),
            ("description", text(&described(attribute))),
        ])
    };
    let typed = |kind: &str, name: &str, of: &str, about: &str| {
        let of = Json::object([("text", Json::text(of))]);
        let (as_type, returns) = if kind == "method" {
            (Json::Skip, Json::object([("type", Json::object([("text", Json::text("void"))]))]))
        } else {
            (of, Json::Skip)
        };
        Json::object([
            ("kind", Json::text(kind)),
            ("name", Json::text(name)),
            ("type", as_type),
            ("return", returns),
            ("description", text(about)),
        ])
    };
    let members = PROPERTIES
        .iter()
        .map(|property| typed("field", property.name, property.type_text, property.text))
        .chain(METHODS.iter().map(|method| typed("method", method.name, method.type_text, method.text)))
        .collect();
    let class = Json::object([
        ("kind", Json::text("class")),
        ("name", Json::text("InstantCard")),
        ("customElement", Json::True),
        ("tagName", Json::text(TAG)),
        ("description", Json::text(SUMMARY)),
        ("superclass", Json::object([("name", Json::text("HTMLElement"))])),
        ("attributes", Json::list(ATTRIBUTES, attribute)),
        ("members", Json::List(members)),
        (
            "events",
            Json::list(EVENTS, |event| {
                Json::object([
                    ("name", Json::text(event.name)),
                    ("type", Json::object([("text", Json::text(&super::types::event_type(event)))])),
                    ("description", text(event.text)),
                ])
            }),
        ),
        ("slots", Json::list(SLOTS, |slot| named(slot.name, slot.text))),
        ("cssParts", Json::list(PARTS, |part| named(part.name, part.text))),
        (
            "cssProperties",
            Json::list(TOKENS, |token| {
                Json::object([
                    ("name", Json::text(token.name)),
                    ("syntax", Json::text(token.syntax)),
                    ("description", text(token.text)),
                ])
            }),
        ),
    ]);
    let definition = Json::object([
        ("kind", Json::text("custom-element-definition")),
        ("name", Json::text(TAG)),
        ("declaration", Json::object([("name", Json::text("InstantCard")), ("module", Json::text("instant-card.js"))])),
    ]);
    let module = Json::object([
        ("kind", Json::text("javascript-module")),
        ("path", Json::text("instant-card.js")),
        ("declarations", Json::List(vec![class])),
        ("exports", Json::List(vec![definition])),
    ]);
    Json::object([
        ("schemaVersion", Json::text("2.1.0")),
        ("readme", Json::text("README.md")),
        ("modules", Json::List(vec![module])),
    ])
    .file()
}

/// `vscode.html-custom-data.json`, which editors show in HTML.
pub(super) fn html_data() -> String {
    let attribute = |attribute: &Attribute| {
        let values = match attribute.values {
            Values::OneOf(words) => Json::list(words, |word| Json::object([("name", Json::text(word))])),
            _ => Json::Skip,
        };
        Json::object([
            ("name", Json::text(attribute.name)),
            ("description", text(&described(attribute))),
            ("values", values),
        ])
    };
    let tag = Json::object([
        ("name", Json::text(TAG)),
        ("description", Json::text(SUMMARY)),
        ("attributes", Json::list(ATTRIBUTES, attribute)),
    ]);
    Json::Object(vec![("version".to_owned(), Json::Number(1.1)), ("tags".to_owned(), Json::List(vec![tag]))]).file()
}

/// What an attribute may say and what it does.
fn described(attribute: &Attribute) -> String {
    match attribute.values {
        Values::OneOf(_) => attribute.text.to_owned(),
        Values::Number(like) | Values::Text(like) => format!("{} ({like})", attribute.text),
    }
}

/// What is named by the file for one framework or another, each for those who have that. Some package managers give a package nothing that
/// it does not name.
const PEERS: [&str; 5] = ["@angular/core", "@types/react", "solid-js", "svelte", "vue"];

/// `package.json`.
pub(super) fn package(version: &str) -> String {
    let entry = |types: &str, file: &str| Json::object([("types", Json::text(types)), ("default", Json::text(file))]);
    let types_only = |types: &str| Json::object([("types", Json::text(types))]);
    let peers = |each: &dyn Fn() -> Json| Json::Object(PEERS.iter().map(|name| ((*name).to_owned(), each())).collect());
    Json::object([
        ("name", Json::text(TAG)),
        ("version", Json::text(version)),
        ("description", Json::text(SUMMARY)),
        ("license", Json::text("MIT OR Apache-2.0")),
        (
            "keywords",
            Json::list(
                &["web-component", "custom-element", "webassembly", "id-card", "badge", "instantcard"],
                |word| Json::text(word),
            ),
        ),
        ("type", Json::text("module")),
        ("main", Json::text("./instant-card.js")),
        ("module", Json::text("./instant-card.js")),
        ("types", Json::text("./instant-card.d.ts")),
        (
            "exports",
            Json::object([
                (".", entry("./instant-card.d.ts", "./instant-card.js")),
                ("./react", types_only("./react.d.ts")),
                ("./vue", types_only("./vue.d.ts")),
                ("./svelte", types_only("./svelte.d.ts")),
                ("./solid", types_only("./solid.d.ts")),
                ("./angular", entry("./angular.d.ts", "./angular.js")),
                ("./*", Json::text("./*")),
            ]),
        ),
        // What CDNs of npm's packages answer with for the package's own address.
        ("unpkg", Json::text("./cdn/instant-card.js")),
        ("jsdelivr", Json::text("./cdn/instant-card.js")),
        // To import it is to define the element.
        ("sideEffects", Json::True),
        ("customElements", Json::text("custom-elements.json")),
        ("peerDependencies", peers(&|| Json::text("*"))),
        ("peerDependenciesMeta", peers(&|| Json::object([("optional", Json::True)]))),
        ("files", Json::list(&["*"], |all| Json::text(all))),
    ])
    .file()
}
