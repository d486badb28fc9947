//! Each block of code in the documentation is run or read by a test, or stands here with the reason why not.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::package::contract;

/// What becomes of a block.
enum How {
    /// This test takes it out of the page and runs it.
    Run(&'static str),
    /// It is no more than looked at here, since nothing can be run: why.
    Listed(&'static str),
}
use How::{Listed, Run};

/// What a block is known by: its page, its language, and something that stands in it.
type Known = (&'static str, &'static str, &'static str, How);

const GUIDE: &str = "tests/e2e/kiosk-guide.test.mjs";
const PROXY: &str = "tests/e2e/guide-proxy.test.mjs";
const HOSTING: &str = "tests/e2e/hosting.test.mjs";
const DOCS: &str = "tests/e2e/docs.test.mjs";
const GATEWAY: &str = "gateway/tests/gateway/process.rs";
const LINES: &str = "tests/hosts/readme.test.mjs";
const PACKAGE: &str = "the wide step installs the package and builds with lines like these, in other people's builds";
const TYPED: &str = "an excerpt; what it sets has its own tests, and each name in it is one of the contract";

/// All blocks. What is HTML, JavaScript, CSS, JSON or a shell's is read here as well: it has no mistake of form, and names no
/// attribute, property, event or custom property that there is not.
const KNOWN: &[Known] = &[
    ("README.md", "sh", "cargo xtask demo", Listed("these commands are what runs this test, and the demo's own check")),
    ("README.md", "html", "<!doctype html>", Run(DOCS)),
    ("README.md", "js", "card.prefill", Listed(TYPED)),
    ("README.md", "", "Content-Security-Policy", Run("tests/e2e/files.test.mjs")),
    ("README.md", "", "src/element/", Listed("a map, for reading")),
    ("examples/README.md", "sh", "npm install", Listed(PACKAGE)),
    ("npm/README.md", "sh", "npm install", Run(LINES)),
    ("npm/README.md", "js", "// src/main.js", Run(LINES)),
    ("npm/README.md", "js", "// vite.config.js", Run(LINES)),
    ("npm/README.md", "html", "<!-- index.html", Run(LINES)),
    ("npm/README.md", "html", "<script type=\"module\"", Run(LINES)),
    ("npm/README.md", "jsx", "// app/page.jsx", Run(LINES)),
    ("npm/README.md", "jsx", "<instant-card", Listed(PACKAGE)),
    (
        "npm/README.md",
        "",
        "Content-Security-Policy",
        Listed("the README's, to the letter, which files.test.mjs runs under"),
    ),
    ("docs/embed.md", "html", "lang=\"en\"", Run(DOCS)),
    ("docs/embed.md", "html", "rel=\"preload\"", Listed("two lines of the README's page, which is run")),
    ("docs/embed.md", "html", "organization-id", Listed(TYPED)),
    (
        "docs/embed.md",
        "sh",
        "npm install",
        Listed("the wide step installs and builds with it, in Vite, webpack and Next"),
    ),
    ("docs/embed.md", "js", "import \"instant-card\"", Listed("the wide step does so, in Vite, webpack and Next")),
    ("docs/embed.md", "js", "addEventListener", Run(DOCS)),
    ("docs/request.md", "html", "lang=\"en\"", Run(DOCS)),
    ("docs/request.md", "js", "/__sandbox/token", Run(DOCS)),
    (
        "docs/request.md",
        "html",
        "gateway=",
        Listed("needs the reader's own backend; examples/request.html is the same, and is run"),
    ),
    (
        "docs/request.md",
        "js",
        "/my-site/card-statement",
        Listed("needs the reader's own backend; examples/site.js is the same, and is run"),
    ),
    ("docs/request.md", "js", "", Run(DOCS)),
    ("docs/theming.md", "html", "lang=\"en\"", Run(DOCS)),
    ("docs/theming.md", "html", "slot=\"logo\"", Listed(TYPED)),
    ("docs/theming.md", "css", "", Run(DOCS)),
    ("docs/troubleshooting.md", "js", "ic-error", Run(DOCS)),
    ("docs/strings.md", "js", "strings", Run(DOCS)),
    (
        "docs/reference.md",
        "ts",
        "interface",
        Listed("made of what the package's types are made of, which the wide step compiles"),
    ),
    ("docs/hosting.md", "http", "", Run(HOSTING)),
    ("docs/hosting.md", "nginx", "", Run(HOSTING)),
    ("docs/hosting.md", "caddy", "", Run(HOSTING)),
    ("docs/hosting.md", "html", "offline.js", Run(HOSTING)),
    ("docs/hosting.md", "sh", "aws s3", Listed("needs an account at Amazon")),
    ("docs/hosting.md", "js", "function handler", Run(HOSTING)),
    (
        "docs/hosting.md",
        "",
        "/staff/*",
        Listed("needs an account at Netlify; hosting.test.mjs compares it with the others"),
    ),
    ("docs/kiosk.md", "http", "", Run(GUIDE)),
    ("docs/kiosk.md", "json", "", Run(GUIDE)),
    (
        "docs/kiosk.md",
        "sh",
        "apt install",
        Listed("would change the machine that tests run on; what it installs is what they use"),
    ),
    ("docs/kiosk.md", "sh", "systemctl", Listed("needs systemd as the first process, which a container lacks")),
    ("docs/kiosk.md", "sh", "", Run(GUIDE)),
    (
        "docs/kiosk.md",
        "ini",
        "",
        Listed("needs systemd as the first process, which a container lacks; the programs in it are run"),
    ),
    ("docs/kiosk.md", "", "ServerFlags", Listed("needs a console of its own")),
    (
        "docs/gateway.md",
        "html",
        "gateway=",
        Listed("needs the reader's own backend; examples/request.html is the same, and is run"),
    ),
    (
        "docs/gateway.md",
        "sh",
        "cargo build",
        Listed("process.rs runs --example and --check; the profile is for releases"),
    ),
    ("docs/gateway.md", "ini", "", Listed("needs systemd as the first process, which a container lacks")),
    ("docs/gateway.md", "nginx", "", Listed("an excerpt of a server; docs/proxy.md has whole ones, which are run")),
    (
        "docs/gateway.md",
        "",
        "reverse_proxy",
        Listed("an excerpt of a server; docs/proxy.md has whole ones, which are run"),
    ),
    ("docs/gateway.md", "js", "", Run(GATEWAY)),
    ("docs/gateway.md", "python", "", Run(GATEWAY)),
    ("docs/proxy.md", "nginx", "", Run(PROXY)),
    ("docs/proxy.md", "caddy", "", Run(PROXY)),
];

/// A block of code.
struct Block {
    page: String,
    language: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All blocks of `docs/` and of the READMEs.
fn blocks() -> Vec<Block> {
    let mut pages = ["README.md", "examples/README.md", "npm/README.md"].map(str::to_owned).to_vec();
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            pages.push(format!("docs/{name}"));
        }
    }
    pages.sort();
    let mut blocks = Vec::new();
    for page in pages {
        let text = fs::read_to_string(root().join(&page)).unwrap();
        let mut block = None::<Block>;
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = if let CodeBlockKind::Fenced(info) = kind { info.to_string() } else { String::new() };
                    let language = info.split(' ').next().unwrap_or_default().to_owned();
                    block = Some(Block { page: page.clone(), language, text: String::new() });
                }
                Event::Text(text) => block.iter_mut().for_each(|block| block.text.push_str(&text)),
                Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
                _ => {}
            }
        }
    }
    blocks
}

