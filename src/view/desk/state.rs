//! What the desk knows: the cart as the server has it, what is asked of it, and how its cards look.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::{GetValue, LocalStorage, StoredValue};

use super::super::app::{App, DeskPage, Load};
use super::account::AccountState;
use super::checkout::Checkout;
use super::face::Seen;
use super::orders::Orders;
use crate::api::{CardId, Error};
use crate::domain::cart::{Cart, Wish};
use crate::domain::turns::{Turn, Turns};
use crate::reactive::Var;

/// The state of the desk. Copied freely: it is a handful of handles.
#[derive(Clone, Copy)]
pub(in crate::view) struct State {
    pub(super) app: App,
    /// The cart as it was last heard of.
    pub(super) cart: Var<Load<Cart>>,
    /// What a person wants of it that is not so yet.
    pub(super) wishes: Var<Vec<Wished>>,
    /// What was taken out last, so that it can be put back.
    pub(super) taken_out: Var<Option<Wish>>,
    pub(super) account: AccountState,
    /// The cards that a search has found and that stand on the screen.
    pub(super) found: Var<Vec<CardId>>,
    pub(super) checkout: Checkout,
    pub(super) orders: Orders,
    kept: StoredValue<Rc<Kept>, LocalStorage>,
}

/// How many copies are wanted of a card, and what stands in the way of it.
#[derive(Clone)]
pub(super) struct Wished {
    pub(super) card: CardId,
    pub(super) copies: u32,
    pub(super) failed: Option<Error>,
}

/// What is kept but never drawn.
pub(super) struct Kept {
    /// Whether somebody is at work on the wishes.
    pub(super) at_work: Cell<bool>,
    /// Whether a step may have been taken of which the known cart does not know.
    pub(super) unsure: Cell<bool>,
    turns: Turns,
    pub(super) faces: RefCell<Vec<(CardId, Var<Seen>)>>,
    /// Cards that wait to be looked at, and how many are being looked at.
    pub(super) waiting: RefCell<VecDeque<CardId>>,
    pub(super) looking: Cell<u32>,
}

impl App {
    /// The desk's state, made when it is first asked for.
    pub(in crate::view) fn desk(self) -> State {
        let kept = self.kept();
        kept.desk_state.get().unwrap_or_else(|| {
            let state = kept.owner.with(|| State::new(self));
            kept.desk_state.set(Some(state));
            state
        })
    }
}

impl State {
    fn new(app: App) -> State {
        let kept = Kept {
            at_work: Cell::new(false),
            unsure: Cell::new(false),
            turns: Turns::default(),
            faces: RefCell::default(),
            waiting: RefCell::default(),
            looking: Cell::new(0),
        };
        State {
            app,
            cart: Var::new(Load::Busy),
            wishes: Var::new(Vec::new()),
            taken_out: Var::new(None),
            account: AccountState::new(),
            found: Var::new(Vec::new()),
            checkout: Checkout::new(),
            orders: Orders::new(),
            kept: StoredValue::new_local(Rc::new(kept)),
        }
    }

    pub(super) fn kept(self) -> Rc<Kept> {
        self.kept.get_value()
    }

    /// The same, none once the widget is gone.
    pub(super) fn try_kept(self) -> Option<Rc<Kept>> {
        self.kept.try_get_value()
    }

    /// Waits until nobody else reads or changes print jobs. An answer that says how they were before a change would
    /// otherwise be taken for how they are after it, and an update would send again a shipping provider that is no
    /// longer the one.
    pub(super) async fn turn(self) -> Turn {
        self.kept().turns.clone().next().await
    }

    /// Somebody has signed in: how many cards are waiting for them?
    pub(super) fn arrive(self) {
        self.app.spawn(Box::pin(async move {
            // Told when one opens the cart.
            let _ = self.read_cart().await;
        }));
    }

    /// Whether an order or a payment is under way. Then its screen comes up.
    pub(super) fn holds(self) -> bool {
        let page = match (self.checkout.running.get_untracked(), self.account.funds.is_under_way()) {
            (true, _) => DeskPage::Checkout,
            (_, true) => DeskPage::Account,
            _ => return false,
        };
        self.app.go_to_desk(page);
        true
    }

    /// Nothing of what is known here is for the next person.
    pub(super) fn forget(self) {
        let kept = self.kept();
        kept.at_work.set(false);
        kept.unsure.set(false);
        kept.faces.take();
        kept.waiting.take();
        kept.looking.set(0);
        self.cart.set(Load::Busy);
        self.wishes.set(Vec::new());
        self.taken_out.set(None);
        self.account.forget();
        self.found.set(Vec::new());
        self.checkout.forget();
        self.orders.forget();
    }

    /// The cart as it is known, empty while it is not.
    pub(super) fn known_cart(self) -> Option<Cart> {
        self.cart.with_untracked(|cart| match cart {
            Load::Ready(cart) => Some(cart.clone()),
            _ => None,
        })
    }

    /// What is wanted of a card, if that is not so yet.
    pub(super) fn wish_for(self, card: CardId) -> Option<Wished> {
        self.wishes.with(|wishes| wishes.iter().find(|wish| wish.card == card).cloned())
    }

    /// How many copies of a card there are, or are wanted.
    pub(super) fn copies(self, card: CardId) -> u32 {
        match self.wish_for(card) {
            Some(wish) => wish.copies,
            None => self.cart.with(|cart| if let Load::Ready(cart) = cart { cart.copies(card) } else { 0 }),
        }
    }
}
