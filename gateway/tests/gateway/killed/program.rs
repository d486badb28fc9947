//! The gateway in a process of its own, which can be killed.

use super::store::Place;
use instant_card_gateway::config::Config;
use instant_card_gateway::once::Timing;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// What the program below reads.
const CONFIGURATION: &str = "KILLED_CONFIGURATION";

/// What takes minutes where real people pay takes seconds here.
fn timing() -> Timing {
    let (lease, settle) = (Duration::from_millis(1500), Duration::from_millis(1500));
    Timing { lease, settle, patience: Duration::from_secs(20), ..Timing::default() }
}

/// Not a test, but the program that the tests start and kill: the gateway as it is, with other times.
#[test]
#[ignore = "it goes on until it is killed"]
fn program() {
    let Some(path) = std::env::var_os(CONFIGURATION) else { return };
    let environment = |name: &str| std::env::var(name).ok();
    let config = Config::read(&std::fs::read_to_string(path).unwrap(), &environment);
    let config = Config { timing: timing(), ..config.unwrap_or_else(|mistakes| panic!("{mistakes}")) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let _log = instant_card_gateway::log(&config);
        let store = Arc::new(instant_card_gateway::open(&config.store).await.unwrap());
        let gateway = instant_card_gateway::start(config, store).await.unwrap();
        println!("\nlistening on {}", gateway.address());
        std::future::pending::<()>().await;
    });
}

/// Where one instance stands, running or not.
pub(super) struct Stand {
    configuration: PathBuf,
    log: PathBuf,
    store: Option<String>,
}

impl Stand {
    pub(super) fn new(place: &Place, number: usize, vendor: SocketAddr) -> Stand {
        let configuration = place.folder().join(format!("{number}.toml"));
        let text = format!(
            "listen = \"127.0.0.1:0\"\norigins = [\"{}\"]\n[vendor]\nbase = \"http://{vendor}/api/v2/\"
            organization_id = 20003827\nemail = \"api@instantcard.net\"\n[statements]\naudience = \"gateway\"
            [[statements.keys]]\nissuer = \"site\"\nkid = \"one\"\nalgorithm = \"HS256\"
            [staff]\nenabled = true\n[store]\n{}",
            crate::common::ORIGIN,
            place.setting()
        );
        std::fs::write(&configuration, text).unwrap();
        Stand { configuration, log: place.folder().join(format!("{number}.log")), store: place.url() }
    }

    pub(super) fn start(&self) -> Program {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "killed::program::program", "--ignored", "--nocapture"]);
        command.env(CONFIGURATION, &self.configuration).env("INSTANT_CARD_PASSWORD", "instantcardapi");
        command.env("INSTANT_CARD_KEY_ONE", crate::common::SECRET);
        if let Some(url) = &self.store {
            command.env("INSTANT_CARD_STORE_URL", url);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| line.unwrap().strip_prefix("listening on ").map(str::to_owned));
        // What it logs is kept beside its store, for whoever has to find out what went wrong.
        let mut log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log).unwrap();
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| writeln!(log, "{line}").unwrap()));
        Program { child, address: address.unwrap().parse().unwrap() }
    }
}

/// A running one. It is killed when this is dropped, so that a test that fails leaves none behind.
pub(super) struct Program {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
