//! Many walks: each worker is a process of its own, since flows live on one thread and share what signals are kept in.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::mutants;
use crate::options::Options;
use crate::plan::Plan;
use crate::report;
use crate::script;
use crate::shrink;
use crate::tally::{PEAK, Tally};
use crate::walk;

/// So many failures are made shorter and told, in each worker; the others are counted.
const TOLD: u64 = 3;

/// Does what the command line asks for.
pub fn run(options: &Options) -> ExitCode {
    if let Some(mutant) = &options.mutant
        && let Err(why) = mutants::switch_on(mutant)
    {
        eprintln!("{why}");
        return ExitCode::from(2);
    }
    walk::watch_panics();
    if let Some(seed) = options.script {
        return tell_script(&Plan::whole(seed, options.steps));
    }
    if let Some(plan) = options.replayed() {
        return replay(options, &plan);
    }
    if let Some(worker) = options.worker {
        print!("{}", work(options, worker).lines());
        return ExitCode::SUCCESS;
    }
    let began = Instant::now();
    match lead(options) {
        Ok(tally) => {
            print!("{}", report::summary(&tally, began.elapsed(), options.mutant.as_deref()));
            let is_found = tally.get("failed") > 0;
            // A mistake on purpose is to be found.
            if is_found == options.mutant.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("a worker could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How a walk is repeated from a command line.
fn how(options: &Options) -> String {
    let mut how = "cargo xtask simulate".to_owned();
    if let Some(mutant) = &options.mutant {
        how = how + " --mutant " + mutant;
    }
    if options.steps != 60 {
        how = format!("{how} --steps {}", options.steps);
    }
    how
}

fn replay(options: &Options, plan: &Plan) -> ExitCode {
    let outcome = walk::go(plan, true);
    outcome.lines.iter().for_each(|line| println!("{line}"));
    for (id, fault) in &outcome.struck {
        println!("fault {id}: {}", fault.name());
    }
    println!("hash {:016x}", outcome.hash);
    if outcome.broken.is_none() {
        println!("1 passed, 0 failed");
        return ExitCode::SUCCESS;
    }
    let told = walk::Outcome { lines: Vec::new(), ..outcome };
    print!("{}", report::failure(plan, &told, &Plan::whole(plan.seed, options.steps), &how(options)));
    println!("0 passed, 1 failed");
    ExitCode::FAILURE
}

fn tell_script(plan: &Plan) -> ExitCode {
    let script = script::write(plan);
    script.lines.iter().for_each(|line| println!("{line}"));
    if let Some(broken) = &script.broken {
        eprintln!("seed {}: {}: {}", plan.seed, broken.invariant, broken.seen);
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn lead(options: &Options) -> std::io::Result<Tally> {
    let workers = options.workers.max(1);
    let program = std::env::current_exe()?;
    let mut children: Vec<Child> = Vec::new();
    for worker in 0..workers {
        let mut command = Command::new(&program);
        command.args(std::env::args_os().skip(1)).arg("--worker").arg(worker.to_string());
        children.push(command.stdout(Stdio::piped()).spawn()?);
    }
    let mut tally = Tally::default();
    for mut child in children {
        if let Some(out) = child.stdout.take() {
            for line in BufReader::new(out).lines() {
                let line = line?;
                if !tally.take(&line) {
                    println!("{line}");
                }
            }
        }
        if !child.wait()?.success() {
            tally.add("failed", 1);
            tally.add("broken a worker ended by itself", 1);
        }
    }
    Ok(tally)
}

/// Every so many-th walk, for as long as there is time.
fn work(options: &Options, worker: u64) -> Tally {
    let began = Instant::now();
    let limit = options.seconds.map(Duration::from_secs);
    let runs = options.runs.unwrap_or(if limit.is_some() { u64::MAX } else { 2_000 });
    let mut tally = Tally::default();
    let mut number = worker;
    while number < runs && limit.is_none_or(|limit| began.elapsed() < limit) {
        let plan = Plan::whole(options.seed.wrapping_add(number), options.steps);
        let begins = Instant::now();
        let outcome = walk::go(&plan, false);
        tally.took(options.steps, &outcome, begins.elapsed());
        if options.verbose {
            println!("seed {} hash {:016x}", plan.seed, outcome.hash);
        }
        if let Some(broken) = &outcome.broken {
            let told = if options.mutant.is_some() { 1 } else { TOLD };
            if tally.get("failed") <= told && (options.mutant.is_none() || worker == 0) {
                let (shortest, outcome) = shrink::shortest(&plan, broken.invariant);
                print!("{}", report::failure(&shortest, &outcome, &plan, &how(options)));
            } else if options.mutant.is_none() {
                println!("FAILED seed {}: {}: {}", plan.seed, broken.invariant, broken.seen);
            }
        }
        number += options.workers.max(1);
    }
    tally.most(PEAK, peak());
    tally
}

/// The most memory that this process has had, in KB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
