//! What many walks have come to, in numbers.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::walk::Outcome;

/// The numbers, by name; they are added up over walks and over worker processes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    numbers: BTreeMap<String, u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, name: &str, number: u64) {
        match self.numbers.get_mut(name) {
            Some(known) => *known += number,
            None => drop(self.numbers.insert(name.to_owned(), number)),
        }
    }

    /// A number that is the largest of all and not their sum.
    pub(crate) fn most(&mut self, name: &str, number: u64) {
        let known = self.numbers.entry(name.to_owned()).or_default();
        *known = (*known).max(number);
    }

    pub(crate) fn get(&self, name: &str) -> u64 {
        self.numbers.get(name).copied().unwrap_or_default()
    }

    /// Those whose names begin so, without that.
    pub(crate) fn of(&self, start: &str) -> Vec<(String, u64)> {
        let named =
            self.numbers.iter().filter_map(|(name, number)| Some((name.strip_prefix(start)?.to_owned(), *number)));
        named.collect()
    }

    /// A walk has come to its end.
    pub(crate) fn took(&mut self, steps: u32, outcome: &Outcome, time: Duration) {
        self.add("runs", 1);
        self.add("two", outcome.reached.two.into());
        self.add("enrolled", outcome.reached.enrolled.into());
        self.add("revoked", outcome.reached.revoked.into());
        if outcome.reached.by_gateway {
            self.add("by gateway", 1);
            self.add("time by gateway", u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        } else {
            self.add("time", u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        }
        self.add("steps", steps.into());
        self.add("requests", outcome.requests);
        self.add("charges", outcome.reached.charges);
        self.add("findings", outcome.reached.findings);
        self.add("finalized", outcome.reached.finalized.into());
        self.add("submitted", outcome.reached.submitted.into());
        self.add("paid", outcome.reached.paid.into());
        self.add("failed", outcome.broken.is_some().into());
        for (kind, count) in &outcome.faults {
            self.add(&["fault ", kind].concat(), *count);
        }
        self.add("staff", outcome.reached.staff.into());
        for deed in &outcome.reached.deeds {
            self.add(&["deed ", deed].concat(), 1);
        }
        for (gap, count) in &outcome.reached.gaps {
            self.add(&["gap ", gap].concat(), *count);
        }
        if let Some(broken) = &outcome.broken {
            self.add(&["broken ", broken.invariant].concat(), 1);
        }
    }

    /// As a worker hands it over, one number a line.
    pub(crate) fn lines(&self) -> String {
        self.numbers.iter().map(|(name, number)| format!("{TALLY}{number} {name}\n")).collect()
    }

    /// Takes in a worker's line. False where it is none of these.
    pub(crate) fn take(&mut self, line: &str) -> bool {
        let told = line.strip_prefix(TALLY).and_then(|rest| rest.split_once(' '));
        let Some((number, name)) = told.and_then(|(number, name)| Some((number.parse::<u64>().ok()?, name))) else {
            return false;
        };
        if name == PEAK {
            self.most(name, number)
        } else {
            self.add(name, number)
        }
        true
    }
}

const TALLY: &str = "tally ";
/// The most memory that a process had.
pub(crate) const PEAK: &str = "peak";
