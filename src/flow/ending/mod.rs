//! Where a person's own journey ends beyond a finalized card: in the organization's cart, or in an order of its own, mailed
//! to the address that the person gives (`ends-with`, in request mode and in a kiosk).
//!
//! It is a WASM file of its own, fetched while the card is being filled in; the files before it know [`ENDING_DEEDS`] only, as
//! a table. [`ordering`] is what happens when one presses "Order my card", from top to bottom; [`lost`] looks for orders of which
//! nothing is known and nobody is there any more, [`spare`] for where a card stands once too often.

mod giving;
mod lost;
mod ordering;
mod placing;
mod sent;
mod spare;

use futures_util::future::AbortHandle;

use self::sent::Sent;
use super::app::{App, EndingDeeds};
use super::card::CardFlow;
use super::context::Context;
use super::host::HostEvent;
use super::mutant::{self, Mutant};
use super::places;
use crate::api::{CardId, Error, PrintJobId, TemplateId};
use crate::domain::address::{AddressForm, Entry};
use crate::domain::config::EndsWith;
use crate::domain::submission::Submission;
use crate::reactive::state;

/// What the files before this one call of it.
pub static ENDING_DEEDS: EndingDeeds = EndingDeeds {
    arrive: |app| app.ending().arrive(),
    forget: |app| app.ending().forget(),
    give: |app, address| app.ending().give(address),
    is_under_way: |app| app.ending().progress().with_untracked(Progress::is_under_way),
    trouble: |app| app.ending().trouble(),
    go_on: |app| app.ending().go_on(),
};

/// How far it is with the card.
#[derive(Clone, Debug, Default)]
pub enum Progress {
    /// Nothing was asked for yet.
    #[default]
    Nothing,
    /// It is being worked on.
    Working,
    /// The answer to the order was lost: what became of it is being looked up.
    LookingUp,
    /// It did not come about, and nothing was charged.
    Failed(Error),
    /// The page has not let the order be made, and why.
    Refused(String),
    /// The order did not reach the server, and nothing was charged.
    NothingHappened,
    /// What became of the order is not known.
    Unknown(Error),
}

impl Progress {
    /// Whether something is under way.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Progress::Working | Progress::LookingUp)
    }
}

/// What became of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the organization's cart, where it was to go.
    InCart,
    /// It is ordered.
    Ordered,
    /// The balance did not cover an order, so it is in the cart, for the organization to send.
    NotCovered,
}

state! {
    /// The end of a person's own journey. Copied freely: it is a handle.
    pub struct Ending from places::ENDING, places::ROOM; {
        /// What stands in the form of the address.
        pub form: AddressForm = AddressForm::default();
        /// What it begins with, which is the page's.
        given: AddressForm = AddressForm::default();
        /// Whether somebody has typed in it.
        pub is_typed: bool = false;
        /// How far it is.
        pub progress: Progress = Progress::Nothing;
        /// What became of the card; none before.
        pub outcome: Option<Outcome> = None;
        /// Which card all of this is about.
        pub card: Option<CardId> = None;
        /// Whether a print job, or its place in the cart, was asked for: then it may be there, whatever was answered.
        is_begun: bool = false;
        /// The order on its way.
        order: Option<Submission> = None;
        /// The jobs that the page was told of.
        told: Vec<PrintJobId> = Vec::new();
        /// Whose it is: what was begun for somebody else is not gone on with.
        turn: u32 = 0;
        /// Orders that were sent, until it is known what became of them.
        sent: Vec<Sent> = Vec::new();
        /// Those of whom nobody is there any more are being looked for.
        looking: Option<AbortHandle> = None;
    }
}

impl App {
    /// The end of a person's own journey, made when it is first asked for.
    pub fn ending(self) -> Ending {
        // The cart is there before it.
        self.desk();
        Ending::of(self.cx())
    }
}

impl Ending {
    fn of(cx: Context) -> Ending {
        let ending = Ending(cx.row());
        if ending.form().is_gone() {
            ending.begin();
        }
        ending
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// Everything of the widget.
    pub fn app(self) -> App {
        App::of(self.0)
    }

    /// The card that it is about.
    pub fn card_flow(self) -> CardFlow {
        CardFlow::of(self.0)
    }

    /// Whether the person is asked where the card shall go.
    pub fn asks_for_address(self) -> bool {
        self.card_flow().ends_with() == EndsWith::Order
    }

    /// Somebody is signed in: looks whether the site's shipping provider is one of theirs, which is to be known before anybody
    /// fills in a card, and fetches what compares the charges.
    fn arrive(self) {
        self.look_after();
        // A gateway knows its shipping provider, and compares the charges itself.
        if !self.asks_for_address() || self.cx().is_scoped() {
            return;
        }
        self.cx().spawn(Box::pin(async move {
            // That it does not come is told when it is needed.
            let _ = self.app().books_deeds().await;
        }));
        self.cx().spawn(Box::pin(async move {
            let Ok((client, organization)) = self.cx().client() else { return };
            // That they cannot be read is told when it is ordered.
            let Ok(list) = client.shipping_providers(organization).await else { return };
            let Some(wanted) = self.provider() else { return };
            if list.items.iter().any(|provider| provider.id == wanted) {
                return;
            }
            let known: Vec<String> = list.items.iter().map(|provider| provider.id.to_string()).collect();
            let flaw = self.cx().words().ending().unknown_provider(&wanted.to_string(), &known.join(", "));
            self.cx().tell(HostEvent::Error { code: "configuration", message: flaw.clone() });
            self.app().flaws().set(vec![flaw]);
        }));
    }

    /// Part of the address was typed, or chosen.
    pub fn entered(self, entry: Entry) {
        self.form().update(|form| form.enter(entry));
        self.is_typed().set(true);
    }

    /// Its screen is opened, for the card in work: what became of an earlier one is not about this.
    pub fn enter(self) {
        let card = self.card_flow().draft().with_untracked(|draft| draft.as_ref().and_then(|draft| draft.card()));
        if self.card().get_untracked() != card {
            self.start_over();
            self.card().set(card);
        }
        // The card was corrected since, or will be handed in as it is.
        if matches!(
            self.progress().get_untracked(),
            Progress::Failed(_) | Progress::Refused(_) | Progress::NothingHappened
        ) {
            self.progress().set(Progress::Nothing);
        }
        // Nothing is asked of the person here: it is on its way at once.
        let is_new =
            matches!(self.progress().get_untracked(), Progress::Nothing) && self.outcome().get_untracked().is_none();
        if is_new && !self.asks_for_address() {
            self.go_on();
        }
    }

    fn start_over(self) {
        self.progress().set(Progress::Nothing);
        self.outcome().set(None);
        self.card().set(None);
        self.is_begun().set(false);
        self.order().set(None);
        self.told().set(Vec::new());
    }

    /// Nothing of it is for the next person, but for the numbers of what was sent.
    fn forget(self) {
        self.turn().update(|turn| *turn = turn.wrapping_add(1));
        self.start_over();
        if !mutant::is(Mutant::AddressKept) {
            self.form().set(self.given().get_untracked());
        }
        self.is_typed().set(false);
    }

    /// The card is where it shall go.
    fn finish(self, outcome: Outcome, template: TemplateId) {
        self.progress().set(Progress::Nothing);
        self.outcome().set(Some(outcome));
        self.is_typed().set(false);
        self.card_flow().finish(template);
    }
}
