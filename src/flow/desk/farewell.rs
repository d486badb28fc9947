//! Somebody signs out while something that they wanted deleted can still be undone: it is deleted with what they were signed in by,
//! which nobody renews any more. What does not come about is told the page, and whoever still looks, by its number alone.

use std::future::ready;
use std::rc::Rc;

use super::Colleagues;
use crate::api::{Call, Client, Error, OrganizationId, Renewal};
use crate::flow::context::Context;
use crate::flow::host::HostEvent;
use crate::flow::wording::worded;

/// Somebody who is about to be signed out.
pub(in crate::flow) struct Farewell {
    cx: Context,
    /// What speaks for them, as long as their token is good.
    pub(in crate::flow) client: Client,
    /// For whose cards they were signed in.
    pub(in crate::flow) organization: OrganizationId,
}

impl Farewell {
    /// None where nobody was signed in.
    pub(in crate::flow) fn of(cx: Context) -> Option<Farewell> {
        let (session, organization) = (cx.session(), cx.organization().get_untracked()?);
        let endpoint = cx.config().with_untracked(|config| Some(config.as_ref()?.endpoint.clone()))?;
        let refused = || Box::pin(ready(Err(Error::Unauthorized { words: Vec::new() }))) as _;
        let token = Rc::new(Renewal::new(session.token(), refused));
        Some(Farewell { cx, client: Client::new(endpoint, session.transport()?, token, session.line()), organization })
    }

    /// Deletes something, whatever is given up meanwhile. `not_deleted` is what there is to say where that does not come about.
    pub(in crate::flow) fn delete(&self, call: Call<()>, not_deleted: String) {
        let cx = self.cx;
        cx.spawn_apart(Box::pin(async move {
            let error = match call.await {
                // It is what was wanted.
                Ok(()) | Err(Error::NotFound { .. }) => return,
                Err(error) => error,
            };
            let teller = Colleagues::of(cx.row()).teller();
            if teller.is_gone() {
                return;
            }
            let words = cx.words();
            let message =
                [&not_deleted, " ", &worded(words, &error).what, " ", words.register().sign_in_to_delete].concat();
            if let Some(tell) = teller.get_untracked() {
                tell(&message);
            }
            cx.tell(HostEvent::Error { code: "not-deleted", message });
        }));
    }
}
