//! Others are at work on the same cards: one that the server has is compared right before and right after it is saved, whoever has
//! made it. What compares them, and shows both, is in the file of all cards, which is fetched for it.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use crate::api::{Card, CardId, Error, FieldValue};
use crate::domain::draft::Draft;
use crate::flow::app::{App, Load};
use crate::flow::card::{CardFlow, Target};
use crate::flow::context::Context;
use crate::flow::places;
use crate::reactive::{Row, state};

/// What is done with all cards, which is in a later file.
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct RegisterDeeds {
    /// Sends the fields of a card as it is in work, and compares it before and after.
    pub(in crate::flow) send: Comparing,
    /// Somebody signs out: what they wanted deleted is deleted.
    pub(in crate::flow) part: fn(App),
}

/// Shows a sentence over whatever screen there is.
pub type Teller = Rc<dyn Fn(&str)>;

/// Sends the fields of a card, as it was in work then.
type Comparing = fn(App, Draft, Vec<FieldValue>, CardId) -> LocalBoxFuture<'static, Result<Card, Error>>;

state! {
    /// What is done where others are at work on the same cards. Copied freely: it is a handle.
    pub struct Colleagues from places::COLLEAGUES, places::ROOM; {
        register: Option<&'static RegisterDeeds> = None;
        load: Option<Load<RegisterDeeds>> = None;
        /// What shows whoever has signed out what did not come about.
        pub(super) teller: Option<Teller> = None;
    }
}

impl Colleagues {
    /// Nothing of it was needed yet.
    pub(super) fn new(cx: Context) -> Colleagues {
        let colleagues = Colleagues(cx.row());
        colleagues.begin();
        colleagues
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Colleagues {
        Colleagues(row)
    }

    /// Says how what is done with all cards is fetched.
    pub fn load_by(self, load: Load<RegisterDeeds>) {
        self.load().set(Some(load));
    }

    /// Says how whoever has signed out is told what did not come about.
    pub fn tell_by(self, teller: Teller) {
        if !self.teller().is_gone() {
            self.teller().set(Some(teller));
        }
    }

    /// It is there.
    pub(in crate::flow) fn are_met(self, register: &'static RegisterDeeds) {
        self.register().set(Some(register));
    }

    /// Somebody signs out.
    pub(super) fn part(self) {
        if let Some(register) = self.register().get_untracked() {
            (register.part)(App::of(self.0));
        }
    }
}

/// Sends the fields of the card that is in work, and is at the server.
pub(super) fn send(
    card: CardFlow,
    fields: Vec<FieldValue>,
    target: Target,
) -> LocalBoxFuture<'static, Result<Card, Error>> {
    let app = App::of(card.cx().row());
    // As it stands now: something may be typed meanwhile.
    let draft = card.draft().get_untracked();
    let (Target::Known(id), Some(draft), true) = (target, draft, app.has_desk()) else {
        return card.carry_given(fields, target);
    };
    Box::pin(async move {
        let colleagues = Colleagues::of(app.cx().row());
        let register = match (colleagues.register().get_untracked(), colleagues.load().get_untracked()) {
            (Some(register), _) => Some(register),
            (None, Some(load)) => load(app).await.ok(),
            (None, None) => None,
        };
        // It is not saved without a look: what was typed stays, to be sent once more.
        let Some(register) = register else { return Err(Error::Unreachable) };
        (register.send)(app, draft, fields, id).await
    })
}
