//! What the page that the widget stands in gives it: somewhere for calls to go on, and a word before it is left.

use std::any::Any;

use futures_util::future::LocalBoxFuture;

/// Runs what a person has set going, beside whatever else they do.
pub trait Spawner {
    /// Begins with `task`, now or soon; never before this returns has it to have come to its end.
    fn spawn(&self, task: LocalBoxFuture<'static, ()>);
}

/// Keeps the page from being left without a word while something is under way that must not be left alone.
pub trait LeaveGuard {
    /// For as long as what is returned lives, the person is asked before the page is left.
    fn hold(&self) -> Box<dyn Any>;
}