fn is(block: &Block, (page, language, text, _): &Known) -> bool {
    block.page == *page && block.language == *language && block.text.contains(text)
}

#[test]
fn each_block_is_run_or_listed() {
    let blocks = blocks();
    let unknown: Vec<_> = blocks
        .iter()
        .filter(|block| !KNOWN.iter().any(|known| is(block, known)))
        .map(|block| format!("{} {:?}: {}", block.page, block.language, block.text.lines().next().unwrap_or_default()))
        .collect();
    assert!(unknown.is_empty(), "neither run nor listed in KNOWN (xtask/src/docs/blocks.rs):\n{}", unknown.join("\n"));
    for known in KNOWN {
        assert!(
            blocks.iter().any(|block| is(block, known)),
            "there is no such block: {known:?}",
            known = (known.0, known.1, known.2)
        );
        match known.3 {
            Run(test) => {
                let text = fs::read_to_string(root().join(test)).unwrap_or_default();
                let name = known.0.rsplit('/').next().unwrap_or_default();
                let support = fs::read_to_string(root().join("tests/e2e/support/machine.mjs")).unwrap();
                let proxies = fs::read_to_string(root().join("tests/e2e/support/proxies.mjs")).unwrap();
                let reads = [&text, &support, &proxies].iter().any(|text| text.contains(name));
                assert!(!text.is_empty() && reads, "{test} does not read {name}");
            }
            Listed(reason) => assert!(!reason.is_empty()),
        }
    }
}

/// What stands between each `before` and the next letter that is none of a name's.
fn names<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let rests = text.split(before).skip(1);
    rests.map(|rest| &rest[..rest.find(|letter| !is_name(letter)).unwrap_or(rest.len())]).collect()
}

