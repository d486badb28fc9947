//! Makes a walk that failed shorter: steps are left out and faults taken away as long as the same thing is broken.

use crate::plan::Plan;
use crate::walk::{self, Outcome};

/// So many walks are tried at most.
const TRIES: u32 = 3_000;

/// The shortest version found of a walk that breaks `invariant`, and what came of it.
pub(crate) fn shortest(plan: &Plan, invariant: &'static str) -> (Plan, Outcome) {
    let mut shrink = Shrink { invariant, tries: 0 };
    let mut best = plan.clone();
    loop {
        let before = (best.steps.len(), best.without.len());
        best = shrink.fewer_steps(best);
        best = shrink.fewer_faults(best);
        if (best.steps.len(), best.without.len()) == before || shrink.tries >= TRIES {
            break;
        }
    }
    let outcome = walk::go(&best, true);
    (best, outcome)
}

struct Shrink {
    invariant: &'static str,
    tries: u32,
}

impl Shrink {
    fn still_breaks(&mut self, plan: &Plan) -> bool {
        self.tries += 1;
        self.tries <= TRIES && walk::go(plan, false).broken.is_some_and(|broken| broken.invariant == self.invariant)
    }

    /// Leaves out as many steps as possible, many at once first.
    fn fewer_steps(&mut self, mut best: Plan) -> Plan {
        let mut size = best.steps.len().div_ceil(2);
        while size > 0 {
            let mut from = 0;
            while from < best.steps.len() {
                let mut shorter = best.clone();
                shorter.steps.drain(from..(from + size).min(best.steps.len()));
                if self.still_breaks(&shorter) {
                    best = shorter;
                } else {
                    from += size;
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        best
    }

    /// Takes away as many faults as possible.
    fn fewer_faults(&mut self, mut best: Plan) -> Plan {
        let mut left: Vec<_> = walk::go(&best, false).struck.into_iter().map(|(id, _)| id).collect();
        let mut size = left.len();
        while size > 0 {
            let mut from = 0;
            while from < left.len() {
                let end = (from + size).min(left.len());
                let mut calmer = best.clone();
                calmer.without.extend(left.get(from..end).unwrap_or_default());
                if self.still_breaks(&calmer) {
                    best = calmer;
                    left.drain(from..end);
                } else {
                    from = end;
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        best
    }
}
