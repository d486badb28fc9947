//! What was chosen on the way to an order, and how far the way is. It is kept while one looks at other screens.

use std::rc::Rc;

use super::super::super::app::{App, HostEvent, Load};
use super::super::state::State;
use crate::api::{
    Address, AddressId, Destination, Error, OneOffAddress, PrintJob, ShippingProvider, ShippingProviderId,
};
use crate::domain::address::{AddressForm, one_off_of};
use crate::domain::cart::Cart;
use crate::domain::money::Money;
use crate::domain::submission::{Line, Shipping, Submission};
use crate::reactive::Var;

/// The four steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Address,
    Shipping,
    Copies,
    Review,
}

impl Step {
    pub(super) fn next(self) -> Step {
        match self {
            Step::Address => Step::Shipping,
            Step::Shipping => Step::Copies,
            Step::Copies | Step::Review => Step::Review,
        }
    }
}

/// How the address is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Saved,
    New,
    OneOff,
}

/// Where the order goes.
#[derive(Clone, PartialEq)]
pub(super) enum Chosen {
    Saved(Address),
    OneOff(OneOffAddress),
}

impl Chosen {
    pub(super) fn destination(&self) -> Destination {
        match self {
            Chosen::Saved(address) => Destination::Saved(address.id),
            Chosen::OneOff(address) => Destination::OneOff(address.clone()),
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        match self {
            Chosen::Saved(address) => crate::domain::address::lines_of(address),
            Chosen::OneOff(address) => crate::domain::address::lines_of_one_off(address),
        }
    }
}

/// The order as it would be submitted: what the server has been told, and what it says of the money.
#[derive(Clone)]
pub(super) struct Review {
    pub(super) cart: Cart,
    /// For each of the cart's jobs with cards, whether the balance covers it.
    pub(super) covered: Vec<bool>,
    /// None when it could not be read.
    pub(super) balance: Option<Money>,
}

/// What was submitted.
#[derive(Clone)]
pub(in crate::view) struct Done {
    pub(in crate::view) lines: Vec<Line>,
}

/// What the open jobs say of where they go, from an earlier visit or from elsewhere.
#[derive(Clone, Default)]
pub(super) struct Hint {
    address: Option<AddressId>,
    one_off: Option<OneOffAddress>,
    provider: Option<ShippingProviderId>,
}

/// The state of the checkout. A handful of handles.
#[derive(Clone, Copy)]
pub(in crate::view) struct Checkout {
    pub(super) step: Var<Step>,
    /// Counts how often a step was opened: what was begun for an earlier one is no longer wanted.
    pub(super) turn: Var<u32>,
    /// Whether the person opened it, so that the focus may follow.
    pub(super) moved: Var<bool>,
    pub(super) way: Var<Way>,
    pub(super) addresses: Var<Load<Rc<[Address]>>>,
    pub(super) providers: Var<Load<Rc<[ShippingProvider]>>>,
    /// What stands in the form of a new address, or of one for this order.
    pub(super) form: Var<AddressForm>,
    pub(super) chosen: Var<Option<Chosen>>,
    pub(super) provider: Var<Option<ShippingProvider>>,
    pub(super) review: Var<Load<Review>>,
    /// Whether the balance has been found too low since the review was opened.
    pub(super) short: Var<bool>,
    /// The furthest step that was opened.
    reached: Var<Step>,
    /// The order on its way.
    pub(super) order: Var<Option<Submission>>,
    /// Whether its submission is being worked on.
    pub(in crate::view) running: Var<bool>,
    /// The order that was submitted last.
    pub(in crate::view) done: Var<Option<Done>>,
    /// Whether it was submitted while one looked at something else.
    pub(in crate::view) unseen: Var<bool>,
    hint: Var<Hint>,
}

impl Checkout {
    pub(in crate::view) fn new() -> Checkout {
        Checkout {
            step: Var::new(Step::Address),
            turn: Var::new(0),
            moved: Var::new(false),
            way: Var::new(Way::Saved),
            addresses: Var::new(Load::Busy),
            providers: Var::new(Load::Busy),
            form: Var::new(AddressForm::default()),
            chosen: Var::new(None),
            provider: Var::new(None),
            review: Var::new(Load::Busy),
            short: Var::new(false),
            reached: Var::new(Step::Address),
            order: Var::new(None),
            running: Var::new(false),
            done: Var::new(None),
            unseen: Var::new(false),
            hint: Var::new(Hint::default()),
        }
    }

    /// Nothing of it is for the next person.
    pub(in crate::view) fn forget(self) {
        self.start_over();
        self.addresses.set(Load::Busy);
        self.providers.set(Load::Busy);
        self.form.set(AddressForm::default());
        self.chosen.set(None);
        self.provider.set(None);
        self.done.set(None);
        self.unseen.set(false);
        self.hint.set(Hint::default());
    }

    /// The next order begins with the first step.
    pub(super) fn start_over(self) {
        self.order.set(None);
        self.running.set(false);
        self.review.set(Load::Busy);
        self.short.set(false);
        self.way.set(Way::Saved);
        self.step.set(Step::Address);
        self.reached.set(Step::Address);
    }

    /// Notes where the cart's jobs go so far.
    pub(in crate::view) fn note(self, jobs: &[PrintJob]) {
        let mut hint = Hint::default();
        for job in jobs.iter().filter(|job| !job.card_ids.is_empty()) {
            hint.provider = hint.provider.or(job.shipping_provider_id);
            hint.address = hint.address.or(job.address_id);
            if job.address_id.is_none() && hint.one_off.is_none() {
                hint.one_off = job.address.as_ref().map(one_off_of).filter(|address| !address.address_1.is_empty());
            }
        }
        self.hint.set(hint);
    }

