//! What is printed.

use std::fmt::Write as _;
use std::time::Duration;

use crate::plan::Plan;
use crate::tally::{PEAK, Tally};
use crate::walk::Outcome;

/// The summary of all walks.
#[allow(clippy::cast_precision_loss, reason = "for people")]
pub(crate) fn summary(tally: &Tally, took: Duration, mutant: Option<&str>) -> String {
    let runs = tally.get("runs");
    let share = |name: &str| format!("{:.1} %", percent(tally.get(name), runs));
    let listed = |start: &str| {
        let all: Vec<String> = tally.of(start).iter().map(|(name, count)| format!("{name} {count}")).collect();
        if all.is_empty() { "none".to_owned() } else { all.join(", ") }
    };
    let a_minute = percent(runs, 100) * 60.0 / took.as_secs_f64().max(0.001);
    let faults: u64 = tally.of("fault ").iter().map(|(_, count)| count).sum();
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<14}{value}");
    };
    line("walks", format!("{runs}, {a_minute:.0} a minute"));
    let by_gateway = tally.get("by gateway");
    let alone = |walks: u64, time: &str| walks as f64 * 60e6 / tally.get(time).max(1) as f64;
    line(
        "ways",
        format!(
            "with a token {}, through a gateway {by_gateway}; in one process {:.0} and {:.0} a minute",
            runs - by_gateway,
            alone(runs - by_gateway, "time"),
            alone(by_gateway, "time by gateway"),
        ),
    );
    line(
        "gateways",
        format!(
            "of two instances {}, with a kiosk that is enrolled {}, and taken off the list {}",
            tally.get("two"),
            tally.get("enrolled"),
            tally.get("revoked"),
        ),
    );
    line("steps", tally.get("steps").to_string());
    line("requests", tally.get("requests").to_string());
    line("faults", format!("{faults}: {}", listed("fault ")));
    line(
        "reached",
        format!("finalize {}, submission {}, payment {}", share("finalized"), share("submitted"), share("paid")),
    );
    let staff = tally.get("staff");
    let deeds: Vec<String> =
        tally.of("deed ").iter().map(|(name, count)| format!("{name} {:.1} %", percent(*count, staff))).collect();
    line("staff", format!("{staff} walks, of which: {}", deeds.join(", ")));
    line("charges", tally.get("charges").to_string());
    line("findings", format!("{} told", tally.get("findings")));
    line("accepted", listed("gap "));
    line("memory", format!("{} KB at most, in one process", tally.get(PEAK)));
    line("time", format!("{:.1} s", took.as_secs_f64()));
    if tally.get("failed") > 0 {
        line("broken", listed("broken "));
    }
    let failed = tally.get("failed");
    if let Some(mutant) = mutant {
        let _ = writeln!(text, "mutant {mutant}: found in {failed} of {runs} walks");
    }
    let _ = writeln!(text, "{} passed, {failed} failed", runs - failed.min(runs));
    text
}

#[allow(clippy::cast_precision_loss, reason = "for people")]
fn percent(part: u64, of: u64) -> f64 {
    part as f64 * 100.0 / of.max(1) as f64
}

/// A failure, with the shortest version found of its walk.
pub(crate) fn failure(plan: &Plan, outcome: &Outcome, whole: &Plan, how: &str) -> String {
    let mut text = String::new();
    let (invariant, seen) = match &outcome.broken {
        Some(broken) => (broken.invariant, broken.seen.as_str()),
        None => ("?", "the shortened walk holds"),
    };
    let _ = writeln!(text, "\nFAILED seed {}: {invariant}\n  {seen}", plan.seed);
    let (steps, faults) = (plan.steps.len(), outcome.struck.len());
    let _ = writeln!(text, "  {steps} of {} steps and {faults} faults are left:", whole.steps.len());
    outcome.lines.iter().for_each(|line| {
        let _ = writeln!(text, "  {line}");
    });
    for (id, fault) in &outcome.struck {
        let _ = writeln!(text, "  fault {id}: {}", fault.name());
    }
    let list = |items: Vec<String>| items.join(",");
    let mut again = format!("  again: {how} --replay {}", plan.seed);
    if plan.steps.len() != whole.steps.len() {
        let _ = write!(again, " --keep {}", list(plan.steps.iter().map(u32::to_string).collect()));
    }
    if !plan.without.is_empty() {
        let _ = write!(again, " --without-faults {}", list(plan.without.iter().map(ToString::to_string).collect()));
    }
    text + &again + "\n"
}
