//! The project's own commands, started as `cargo xtask <command>`.
//!
//! Each says what it does, asks nothing, skips what is there already, and when it fails names the step and the remedy.

mod allocator;
mod args;
mod bench;
mod built;
mod demo;
mod deny;
mod dev;
mod docs;
mod exec;
mod failures;
mod faults;
mod gateway;
mod glue;
mod load;
mod merge;
mod names;
mod native;
mod optimize;
mod package;
mod parts;
mod paths;
mod pictures;
mod portal;
mod rules;
mod sandbox;
mod say;
mod shell;
mod simulate;
mod sizes;
mod split;
mod stamp;
mod steps;
mod streams;
mod table;
mod test;
mod tools;

use std::process::ExitCode;

use args::Command;
use paths::Paths;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            say::error(&error);
            eprintln!("\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    let outcome = Paths::find().and_then(|paths| match command {
        Command::Help => {
            println!("{}", args::HELP);
            Ok(())
        }
        Command::Setup { tests } => {
            if tests {
                tools::for_tests(&paths).map(drop)
            } else {
                tools::for_builds(&paths)
            }
        }
        Command::Demo(options) => demo::run(&paths, &options),
        Command::Test(options) => test::run(&paths, &options),
        Command::Dev => dev::run(&paths),
        Command::Package { parts, build } => package::run(&paths, parts, build),
        Command::Bench { runs } => bench::run(&paths, runs),
        Command::BenchLists(options) => bench::lists(&paths, &options),
        Command::Load { minutes } => load::run(&paths, minutes),
        Command::Faults(options) => faults::run(&paths, &options),
        Command::Simulate(args) => simulate::run(&paths, &args),
        Command::Docs => docs::run(&paths),
        Command::Pictures(options) => pictures::run(&paths, &options),
        Command::Rules => rules::run(&paths),
        Command::FinishPortal => portal::finish(&paths),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}
