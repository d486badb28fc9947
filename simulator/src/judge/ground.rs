//! What the judge's files share: the verdict, what is looked at, and what is remembered of it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use instant_card::flow::register::Conflict;

use crate::operation::Operation;
use crate::server::{Act, Server};
use crate::staff::Who;
use crate::tab::Tab;

/// Something does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// What should hold, in short: the same for all walks that break it.
    pub(crate) invariant: &'static str,
    /// What was seen.
    pub(crate) seen: String,
}

/// Whether it holds.
pub(crate) type Verdict = Result<(), Broken>;

pub(super) fn broken(invariant: &'static str, seen: String) -> Verdict {
    Err(Broken { invariant, seen })
}

/// What came of a walk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reached {
    pub(crate) finalized: bool,
    pub(crate) submitted: bool,
    pub(crate) paid: bool,
    /// Whether it went through a gateway.
    pub(crate) by_gateway: bool,
    /// Whether that had two instances, a kiosk was enrolled there, and was taken off the list.
    pub(crate) two: bool,
    pub(crate) enrolled: bool,
    pub(crate) revoked: bool,
    pub(crate) charges: u64,
    pub(crate) findings: u64,
    /// Whether staff were at work on the same cards, and what of that they did.
    pub(crate) staff: bool,
    pub(crate) deeds: BTreeSet<&'static str>,
    /// What could not be told, and why that is accepted.
    pub(crate) gaps: BTreeMap<&'static str, u64>,
}

/// Who judges a walk.
#[derive(Default)]
pub(crate) struct Judge {
    pub(crate) reached: Reached,
    pub(super) acts: usize,
    pub(super) sends: usize,
    /// When each tab's account screen has read the movements, by the acts of the server before; and how often it had.
    pub(super) screen_reads: Vec<(usize, usize)>,
    pub(super) screen_times: BTreeMap<usize, u64>,
    /// Which tabs have changed print jobs since all was quiet last.
    pub(super) changers: Vec<usize>,
    /// Who has written what stands in a field of a card, and by which of the server's acts.
    pub(super) written: BTreeMap<(u64, String), (usize, Who)>,
    /// What each tab was told last of a card that others have changed.
    pub(super) conflicts: BTreeMap<usize, Rc<Conflict>>,
}

/// What the judge looks at.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) server: &'a Server,
    pub(crate) tabs: &'a [Tab],
    pub(crate) now: u64,
}

/// The job that an operation changes.
pub(super) fn changed_job(operation: Operation) -> Option<u64> {
    match operation {
        Operation::Patch(job) | Operation::Add(job) | Operation::Remove(job, _) | Operation::Print(job) => Some(job),
        _ => None,
    }
}

/// Whether something was really done to print jobs.
pub(super) fn is_change(act: &Act, operation: Operation) -> bool {
    act.status == 200 && !act.is_lie && (changed_job(operation).is_some() || operation == Operation::CreateJob)
}