    pub(super) fn shipping(self) -> Option<Shipping> {
        let destination = self.chosen.get_untracked()?.destination();
        Some(Shipping { destination, provider: self.provider.get_untracked()?.id })
    }
}

impl State {
    /// Fetches the saved addresses, if they are not there.
    pub(super) fn load_addresses(self) {
        let checkout = self.checkout;
        if checkout.addresses.with_untracked(|list| matches!(list, Load::Ready(_))) {
            return;
        }
        checkout.addresses.set(Load::Busy);
        self.app.spawn(Box::pin(async move {
            let answer = match self.app.client() {
                Ok((client, organization)) => client.addresses(organization, None).await,
                Err(error) => Err(error),
            };
            let list = load(self.app, answer.map(|list| list.items.into()));
            checkout.addresses.set(list);
            self.suggest_address();
        }));
    }

    /// Proposes the address that the cart's jobs have, or the organization's primary one; the person continues with it, or
    /// takes another.
    fn suggest_address(self) {
        let checkout = self.checkout;
        if checkout.chosen.with_untracked(Option::is_some) {
            return;
        }
        let Load::Ready(list) = checkout.addresses.get_untracked() else { return };
        let hint = checkout.hint.get_untracked();
        let known = list.iter().find(|address| Some(address.id) == hint.address);
        // The list may come late: whoever has begun to give an address goes on with that.
        let is_untouched = checkout.way.get_untracked() == Way::Saved
            && checkout.form.with_untracked(|form| *form == AddressForm::default());
        let chosen = match (known, hint.one_off) {
            (Some(address), _) => Some(Chosen::Saved(address.clone())),
            (None, Some(address)) if is_untouched => {
                checkout.way.set(Way::OneOff);
                fill(checkout, &address);
                Some(Chosen::OneOff(address))
            }
            (None, Some(_)) => None,
            (None, None) => list.iter().find(|address| address.primary).cloned().map(Chosen::Saved),
        };
        if list.is_empty() && chosen.is_none() && is_untouched {
            checkout.way.set(Way::New);
        }
        checkout.chosen.set(chosen);
    }

    /// Fetches the shipping providers, if they are not there.
    pub(super) fn load_providers(self) {
        let checkout = self.checkout;
        if checkout.providers.with_untracked(|list| matches!(list, Load::Ready(_))) {
            return;
        }
        checkout.providers.set(Load::Busy);
        self.app.spawn(Box::pin(async move {
            let answer = match self.app.client() {
                Ok((client, organization)) => client.shipping_providers(organization).await,
                Err(error) => Err(error),
            };
            let list: Load<Rc<[ShippingProvider]>> = load(self.app, answer.map(Into::into));
            if let Load::Ready(list) = &list
                && checkout.provider.with_untracked(Option::is_none)
            {
                let hint = checkout.hint.with_untracked(|hint| hint.provider);
                let only = || if let [only] = &**list { Some(only) } else { None };
                let provider = list.iter().find(|provider| Some(provider.id) == hint).or_else(only);
                checkout.provider.set(provider.cloned());
            }
            checkout.providers.set(list);
        }));
    }

    /// Whether a step has what it is for. Follows.
    pub(super) fn is_chosen(self, step: Step) -> bool {
        // Going back to a step does not undo those behind it.
        let was_passed = self.checkout.reached.get() > step;
        match step {
            Step::Address => was_passed && self.checkout.chosen.with(Option::is_some),
            Step::Shipping => was_passed && self.checkout.provider.with(Option::is_some),
            Step::Copies => was_passed,
            Step::Review => false,
        }
    }

    /// Opens a step, and takes the focus along.
    pub(super) fn open_step(self, step: Step) {
        self.checkout.turn.update(|turn| *turn = turn.wrapping_add(1));
        self.checkout.moved.set(true);
        self.checkout.review.set(Load::Busy);
        self.checkout.short.set(false);
        self.checkout.step.set(step);
        if step > self.checkout.reached.get_untracked() {
            self.checkout.reached.set(step);
        }
        if step == Step::Review {
            self.prepare();
        }
    }

    /// The checkout is entered again: what was prepared before is not what is in the cart now.
    pub(super) fn renew_review(self) {
        let checkout = self.checkout;
        if checkout.step.get_untracked() == Step::Review && checkout.order.with_untracked(Option::is_none) {
            checkout.turn.update(|turn| *turn = turn.wrapping_add(1));
            self.prepare();
        }
    }

    /// The order is another one than what was submitted: tells the page what was.
    pub(super) fn tell_submitted(self, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.app.tell(HostEvent::OrderSubmitted {
            jobs: lines.iter().map(|line| line.job).collect(),
            cards: lines.iter().map(|line| line.cards.len() as u64).sum(),
            copies: lines.iter().map(|line| line.cards.len() as u64 * u64::from(line.copies)).sum(),
        });
    }
}

fn load<T>(app: App, answer: Result<T, Error>) -> Load<T> {
    match answer {
        Ok(value) => Load::Ready(value),
        Err(error) => {
            app.tell_error(&error);
            Load::Failed(error)
        }
    }
}

/// Puts an address for one order back into the form.
fn fill(checkout: Checkout, address: &OneOffAddress) {
    use crate::domain::address::Part;
    checkout.form.update(|form| {
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
