//! What a client may never do, written down for whoever looks afterwards: every charge, and every update that has left a
//! print job without the shipping provider that it had.

/// The record since the start.
#[derive(Debug, Clone, Default)]
pub(crate) struct Audit {
    /// Updates of print jobs that were carried out.
    pub(crate) patches: u64,
    /// Print jobs that an update took the shipping provider from, and which provider that was.
    pub(crate) lost_providers: Vec<(u64, u64)>,
    /// Print jobs and what was charged for them, in cents; a job that was charged twice is in it twice.
    pub(crate) charges: Vec<(u64, i64)>,
}
