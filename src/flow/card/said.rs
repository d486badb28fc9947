//! What a gateway's session says of a card's fields.

use std::rc::Rc;

use super::CardFlow;
use crate::api::SessionValues;

impl CardFlow {
    /// A session has begun: what its gateway says of the fields is seen to as what the page gives.
    pub fn session_says(self, values: SessionValues) {
        let is_nothing = values == SessionValues::default();
        if self.session_said().as_deref().unwrap_or(&SessionValues::default()) != &values {
            *self.inner().said.borrow_mut() = Some(Rc::new(values));
            self.page_gives(!is_nothing);
            self.wake();
        }
    }

    /// What it says.
    pub(in crate::flow) fn session_said(self) -> Option<Rc<SessionValues>> {
        self.inner().said.borrow().clone()?.downcast().ok()
    }

    /// Whoever it was said of has gone.
    pub(in crate::flow) fn forget_session(self) {
        *self.inner().said.borrow_mut() = None;
    }
}
