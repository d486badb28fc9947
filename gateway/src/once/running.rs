//! The calls that this instance is at: those who ask for one meanwhile get its answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::call::Answer;

type Answers = watch::Receiver<Option<Answer>>;

#[derive(Debug, Default)]
pub(super) struct Running {
    calls: Mutex<HashMap<String, (String, Answers)>>,
    /// Rings when there are none.
    idle: tokio::sync::Notify,
    /// What a test ends, as a kill would.
    #[cfg(test)]
    tasks: Mutex<Vec<tokio::task::AbortHandle>>,
}

/// How one comes to a call.
pub(super) enum Entered {
    /// As the first, who carries it out.
    First(Turn, Answers),
    /// While it is under way.
    Beside(Answers),
    /// With another request under the same key.
    Other,
}

impl Running {
    pub(super) fn enter(self: &Arc<Self>, place: &str, mark: &str) -> Entered {
        let mut calls = self.calls();
        match calls.get(place) {
            Some((other, _)) if other != mark => Entered::Other,
            Some((_, answers)) => Entered::Beside(answers.clone()),
            None => {
                let (tell, answers) = watch::channel(None);
                calls.insert(place.to_owned(), (mark.to_owned(), answers.clone()));
                Entered::First(Turn { running: Arc::clone(self), place: place.to_owned(), tell }, answers)
            }
        }
    }

    /// This is what carries a call out.
    pub(super) fn runs(&self, task: tokio::task::AbortHandle) {
        #[cfg(test)]
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task);
        #[cfg(not(test))]
        drop(task);
    }

    #[cfg(test)]
    pub(super) fn kill(&self) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).drain(..).for_each(|task| task.abort());
    }

    /// Returns when no call is under way.
    pub(super) async fn idle(&self) {
        loop {
            let rings = self.idle.notified();
            if self.calls().is_empty() {
                return;
            }
            rings.await;
        }
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<String, (String, Answers)>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Being at a call. Dropped, it is left, whether there was an answer or not.
pub(super) struct Turn {
    running: Arc<Running>,
    place: String,
    tell: watch::Sender<Option<Answer>>,
}

impl Turn {
    pub(super) fn end(self, answer: Answer) {
        self.tell.send_replace(Some(answer));
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut calls = self.running.calls();
        calls.remove(&self.place);
        if calls.is_empty() {
            self.running.idle.notify_waiters();
        }
    }
}
