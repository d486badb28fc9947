//! `cargo xtask test`: every check and test, in an order that finds the cheap mistakes first.

use std::{
    fs,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    args::TestOptions,
    exec, faults, package,
    paths::Paths,
    portal, sandbox, say, sizes,
    steps::{STEPS, Step},
    tools::{self, TestTools},
};

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// The developer asked to leave it out.
    LeftOut,
    /// What it needs has failed.
    NotRun,
}

/// Runs the steps and closes with a summary; any failure fails the command.
pub(crate) fn run(paths: &Paths, options: &TestOptions) -> Result<()> {
    if options.list {
        STEPS.iter().for_each(|step| println!("{:<12}{}", step.name(), step.what()));
        return Ok(());
    }
    let start = Instant::now();
    let tools = tools::for_tests(paths)?;
    let mut done: Vec<(Step, Outcome, Duration)> = Vec::new();
    for step in STEPS {
        let failed = |needed: &Step| {
            done.iter().any(|(step, outcome, _)| step == needed && matches!(outcome, Outcome::Failed | Outcome::NotRun))
        };
        let outcome = if !wanted(options, step) {
            Outcome::LeftOut
        } else if step.needs().iter().any(failed) {
            Outcome::NotRun
        } else {
            say::doing(&format!("{}: {}", step.name(), step.what()));
            let began = Instant::now();
            let outcome = match one(paths, &tools, step) {
                Ok(()) => Outcome::Passed,
                Err(error) => {
                    say::error(&error);
                    Outcome::Failed
                }
            };
            done.push((step, outcome, began.elapsed()));
            continue;
        };
        done.push((step, outcome, Duration::ZERO));
    }
    print!("{}", summary(&done, start.elapsed()));
    let failed: Vec<_> =
        done.iter().filter(|(_, outcome, _)| *outcome == Outcome::Failed).map(|(step, ..)| step.name()).collect();
    if failed.is_empty() {
        return Ok(());
    }
    bail!(
        "{} of the steps failed: {}\n  remedy: the message of each is above; `cargo xtask test --only {}` runs one",
        failed.len(),
        failed.join(", "),
        failed[0]
    );
}

fn wanted(options: &TestOptions, step: Step) -> bool {
    (options.only.is_empty() || options.only.contains(&step)) && !options.skip.contains(&step)
}

fn one(paths: &Paths, tools: &TestTools, step: Step) -> Result<()> {
    let cargo = |line: &str| {
        let mut cargo = exec::command(paths, "cargo");
        cargo.args(line.split(' '));
        cargo
    };
    let remedy = "read the first error above";
    match step {
        Step::Format => exec::run(step.what(), &mut cargo("fmt --all --check"), "`cargo fmt --all`"),
        Step::Clippy => {
            exec::run(step.what(), &mut cargo("clippy --locked --workspace --all-targets -- -D warnings"), remedy)
        }
        Step::ClippyWasm => exec::run(
            step.what(),
            &mut cargo("clippy --locked --target wasm32-unknown-unknown --all-targets -- -D warnings"),
            remedy,
        ),
        Step::Native => exec::run(step.what(), &mut cargo("test --locked --workspace"), remedy),
        Step::Wasm => exec::run(
            step.what(),
            // Not `--quiet`: the browser's runner does not know it. Examples in the documentation are tested natively.
            cargo("test --locked --target wasm32-unknown-unknown --lib --tests")
                .env("CHROMEDRIVER", &tools.chromedriver),
            remedy,
        ),
        Step::Portal => {
            portal::build(paths)?;
            package::pack(paths)
        }
        Step::Size => {
            let sizes = sizes::measure(paths, &paths.dist())?;
            println!("{}", sizes::table(&sizes));
            sizes::check(&sizes)
        }
        Step::Sandbox => sandbox::build(paths),
        Step::EndToEnd => exec::run(step.what(), &mut end_to_end(paths, tools)?, remedy),
        Step::Faults => {
            let mut runs = faults::command(paths, tools, &faults::SHORT);
            exec::run(step.what(), runs.arg("--steps=25"), "each failed run says how to repeat it alone")
        }
    }
}

fn end_to_end(paths: &Paths, tools: &TestTools) -> Result<Command> {
    let folder = paths.root.join("tests/e2e");
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&folder).context("reading tests/e2e")? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("tests/e2e has no *.test.mjs");
    }
    let mut node = exec::command(paths, "node");
    node.arg("--test").arg("--test-reporter=spec").args(files);
    node.env("CHROMIUM", &tools.chromium)
        .env("NGINX", &tools.nginx)
        .env("SANDBOX_BIN", paths.sandbox())
        .env("PORTAL_DIST", paths.dist())
        .env("PACKAGE_DIR", paths.package());
    Ok(node)
}

fn summary(done: &[(Step, Outcome, Duration)], total: Duration) -> String {
    let mut text = String::from("\n");
    for (step, outcome, time) in done {
        let (word, time) = match outcome {
            Outcome::Passed => ("passed", say::time(*time)),
            Outcome::Failed => ("FAILED", say::time(*time)),
            Outcome::LeftOut => ("left out", String::new()),
            Outcome::NotRun => ("not run", String::new()),
        };
        text.push_str(&format!("{word:<10}{:<12}{time:>12}   {}\n", step.name(), step.what()));
    }
    text.push_str(&format!("{:<10}{:<12}{:>12}\n", "together", "", say::time(total)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_and_skip() {
        let only = TestOptions { only: vec![Step::Wasm], ..Default::default() };
        assert_eq!(STEPS.into_iter().filter(|step| wanted(&only, *step)).count(), 1);
        let skip = TestOptions { skip: vec![Step::Wasm], ..Default::default() };
        assert!(!wanted(&skip, Step::Wasm) && wanted(&skip, Step::EndToEnd));
    }

    #[test]
    fn the_summary_names_every_outcome() {
        let time = Duration::from_secs(2);
        let text = summary(&[(Step::Format, Outcome::Passed, time), (Step::Size, Outcome::Failed, time)], time);
        assert!(text.contains("passed    fmt") && text.contains("FAILED    size"), "{text}");
    }
}
