//! The checkout: what was chosen on the way to an order, and how far the way is. It is kept while one looks at other
//! screens. [`address`] saves a new address; [`submit`] prepares the order at the server, and submits it.

mod address;
mod done;
mod submit;

use std::rc::Rc;

pub use address::Saving;
pub use done::JobCharge;

use super::app::App;
use super::cart::CartFlow;
use super::context::Context;
use super::directory::Directory;
use super::host::HostEvent;
use super::listing::Listing;
use super::places;
use super::reading::answered;
use super::remote::Remote;
use super::screen::{DeskPage, Screen};
use crate::api::{Address, AddressId, CardId, Destination, OneOffAddress, ShippingProvider, ShippingProviderId};
use crate::domain::address::{AddressForm, Entry, Part, lines_of, lines_of_one_off, one_off_of};
use crate::domain::cart::Cart;
use crate::domain::instant::Instant;
use crate::domain::money::Money;
use crate::domain::submission::{Line, Shipping, Submission};
use crate::reactive::{Row, Var, state};

/// The four steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Where it goes.
    Address,
    /// Who carries it.
    Shipping,
    /// How many copies of each card.
    Copies,
    /// The order as it would be submitted.
    Review,
}

impl Step {
    /// What comes after it.
    pub fn next(self) -> Step {
        match self {
            Step::Address => Step::Shipping,
            Step::Shipping => Step::Copies,
            Step::Copies | Step::Review => Step::Review,
        }
    }
}

/// How the address is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One of those that are saved.
    Saved,
    /// A new one, to be saved.
    New,
    /// One for this order alone.
    OneOff,
}

/// Where the order goes.
#[derive(Clone, PartialEq)]
pub enum Chosen {
    /// To a saved address.
    Saved(Address),
    /// To an address that is for this order alone.
    OneOff(OneOffAddress),
}

impl Chosen {
    /// As it is told to the server.
    pub fn destination(&self) -> Destination {
        match self {
            Chosen::Saved(address) => Destination::Saved(address.id),
            Chosen::OneOff(address) => Destination::OneOff(address.clone()),
        }
    }

    /// As it is written, line by line.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Chosen::Saved(address) => lines_of(address),
            Chosen::OneOff(address) => lines_of_one_off(address),
        }
    }
}

/// The order as it would be submitted: what the server has been told, and what it says of the money.
#[derive(Clone)]
pub struct Review {
    /// The cart as it was then.
    pub cart: Cart,
    /// For each of the cart's jobs with cards, whether the balance covers it.
    pub covered: Vec<bool>,
    /// None when it could not be read.
    pub balance: Option<Money>,
}

/// What was submitted.
#[derive(Clone)]
pub struct Done {
    /// Its jobs.
    pub lines: Vec<Line>,
    /// Where it goes, line by line, and who carries it: as they were chosen.
    pub to: Vec<String>,
    /// Who that is.
    pub by: Option<ShippingProvider>,
    /// When that was shown first.
    pub at: Option<Instant>,
}

/// What the open jobs say of where they go, from an earlier visit or from elsewhere.
#[derive(Default)]
struct Hint {
    address: Option<AddressId>,
    one_off: Option<OneOffAddress>,
    provider: Option<ShippingProviderId>,
}

state! {
    /// The checkout. Copied freely: it is a handle.
    pub struct Checkout from places::CHECKOUT, places::ROOM; {
        /// The step that is open.
        pub step: Step = Step::Address;
        /// Counts how often a step was opened: what was begun for an earlier one is no longer wanted.
        turn: u32 = 0;
        /// Whether the person opened it, so that the focus may follow.
        pub moved: bool = false;
        /// How the address is given.
        pub way: Way = Way::Saved;
        /// Who can carry the order.
        pub providers: Remote<Rc<[ShippingProvider]>> = Remote::Loading;
        /// What stands in the form of a new address, or of one for this order.
        pub form: AddressForm = AddressForm::default();
        /// Whether somebody has typed in it what the server does not have.
        pub is_typed: bool = false;
        /// The address that has come to be saved more than once.
        pub saved_twice: Option<AddressId> = None;
        /// Where it goes.
        pub chosen: Option<Chosen> = None;
        /// Who carries it.
        pub provider: Option<ShippingProvider> = None;
        /// The cards that the person has seen in the cart when they went on to check out, where they came that way.
        seen: Option<Rc<[u64]>> = None;
        /// The order as it would be submitted.
        pub review: Remote<Review> = Remote::Loading;
        /// Whether the balance has been found too low since the review was opened.
        pub short: bool = false;
        /// Why the page has not let the order be submitted.
        pub refused: Option<String> = None;
        /// The furthest step that was opened.
        reached: Step = Step::Address;
        /// The order on its way.
        pub order: Option<Submission> = None;
        /// The order that was submitted last.
        pub done: Option<Done> = None;
        /// Whether it was submitted while one looked at something else.
        pub unseen: bool = false;
    }
}

