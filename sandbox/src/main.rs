//! The sandbox's command: reads the command line, starts, and says where it listens.

use clap::Parser as _;
use sandbox::{Options, start};
use std::io::Write as _;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let place = format!("{}:{}", options.host, options.port);
    match start(options).await {
        Ok(sandbox) => {
            // Scripts wait for this line.
            let mut out = std::io::stdout();
            let _ = writeln!(out, "sandbox listening on {}", sandbox.url()).and_then(|()| out.flush());
            sandbox.run().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("sandbox: cannot listen on {place}: {error}");
            ExitCode::FAILURE
        }
    }
}
