//! The program itself: it starts soon, holds little, says what is wrong, and ends what it has begun.

use crate::common::{Call, O, claims, send, signed};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_instant-card-gateway");

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

pub(crate) fn written(name: &str, vendor: &str, more: &str) -> PathBuf {
    let path = folder().join(name);
    let text = format!(
        "listen = \"127.0.0.1:0\"\norigins = [\"https://www.example.org\"]\n[vendor]\nbase = \"{vendor}api/v2/\"
        organization_id = 20003827\nemail = \"api@instantcard.net\"\n[statements]\naudience = \"gateway\"
        [[statements.keys]]\nissuer = \"site\"\nkid = \"one\"\nalgorithm = \"HS256\"\n{more}"
    );
    std::fs::write(&path, text).unwrap();
    path
}

pub(crate) fn program(config: &PathBuf) -> Command {
    let mut program = Command::new(PROGRAM);
    program.arg("--config").arg(config).env("INSTANT_CARD_PASSWORD", "instantcardapi");
    program.env("INSTANT_CARD_KEY_ONE", crate::common::SECRET).stdout(Stdio::piped());
    program
}

fn started(mut program: Command) -> (Child, SocketAddr, Duration) {
    let began = Instant::now();
    let mut child = program.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| line.unwrap().split_once("listening on http://").map(|(_, at)| at.to_owned()));
    let took = began.elapsed();
    std::thread::spawn(move || lines.for_each(drop));
    (child, line.unwrap().trim_end_matches('/').parse().unwrap(), took)
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Where a program listens whose output goes to a file.
pub(crate) async fn address(log: &Path) -> SocketAddr {
    let began = Instant::now();
    loop {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        if let Some((at, _)) = text.split_once("listening on http://").and_then(|(_, at)| at.split_once("/\n")) {
            return at.parse().unwrap();
        }
        assert!(began.elapsed() < Duration::from_secs(20), "it does not listen");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Asks it to stop, and returns when it has.
pub(crate) fn stopped(mut child: Child) {
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(child.wait().unwrap().success());
}

pub(crate) async fn sandbox() -> sandbox::Sandbox {
    use clap::Parser as _;
    sandbox::start(sandbox::Options::parse_from(["sandbox", "--port", "0"])).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_soon_holds_little_and_ends_what_it_has_begun() {
    let sandbox = sandbox().await;
    let (mut child, address, took) = started(program(&written("runs.toml", &sandbox.url(), "")));
    // A debug build on a busy machine; the release build is measured by hand.
    assert!(took < Duration::from_secs(2), "{took:?}");
    let memory = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let kilobytes: u64 = memory
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    assert!(kilobytes < 30_000, "{kilobytes} kB");

    let statement = signed(&json!({"alg": "HS256", "kid": "one"}), &claims(json!({})), crate::common::SECRET);
    let begun = send(address, Call::new("POST", "/session").bearer(&statement)).await.unwrap().json();
    let slow =
        json!({"rules": [{"match": {"method": "POST", "path_contains": "/cards"}, "action": "slow", "slow_ms": 800}]});
    send(sandbox.address(), Call::new("PUT", "/__sandbox/faults").body(slow.to_string())).await.unwrap();
    let create = crate::common::pass(begun["token"].as_str().unwrap(), "Ana");
    let creating = tokio::spawn(send(address, create));
    tokio::time::sleep(Duration::from_millis(300)).await;
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    let created = creating.await.unwrap().unwrap();
    assert_eq!(created.status, 200, "what had begun was not ended");
    assert!(child.wait().unwrap().success());
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    let state = send(sandbox.address(), Call::new("GET", "/__sandbox/state")).await.unwrap().json();
    assert_eq!(state["cards"].as_array().map(Vec::len), Some(1), "{O}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_says_what_is_right_and_what_is_not() {
    let sandbox = sandbox().await;
    let check = |name: &str, vendor: &str, more: &str, password: &str| {
        let mut program = program(&written(name, vendor, more));
        program.arg("--check").env("INSTANT_CARD_PASSWORD", password).output().unwrap()
    };
    let good = check("good.toml", &sandbox.url(), "[orders]\nshipping_provider_id = 11\n", "instantcardapi");
    assert!(good.status.success() && said(&good).contains("signed in"), "{}", said(&good));
    for (name, vendor, more, password, word) in [
        ("password.toml", sandbox.url(), "", "wrong", "the vendor refuses the gateway's account"),
        ("nobody.toml", "http://127.0.0.1:9/".to_owned(), "", "instantcardapi", "there is no way to the vendor"),
        (
            "provider.toml",
            sandbox.url(),
            "[orders]\nshipping_provider_id = 99\n",
            "instantcardapi",
            "`orders.shipping_provider_id` is 99",
        ),
        (
            "audit.toml",
            sandbox.url(),
            "[watch]\naudit = \"/nowhere/audit.jsonl\"\n",
            "instantcardapi",
            "the audit trail /nowhere/audit.jsonl",
        ),
        ("secret.toml", sandbox.url(), "[store]\npassword = \"hunter2\"\n", "instantcardapi", "is a secret"),
    ] {
        let bad = check(name, &vendor, more, password);
        assert!(!bad.status.success() && said(&bad).contains(word), "{word}: {}", said(&bad));
        assert!(!said(&bad).contains("hunter2") && !said(&bad).contains("instantcardapi"));
    }
    let changed: Value = send(sandbox.address(), Call::new("GET", "/__sandbox/state")).await.unwrap().json();
    assert_eq!(changed["cards"], json!([]), "a check changes nothing");
    // Whoever starts it where somebody else listens reads where that is.
    let metrics = format!("[watch]\nmetrics = \"{}\"\n", sandbox.address());
    let taken = program(&written("taken.toml", &sandbox.url(), &metrics)).stderr(Stdio::piped()).output().unwrap();
    assert!(!taken.status.success());
    assert!(said(&taken).contains("`watch.metrics`: nobody can listen on"), "{}", said(&taken));
    let example = Command::new(PROGRAM).arg("--example").output().unwrap();
    assert!(said(&example).contains("[vendor]"));
}

/// A code block of the guide.
fn block(language: &str) -> String {
    let guide = include_str!("../../../docs/gateway.md");
    let (_, rest) = guide.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_are_taken_as_the_guide_makes_them() {
    let made = folder().join("statements.mjs");
    let script = "import { generateKeyPairSync } from 'node:crypto';
        const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        process.env.CARD_KEY = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
        const { statement } = await import('./guide.mjs');
        console.log(JSON.stringify({ key: pair.publicKey.export({ type: 'spki', format: 'pem' }),
            statement: statement({ id: 'ana', number: 'E-1' }) }));";
    std::fs::write(folder().join("guide.mjs"), block("js")).unwrap();
    std::fs::write(&made, script).unwrap();
    let output = Command::new("node").arg(&made).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));

    let secret = crate::common::SECRET;
    let python = format!("{}\nprint(statement('ana'))", block("python"));
    let output = Command::new("python3").arg("-c").arg(python).env("CARD_SECRET", secret).output();
    // Not every machine has it.
    let by_python = output.ok().map(|output| said(&output).trim().to_owned());

    let sandbox = sandbox().await;
    let text = format!(
        "listen = \"127.0.0.1:0\"\norigins = [\"https://www.example.org\"]\n[vendor]\nbase = \"{}api/v2/\"
        organization_id = 20003827\nemail = \"api@instantcard.net\"\n[statements]\naudience = \"https://www.example.org/cards/\"
        [[statements.keys]]\nissuer = \"https://www.example.org\"\nkid = \"site-1\"\nalgorithm = \"ES256\"
        public_key = \"\"\"\n{}\"\"\"\n[[statements.keys]]\nissuer = \"https://www.example.org\"\nkid = \"site-2\"\nalgorithm = \"HS256\"",
        sandbox.url(), json["key"].as_str().unwrap()
    );
    let path = folder().join("guide.toml");
    std::fs::write(&path, text).unwrap();
    let mut command = program(&path);
    command.env("INSTANT_CARD_KEY_SITE_2", secret);
    let (mut child, address, _) = started(command);
    let by_node = json["statement"].as_str().map(str::to_owned);
    for (statement, ends_with) in [(by_node, "finalized"), (by_python, "cart")] {
        let Some(statement) = statement else { continue };
        let reply = send(address, Call::new("POST", "/session").bearer(&statement)).await.unwrap();
        assert_eq!((reply.status, &reply.json()["ends_with"]), (200, &json!(ends_with)), "{:?}", reply.bytes);
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