#[test]
fn what_is_named_is_there() {
    let events: Vec<_> = contract::EVENTS.iter().map(|event| event.name.trim_start_matches("ic-")).collect();
    let tokens: Vec<_> = contract::TOKENS.iter().map(|token| token.name.trim_start_matches("--ic-")).collect();
    let properties: Vec<_> = contract::PROPERTIES.iter().map(|property| property.name).collect();
    for Block { page, language, text } in &blocks() {
        let wrong = match language.as_str() {
            "html" | "jsx" => attributes(text).into_iter().find(|name| {
                let is_own = ["class", "slot", "id", "style", "ref", "onic-card-finalized"].contains(name);
                let is_property = language == "jsx" && properties.contains(name);
                !is_own && !is_property && !contract::ATTRIBUTES.iter().any(|attribute| attribute.name == *name)
            }),
            "js" => names(text, "(\"ic-").into_iter().find(|name| !events.contains(name)).or_else(|| {
                let known = ["addEventListener", "shadowRoot", "reset", "signOut", "getAttribute", "setAttribute"];
                names(text, "card.").into_iter().find(|name| !properties.contains(name) && !known.contains(name))
            }),
            "css" => names(text, "--ic-").into_iter().find(|name| !tokens.contains(name)).or_else(|| {
                let parts = names(text, "::part(");
                parts.into_iter().find(|name| !contract::PARTS.iter().any(|part| part.name == *name))
            }),
            _ => None,
        };
        assert_eq!(wrong, None, "{page}:\n{text}");
    }
}

/// The names of the attributes on each `<instant-card>`.
fn attributes(html: &str) -> Vec<&str> {
    let tags = html.split("<instant-card").skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
    tags.flat_map(|tag| {
        tag.split('"').step_by(2).flat_map(|part| part.split(['{', '}'])).flat_map(str::split_whitespace)
    })
    .filter_map(|word| word.strip_suffix('=').filter(|name| !name.is_empty()))
    .collect()
}

/// Lets a program read a text.
fn read_by(program: &str, arguments: &[&str], text: &str) -> Result<(), String> {
    use std::io::Write;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Reads scripts and JSON: a language and a text, one after the other.
const READ: &str = "
const { SourceTextModule } = require('node:vm');
const [...rest] = process.argv.slice(1);
while (rest.length) {
  const [language, text] = rest.splice(0, 2);
  try {
    if (language === 'json') JSON.parse(text); else new SourceTextModule(text);
  } catch (error) {
    console.error(text);
    throw error;
  }
}";

#[test]
fn what_can_be_read_has_no_mistake_of_form() {
    let blocks = blocks();
    for Block { page, language, text } in &blocks {
        let read = match language.as_str() {
            "sh" => read_by("sh", &["-n"], text),
            "html" => balanced(text),
            _ => Ok(()),
        };
        assert_eq!(read, Ok(()), "{page}:\n{text}");
    }
    let texts = blocks.iter().filter(|block| ["js", "json"].contains(&block.language.as_str()));
    let texts = texts.flat_map(|block| [block.language.as_str(), block.text.as_str()]);
    let options = ["--experimental-vm-modules", "--no-warnings", "--eval", READ, "--"];
    let arguments: Vec<&str> = options.into_iter().chain(texts).collect();
    assert_eq!(read_by("node", &arguments, ""), Ok(()));
}

/// Whether each element ends that has to.
fn balanced(html: &str) -> Result<(), String> {
    let mut open = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').ok_or_else(|| format!("a tag does not end: <{part}"))?;
        let name = tag.split_whitespace().next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> ends nothing"));
            }
        } else if !name.starts_with('!') && !["meta", "link", "img", "br", "input"].contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} do not end")) }
}

#[test]
fn there_is_one_policy_for_every_page() {
    let policies: Vec<String> = ["README.md", "npm/README.md"]
        .map(|page| {
            let block =
                blocks().into_iter().find(|block| block.page == page && block.text.starts_with("Content-Security"));
            block.expect("the page has the policy").text
        })
        .into();
    assert_eq!(policies[0], policies[1]);
}

#[test]
fn each_code_of_an_error_has_its_place() {
    let text = fs::read_to_string(root().join("docs/troubleshooting.md")).unwrap();
    let told: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`')).collect();
    let codes: Vec<&str> = contract::CODES.iter().flat_map(|(_, codes)| codes.iter().map(|code| code.name)).collect();
    let missing: Vec<_> = codes.iter().filter(|code| !told.contains(code)).collect();
    let unknown: Vec<_> = told.iter().filter(|code| !codes.contains(code)).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "not there: {missing:?}; of no code: {unknown:?}");
}

#[test]
fn the_table_of_the_look_is_the_references() {
    let read = |name: &str| fs::read_to_string(root().join(name)).unwrap();
    let table = |text: &str| {
        let start = text.find("| custom property |").expect("there is the table");
        text[start..].split("\n\n").next().unwrap_or_default().to_owned()
    };
    assert_eq!(table(&read("docs/theming.md")), table(&read("docs/reference.md")));
}
