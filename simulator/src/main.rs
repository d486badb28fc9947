//! `cargo run -p simulator --profile simulate -- --help`

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    simulator::run(&simulator::Options::parse())
}
