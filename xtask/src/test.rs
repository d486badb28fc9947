//! `cargo xtask test`: every check and test, and with `--wide` those that are wide by nature.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    args::TestOptions,
    deny, docs, exec, failures, faults, gateway, native, package,
    paths::Paths,
    portal, rules, sandbox, say, simulate, sizes,
    steps::{STEPS, Step},
    tools::{self, TestTools},
};

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// The developer asked to leave it out, or what it tests is not there.
    LeftOut,
    /// What it needs has failed.
    NotRun,
}

/// Runs the steps and closes with a summary; any failure fails the command.
pub(crate) fn run(paths: &Paths, options: &TestOptions) -> Result<()> {
    if options.list {
        for step in STEPS {
            let list = if step.is_in(false) { "" } else { "  (--wide)" };
            println!("{:<15}{}{list}", step.name(), step.what());
        }
        return Ok(());
    }
    let start = Instant::now();
    let tools = tools::for_tests(paths)?;
    failures::forget(paths)?;
    let mut done: Vec<(Step, Outcome, Duration)> = Vec::new();
    let runs = |step: Step| is_listed(options, step) && wanted(options, step);
    let mut beside = None;
    for step in STEPS.into_iter().filter(|step| is_listed(options, *step)) {
        let failed = |needed: &Step| {
            done.iter().any(|(step, outcome, _)| step == needed && matches!(outcome, Outcome::Failed | Outcome::NotRun))
        };
        let outcome = if !wanted(options, step) {
            Outcome::LeftOut
        } else if matches!(step, Step::Simulate | Step::SimulateWide) && !simulate::is_there(paths) {
            say::doing(&format!("{}: left out, there is no simulator/", step.name()));
            Outcome::LeftOut
        } else if step.needs().iter().any(failed) {
            Outcome::NotRun
        } else {
            say::doing(&format!("{}: {}", step.name(), step.what()));
            let began = Instant::now();
            let leaves_room = matches!(step, Step::Native | Step::Wasm | Step::Portal);
            if leaves_room && beside.is_none() && runs(Step::Simulate) && simulate::is_there(paths) {
                // It takes a minute of one core. Browsers, linkers and optimizers leave one free.
                say::doing("simulate: runs beside what follows, what it says comes later");
                beside = Some(simulate::Beside::start(paths));
            }
            let built = step == Step::Sandbox && has_passed(&done, Step::Native) && paths.sandbox().is_file();
            // Its own tests start the program, so cargo has just built it; with fewer crates' features than for all tests
            // together, it would be built again.
            let result = match beside.take_if(|_| step == Step::Simulate) {
                Some(simulation) => simulation.wait(),
                None if built => Ok(()),
                None => one(paths, &tools, step),
            };
            let outcome = match result {
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
    print!("{}{}", failures::told(paths)?, summary(&done, start.elapsed()));
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

fn has_passed(done: &[(Step, Outcome, Duration)], step: Step) -> bool {
    done.iter().any(|(other, outcome, _)| *other == step && *outcome == Outcome::Passed)
}

/// Whether a step is in the list that was asked for, or was asked for by its name.
fn is_listed(options: &TestOptions, step: Step) -> bool {
    step.is_in(options.wide) || options.only.contains(&step)
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
        Step::Rules => rules::run(paths),
        Step::Deny => deny::check(paths),
        Step::Clippy => {
            exec::run(step.what(), &mut cargo("clippy --locked --workspace --all-targets -- -D warnings"), remedy)
        }
        Step::ClippyWasm => exec::run(
            step.what(),
            &mut cargo("clippy --locked --target wasm32-unknown-unknown --all-targets -- -D warnings"),
            remedy,
        ),
        Step::Native => native::test(paths, tools),
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
        Step::Docs => docs::build(paths),
        Step::Sandbox => {
            sandbox::build(paths)?;
            gateway::build(paths)
        }
        Step::Simulate => simulate::run(paths, &simulate::SHORT),
        Step::OnceWide => exec::run(
            step.what(),
            cargo("test --locked --package instant-card-gateway --lib --test gateway -- once:: killed::")
                .env("ONCE_RUNS", "10000")
                .env("REDIS_SERVER", &tools.redis),
            remedy,
        ),
        Step::SimulateWide => simulate::run(paths, &simulate::WIDE),
        Step::EndToEnd => exec::run(step.what(), &mut end_to_end(paths, tools), remedy),
        Step::EndToEndWide => exec::run(step.what(), end_to_end(paths, tools).env("E2E_WIDE", "1"), remedy),
        Step::Faults => faults::play(paths, tools, &faults::SHORT),
        Step::FaultsWide => faults::play(paths, tools, &faults::WIDE),
        Step::Bundlers | Step::Hosts => {
            tools::for_hosts(paths)?;
            let folder = if step == Step::Bundlers { paths.bundlers() } else { paths.hosts() };
            exec::run(step.what(), scenes_in(paths, tools, &folder)?.env("E2E_WIDE", "1"), remedy)
        }
    }
}

/// The files that run the scenes of all files, each in a process of its own with its browser: WebKit begins when Firefox is through.
const BROWSERS: [&str; 3] = ["chromium.test.mjs", "firefox.test.mjs", "webkit.test.mjs"];

fn end_to_end(paths: &Paths, tools: &TestTools) -> Command {
    let folder = paths.tests().join("e2e");
    scenes(paths, tools, BROWSERS.map(|name| folder.join(name)))
}

/// What runs the tests in a folder.
fn scenes_in(paths: &Paths, tools: &TestTools, folder: &Path) -> Result<Command> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{} has no *.test.mjs", folder.display());
    }
    Ok(scenes(paths, tools, files))
}

/// What runs the tests in these files, two beside each other.
pub(crate) fn scenes(paths: &Paths, tools: &TestTools, files: impl IntoIterator<Item = PathBuf>) -> Command {
    let mut node = exec::command(paths, "node");
    node.args(["--test", "--test-concurrency=2", "--test-reporter=spec"]).args(files);
    node.env("CHROMIUM", &tools.chromium)
        .env("CHROMIUM_SHELL", &tools.chromium_shell)
        .env("FIREFOX", &tools.firefox)
        .env("WEBKIT_DRIVER", &tools.webkit_driver)
        .env("XVFB", &tools.xvfb)
        .env("DBUS_DAEMON", &tools.dbus_daemon)
        .env("NGINX", &tools.nginx)
        .env("CADDY", &tools.caddy)
        .env("SANDBOX_BIN", paths.sandbox())
        .env("GATEWAY_BIN", paths.gateway())
        .env("PORTAL_DIST", paths.dist())
        .env("DOCS_DIR", paths.docs())
        .env("PACKAGE_DIR", paths.package());
    failures::kept_by(&mut node, paths);
    node
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
        text.push_str(&format!("{word:<10}{:<15}{time:>12}   {}\n", step.name(), step.what()));
    }
    text.push_str(&format!("{:<10}{:<15}{:>12}\n", "together", "", say::time(total)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_and_skip() {
        let only = TestOptions { only: vec![Step::Wasm], ..Default::default() };
        assert_eq!(STEPS.into_iter().filter(|step| wanted(&only, *step)).count(), 1);
        let wide = TestOptions { only: vec![Step::FaultsWide], ..Default::default() };
        assert!(is_listed(&wide, Step::FaultsWide) && !is_listed(&wide, Step::SimulateWide));
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
