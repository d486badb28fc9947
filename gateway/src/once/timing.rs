//! How long things take.

use std::time::Duration;

/// How long each thing takes at most.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// So long a repeat waits for another instance's answer, or for what is looked up; then it is told to ask again.
    pub patience: Duration,
    /// So long after its last sign of life an instance is taken for dead.
    pub lease: Duration,
    /// So long a call may take; after that its answer counts as not heard.
    pub limit: Duration,
    /// So long the vendor may go on with a call after its connection is gone. Only then is "not carried out" believed.
    ///
    /// InstantCard names no limit of its own. A minute is as long as a charge's answer is waited for: whoever works on it for
    /// longer has been given up on by every caller. With less, a charge that is late would be taken for one that was not made,
    /// and made again; with more, who repeats one that was indeed not made waits for longer, and nothing else is lost. A
    /// payment is never sent again, however long it is ago.
    pub settle: Duration,
    /// So long a key is kept.
    pub life: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(50),
            lease: Duration::from_secs(12),
            limit: Duration::from_secs(120),
            settle: Duration::from_secs(60),
            life: Duration::from_secs(24 * 60 * 60),
        }
    }
}
