//! What happens at a gateway when a card is handed in: it is asked to put the card where it goes, and does so once. Print jobs,
//! balance and charges are the gateway's; the widget hears what became of it, and no more.

use std::rc::Rc;

use super::ordering::Run;
use super::sent::By;
use super::{Ending, Outcome, Progress};
use crate::api::{Error, Held, Placed};
use crate::flow::host::HostEvent;
use crate::flow::mutant::{self, Mutant};

/// How long before it is asked again what became of it, in milliseconds.
const PAUSES: [u32; 3] = [1_000, 3_000, 8_000];

impl Ending {
    /// Asks the gateway, and once more where the answer was lost or it does not know: that is the same as once, and it looks. For an
    /// order whose person has gone it is looked for by their session, and not asked again: the address is theirs, and not kept.
    pub(super) async fn place(self, run: Run) -> Result<Outcome, Progress> {
        let is_order = self.asks_for_address();
        let address = self.form().with_untracked(|form| form.one_off());
        let at_work = Rc::new(());
        let mut pauses = PAUSES.into_iter();
        loop {
            let (client, _) = self.cx().client().map_err(Progress::Failed)?;
            let answer = if is_order {
                let held = self.held().await.map_err(|error| match self.is_unsettled(run.card) {
                    true => Progress::Unknown(error),
                    false => Progress::Failed(error),
                })?;
                self.works_on(run.card, By::Session(held), &at_work, true);
                client.session_order(run.card, &address).await
            } else {
                client.session_cart(run.card).await
            };
            let error = match answer {
                Ok(Placed::Unknown) if !mutant::is(Mutant::TakenForDone) => Error::Unreachable,
                // Of an order that was sent, and not heard of at first, nobody can say but the gateway that it is none.
                Err(error) if error.is_outcome_unknown() || (is_order && !is_about_order(&error)) => error,
                answer => {
                    self.is_known(run.card, None);
                    return self.placed(run, is_order, answer);
                }
            };
            if !self.is_theirs(run) {
                return Err(Progress::Nothing);
            }
            let Some(pause) = pauses.next() else {
                if is_order {
                    self.tell_unknown(run.card, None, &error);
                }
                return Err(Progress::Unknown(error));
            };
            if self.shows(run) {
                self.progress().set(Progress::LookingUp);
            }
            self.cx().sleep(pause).await;
            if !self.is_theirs(run) {
                return Err(Progress::Nothing);
            }
        }
    }

    /// The gateway has said what became of it.
    fn placed(self, run: Run, is_order: bool, answer: Result<Placed, Error>) -> Result<Outcome, Progress> {
        match answer.map_err(Progress::Failed)? {
            Placed::BalanceLow => {
                self.tell_balance_low();
                Ok(Outcome::NotCovered)
            }
            _ if !is_order => Ok(Outcome::InCart),
            _ => {
                if self.is_theirs(run) {
                    self.cx().tell(HostEvent::OrderSubmitted { jobs: Vec::new(), cards: 1, copies: 1 });
                } else {
                    self.tell_late(run.card, None);
                }
                Ok(Outcome::Ordered)
            }
        }
    }

    /// The session of whoever is there.
    async fn held(self) -> Result<Held, Error> {
        let session = self.cx().session();
        let endpoint = self.cx().config().with_untracked(|config| Some(config.as_ref()?.endpoint.clone()));
        let (Some(endpoint), Some(transport)) = (endpoint, session.transport()) else {
            return Err(Error::SignInDismissed);
        };
        Held::of(endpoint, transport, session.line(), session.token()).await
    }

    /// There was too little balance: it waits in the cart, which are the open jobs.
    pub(super) fn tell_balance_low(self) {
        let message = self.cx().words().ending().balance_low.to_owned();
        self.cx().tell(HostEvent::Error { code: "balance-low", message });
    }
}

/// Whether an order was looked into, and is refused.
fn is_about_order(error: &Error) -> bool {
    matches!(error, Error::Refused { .. } | Error::NotAcceptable { .. })
}
