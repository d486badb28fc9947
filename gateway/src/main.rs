//! `instant-card-gateway`.

use clap::Parser;
use instant_card_gateway::config::{Config, EXAMPLE};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// The system's took a tenth of a small call's time, this one takes half of that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Keeps an organization's key beside a site: visitors get sessions that open their own card and no more.
#[derive(Debug, Parser)]
#[command(name = "instant-card-gateway", version)]
struct Options {
    /// The configuration; secrets come from the environment
    #[arg(long, value_name = "FILE", default_value = "instant-card-gateway.toml")]
    config: PathBuf,

    /// Say whether the configuration is right and the vendor can be reached, and end
    #[arg(long)]
    check: bool,

    /// Print a configuration with every setting, and end
    #[arg(long)]
    example: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Tell which reading of what the vendor's text leaves open the server follows
    Probe(instant_card_gateway::probe::Options),
}

fn main() -> ExitCode {
    let mut options = Options::parse();
    if options.example {
        print!("{EXAMPLE}");
        return ExitCode::SUCCESS;
    }
    if let Some(Command::Probe(options)) = options.command.take() {
        return match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(instant_card_gateway::probe::run(options)),
            Err(error) => failed(&error.to_string()),
        };
    }
    let config = match read(&options) {
        Ok(config) => config,
        Err(words) => return failed(&words),
    };
    // Requests are answered on threads of their own.
    match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) if options.check => runtime.block_on(check(&config)),
        Ok(runtime) => runtime.block_on(serve(config)),
        Err(error) => failed(&error.to_string()),
    }
}

fn failed(words: &str) -> ExitCode {
    eprintln!("instant-card-gateway: {words}");
    ExitCode::FAILURE
}

fn read(options: &Options) -> Result<Config, String> {
    let path = options.config.display();
    let text = std::fs::read_to_string(&options.config)
        .map_err(|error| format!("cannot read {path}: {error}; `--example` prints a configuration to begin with"))?;
    let environment = |name: &str| std::env::var(name).ok();
    Config::read(&text, &environment).map_err(|mistakes| format!("{path} cannot be used:\n{mistakes}"))
}

async fn check(config: &Config) -> ExitCode {
    let (said, code) = match instant_card_gateway::check(config).await {
        Ok(said) => (said, ExitCode::SUCCESS),
        Err(said) => (said, ExitCode::FAILURE),
    };
    said.iter().for_each(|line| println!("{line}"));
    code
}

async fn serve(config: Config) -> ExitCode {
    let _log = instant_card_gateway::log(&config);
    let store = match instant_card_gateway::open(&config.store).await {
        Ok(store) => Arc::new(store),
        Err(error) => return failed(&error.to_string()),
    };
    let gateway = match instant_card_gateway::start(config, store).await {
        Ok(gateway) => gateway,
        Err(error) => return failed(&format!("cannot start: {error}")),
    };
    // Scripts wait for this line.
    println!("instant-card-gateway listening on http://{}/", gateway.address());
    stop_signal().await;
    gateway.stop().await;
    ExitCode::SUCCESS
}

/// Returns when somebody wants it to end.
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
