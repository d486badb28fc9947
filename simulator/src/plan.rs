//! What a walk is made of: a seed, which of its steps are done, and which of its faults do not happen.
//!
//! Each step and each fault has dice of its own, made from the seed and its place. So a step can be left out, or a fault
//! be taken away, and all others stay as they were: that is how a walk is made shorter.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::dice::Dice;

/// A fault's place: in which step, by whose request, and which of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FaultId {
    pub(crate) step: u32,
    pub(crate) tab: u32,
    pub(crate) request: u32,
}

impl fmt::Display for FaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.step, self.tab, self.request)
    }
}

impl FromStr for FaultId {
    type Err = String;

    fn from_str(text: &str) -> Result<FaultId, String> {
        let numbers: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
        match numbers.as_deref() {
            Some([step, tab, request]) => Ok(FaultId { step: *step, tab: *tab, request: *request }),
            _ => Err(format!("`{text}` is no fault: it is written as 12.0.3")),
        }
    }
}

/// A walk.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// The steps that are done, by number.
    pub(crate) steps: Vec<u32>,
    /// The faults that do not happen.
    pub(crate) without: BTreeSet<FaultId>,
    /// Whether worlds and persons have what they have come to have since: dice of its own decide it, so that a walk from before
    /// can be told to be as it was.
    pub(crate) has_customs: bool,
    /// Whether cards of people's own go on to the cart, or to an order.
    pub(crate) has_endings: bool,
    /// Whether some go through a gateway.
    pub(crate) has_gateways: bool,
    /// Whether some are staff at work on the same cards.
    pub(crate) has_staff: bool,
    /// Whether gateways have what they have come to have since: several instances, stops, and kiosks that are enrolled.
    pub(crate) has_houses: bool,
}

/// What the dice of one walk are for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Luck {
    World = 1,
    Step,
    Request,
    Quiet,
    Loader,
    Line,
    Quirk,
    Customs,
    Ending,
    Gateway,
    Staff,
    Houses,
}

impl Plan {
    /// A whole walk.
    pub(crate) fn whole(seed: u64, steps: u32) -> Plan {
        Plan {
            seed,
            steps: (0..steps).collect(),
            without: BTreeSet::new(),
            has_customs: true,
            has_endings: true,
            has_gateways: true,
            has_staff: true,
            has_houses: true,
        }
    }

    /// The same as it was when a gateway was one, and knew no kiosks.
    #[cfg(test)]
    pub(crate) fn before_houses(seed: u64, steps: u32) -> Plan {
        Plan { has_houses: false, ..Plan::whole(seed, steps) }
    }

    /// The same as it was before staff were at work on cards that are there.
    #[cfg(test)]
    pub(crate) fn before_staff(seed: u64, steps: u32) -> Plan {
        Plan { has_staff: false, ..Plan::before_houses(seed, steps) }
    }

    /// The same as it was before there were gateways.
    #[cfg(test)]
    pub(crate) fn before_gateways(seed: u64, steps: u32) -> Plan {
        Plan { has_gateways: false, ..Plan::before_staff(seed, steps) }
    }

    /// The same as it was before there were endings.
    #[cfg(test)]
    pub(crate) fn before_endings(seed: u64, steps: u32) -> Plan {
        Plan { has_endings: false, ..Plan::before_gateways(seed, steps) }
    }

    /// The same as it was before there were customs.
    #[cfg(test)]
    pub(crate) fn as_it_was(seed: u64, steps: u32) -> Plan {
        Plan { has_customs: false, ..Plan::before_endings(seed, steps) }
    }

    /// The dice for something.
    pub(crate) fn dice(&self, luck: Luck, place: &[u32]) -> Dice {
        Dice::made_of([self.seed, luck as u64].into_iter().chain(place.iter().map(|part| u64::from(*part))))
    }
}
