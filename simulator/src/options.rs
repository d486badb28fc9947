//! The command line.

use clap::Parser;

use crate::plan::{FaultId, Plan};

/// Persons by chance in the widget's flows, against the sandbox's rules, by seed.
#[derive(Clone, Debug, Parser)]
#[command(name = "simulator", version)]
pub struct Options {
    /// How many walks; 2000 where neither this nor a time is given.
    #[arg(long)]
    pub runs: Option<u64>,
    /// The seed of the first walk; each further one has the next.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many steps a walk has.
    #[arg(long, default_value_t = 60)]
    pub steps: u32,
    /// For how many seconds, whichever comes first.
    #[arg(long)]
    pub seconds: Option<u64>,
    /// A mistake on purpose in the flows (needs the feature `mutants`): in how many walks is it found?
    #[arg(long)]
    pub mutant: Option<String>,
    /// One walk by its seed, told line by line.
    #[arg(long, value_name = "SEED")]
    pub replay: Option<u64>,
    /// With `--replay`: only these steps.
    #[arg(long, value_delimiter = ',', value_name = "STEPS")]
    pub keep: Vec<u32>,
    /// With `--replay`: these faults do not happen.
    #[arg(long, value_delimiter = ',', value_name = "FAULTS", value_parser = fault)]
    pub without_faults: Vec<String>,
    /// A walk by its seed that can be done at a real screen as well, as lines of JSON: one person in one portal.
    #[arg(long, value_name = "SEED")]
    pub script: Option<u64>,
    /// The hash of each walk's transcript.
    #[arg(long)]
    pub verbose: bool,
    /// How many processes.
    #[arg(long, default_value_t = 2)]
    pub workers: u64,
    /// This process is one of the workers: its number.
    #[arg(long, hide = true)]
    pub worker: Option<u64>,
}

fn fault(text: &str) -> Result<String, String> {
    text.parse::<FaultId>().map(|id| id.to_string())
}

impl Options {
    /// The walk that is to be told.
    pub(crate) fn replayed(&self) -> Option<Plan> {
        let mut plan = Plan::whole(self.replay?, self.steps);
        if !self.keep.is_empty() {
            plan.steps.retain(|step| self.keep.contains(step));
        }
        plan.without = self.without_faults.iter().filter_map(|text| text.parse().ok()).collect();
        Some(plan)
    }
}