impl Checkout {
    /// Nothing is chosen yet.
    pub(super) fn new(cx: Context) -> Checkout {
        let checkout = Checkout(cx.row());
        checkout.begin();
        checkout
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Checkout {
        Checkout(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// The cart that is ordered.
    pub fn cart(self) -> CartFlow {
        CartFlow::of(self.0)
    }

    /// Whether its submission is being worked on.
    pub fn running(self) -> Var<bool> {
        self.cart().is_held()
    }

    fn app(self) -> App {
        App::of(self.0)
    }

    /// Part of an address was typed, or chosen.
    pub fn entered(self, entry: Entry) {
        self.form().update(|form| form.enter(entry));
        self.is_typed().set(true);
    }

    /// Nothing of it is for the next person.
    pub(super) fn forget(self) {
        self.start_over();
        self.directory().forget();
        self.providers().set(Remote::Loading);
        self.form().set(AddressForm::default());
        self.is_typed().set(false);
        self.chosen().set(None);
        self.saved_twice().set(None);
        self.provider().set(None);
        self.done().set(None);
        self.unseen().set(false);
    }

    /// The next order begins with the first step.
    fn start_over(self) {
        self.order().set(None);
        self.running().set(false);
        self.review().set(Remote::Loading);
        self.short().set(false);
        self.refused().set(None);
        self.seen().set(None);
        self.way().set(Way::Saved);
        self.step().set(Step::Address);
        self.reached().set(Step::Address);
    }

    /// Where the cart's jobs go so far.
    fn hint(self) -> Hint {
        let mut hint = Hint::default();
        let jobs = self.cart().jobs().get_untracked();
        for job in jobs.iter().filter(|job| !job.card_ids.is_empty()) {
            hint.provider = hint.provider.or(job.shipping_provider_id);
            hint.address = hint.address.or(job.address_id);
            if job.address_id.is_none() && hint.one_off.is_none() {
                hint.one_off = job.address.as_ref().map(one_off_of).filter(|address| !address.address_1.is_empty());
            }
        }
        hint
    }

    fn shipping(self) -> Option<Shipping> {
        let destination = self.chosen().get_untracked()?.destination();
        Some(Shipping { destination, provider: self.provider().get_untracked()?.id })
    }

    /// The checkout is opened: reads what it needs, and prepares the review anew where one stands.
    pub fn enter(self) {
        self.cart().load();
        self.load_addresses();
        self.load_providers();
        self.renew_review();
    }

    /// From the cart on to the checkout: what comes in from now on, the person has not seen.
    pub fn begin_from_cart(self) {
        self.seen().set(Some(self.cart().listed().into()));
        self.cx().go(Screen::Desk(DeskPage::Checkout));
    }

    /// Whether a card has come into the cart since the person went on from there to check out.
    pub fn is_new(self, card: CardId) -> bool {
        self.seen().with_untracked(|seen| seen.as_ref().is_some_and(|seen| !seen.contains(&card.0)))
    }

    /// What is saved of addresses and contacts.
    pub fn directory(self) -> Directory {
        Directory::of(self.0)
    }

    /// The saved addresses.
    pub fn addresses(self) -> Var<Remote<Rc<[Address]>>> {
        self.directory().addresses()
    }

    /// Fetches the saved addresses, if they are not there.
    pub fn load_addresses(self) {
        if self.addresses().with_untracked(Remote::is_ready) {
            // They may have been read elsewhere.
            return self.suggest_address();
        }
        self.cx().spawn(Box::pin(async move {
            self.directory().read_addresses().await;
            self.suggest_address();
        }));
    }

    /// Proposes the address that the cart's jobs have, or the organization's primary one; the person continues with it, or
    /// takes another.
    fn suggest_address(self) {
        if self.chosen().with_untracked(Option::is_some) {
            return;
        }
        let Remote::Ready(list) = self.addresses().get_untracked() else { return };
        let hint = self.hint();
        let known = list.iter().find(|address| Some(address.id) == hint.address);
        // The list may come late: whoever has begun to give an address goes on with that.
        let is_untouched = self.way().get_untracked() == Way::Saved
            && self.form().with_untracked(|form| *form == AddressForm::default());
        let chosen = match (known, hint.one_off) {
            (Some(address), _) => Some(Chosen::Saved(address.clone())),
            (None, Some(address)) if is_untouched => {
                self.way().set(Way::OneOff);
                fill(self, &address);
                Some(Chosen::OneOff(address))
            }
            (None, Some(_)) => None,
            (None, None) => list.iter().find(|address| address.primary).cloned().map(Chosen::Saved),
        };
        if list.is_empty() && chosen.is_none() && is_untouched {
            self.way().set(Way::New);
        }
        self.chosen().set(chosen);
    }

    /// Fetches the shipping providers, if there are none yet.
    pub fn load_providers(self) {
        if self.providers().with_untracked(|list| list.ready().is_some_and(|list| !list.is_empty())) {
            return;
        }
        self.providers().set(Remote::Loading);
        self.cx().spawn(Box::pin(async move {
            let answer = match self.cx().client() {
                Ok((client, organization)) => client.shipping_providers(organization).await,
                Err(error) => Err(error),
            };
            let list: Remote<Rc<[ShippingProvider]>> =
                answered(self.cx(), answer.map(|list| self.cx().readable(Listing::Providers, list).into()));
            if let Remote::Ready(list) = &list
                && self.provider().with_untracked(Option::is_none)
            {
                let hint = self.hint().provider;
                let only = || if let [only] = &**list { Some(only) } else { None };
                let provider = list.iter().find(|provider| Some(provider.id) == hint).or_else(only);
                self.provider().set(provider.cloned());
            }
            self.providers().set(list);
        }));
    }

    /// Whether a step has what it is for. Follows.
    pub fn is_chosen(self, step: Step) -> bool {
        // Going back to a step does not undo those behind it.
        let was_passed = self.reached().get() > step;
        match step {
            Step::Address => was_passed && self.chosen().with(Option::is_some),
            Step::Shipping => was_passed && self.provider().with(Option::is_some),
            Step::Copies => was_passed,
            Step::Review => false,
        }
    }

    /// Opens a step, and takes the focus along.
    pub fn open_step(self, step: Step) {
        self.turn().update(|turn| *turn = turn.wrapping_add(1));
        self.moved().set(true);
        self.review().set(Remote::Loading);
        self.short().set(false);
        self.step().set(step);
        if step > self.reached().get_untracked() {
            self.reached().set(step);
        }
        if step == Step::Review {
            self.prepare();
        }
    }

    /// The checkout is entered again: what was prepared before is not what is in the cart now.
    pub fn renew_review(self) {
        if self.step().get_untracked() == Step::Review && self.order().with_untracked(Option::is_none) {
            self.turn().update(|turn| *turn = turn.wrapping_add(1));
            self.prepare();
        }
    }

    /// The order is another one than what was submitted: tells the page what was.
    pub fn tell_submitted(self, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.cx().tell(submitted(lines));
    }
}

/// What the page hears of these.
fn submitted(lines: &[Line]) -> HostEvent {
    HostEvent::OrderSubmitted {
        jobs: lines.iter().map(|line| line.job).collect(),
        cards: lines.iter().map(|line| line.cards.len() as u64).sum(),
        copies: lines.iter().map(|line| line.cards.len() as u64 * u64::from(line.copies)).sum(),
    }
}

/// Puts an address for one order back into the form.
fn fill(checkout: Checkout, address: &OneOffAddress) {
    checkout.form().update(|form| {
        for (part, text) in [
            (Part::FullName, Some(&address.full_name)),
            (Part::OrganizationName, address.organization_name.as_ref()),
            (Part::Address1, Some(&address.address_1)),
            (Part::Address2, address.address_2.as_ref()),
            (Part::City, Some(&address.city)),
            (Part::State, Some(&address.state)),
            (Part::ZipCode, Some(&address.zip_code)),
            (Part::Country, Some(&address.country)),
        ] {
            form.set(part, text.cloned().unwrap_or_default());
        }
    });
}
