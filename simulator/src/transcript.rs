//! What happened, line by line, for a walk that somebody wants to read.

use std::cell::{Cell, RefCell};

/// The lines of a walk; none where nobody reads them.
#[derive(Default)]
pub(crate) struct Transcript {
    pub(crate) is_kept: Cell<bool>,
    pub(crate) lines: RefCell<Vec<String>>,
}

impl Transcript {
    pub(crate) fn tell(&self, now: u64, line: impl FnOnce() -> String) {
        if self.is_kept.get() {
            let seconds = format!("{:>9.3}  ", std::time::Duration::from_millis(now).as_secs_f64());
            self.lines.borrow_mut().push(seconds + &line());
        }
    }
}
