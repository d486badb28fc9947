//! The checkout.

use instant_card::api::{Destination, OneOffAddress, PrintJobId};
use instant_card::domain::address::{Part, Use};
use instant_card::domain::cart::Wish;
use instant_card::domain::submission::{Fate, Why};
use instant_card::flow::checkout::{Chosen, Review, Step, Way};
use instant_card::flow::{DeskPage, Remote, Screen};

use super::{Deed, Did, Person};
use crate::book::Reviewed;

impl Person<'_> {
    pub(super) fn checks_out(&mut self) -> Did {
        let checkout = self.tab.app.desk().checkout();
        if checkout.order().with_untracked(Option::is_some) {
            return self.is_on_the_way();
        }
        match checkout.cart().cart().get_untracked() {
            Remote::Loading => return "waits for the cart".into(),
            Remote::Failed(_) => {
                checkout.cart().load();
                return Deed::Retry { of: "cart" }.told("tries again to read the cart");
            }
            Remote::Ready(cart) if cart.is_empty() => {
                checkout.cx().go(Screen::Desk(DeskPage::Cart));
                return Deed::OpenCart.told("back to the cart");
            }
            Remote::Ready(_) => {}
        }
        if self.dice.percent(3) {
            checkout.cx().go(Screen::Desk(DeskPage::Cart));
            return Deed::BackToCart.told("back to the cart");
        }
        let step = checkout.step().get_untracked();
        if step > Step::Address && self.dice.percent(6) {
            let to = self.dice.pick(&[Step::Address, Step::Shipping, Step::Copies]).copied().filter(|to| *to < step);
            if let Some(to) = to {
                checkout.open_step(to);
                return Deed::OpenStep { step: name_of(to) }.told(format!("changes {to:?}"));
            }
        }
        match step {
            Step::Address => self.gives_address(),
            Step::Shipping => self.chooses_provider(),
            Step::Copies => self.sets_copies(),
            Step::Review => self.reviews(),
        }
    }

    fn gives_address(&mut self) -> Did {
        let checkout = self.tab.app.desk().checkout();
        if self.dice.percent(25) {
            let way = self.dice.weighed(&[(5, Way::Saved), (2, Way::New), (3, Way::OneOff)]).unwrap_or(Way::Saved);
            checkout.way().set(way);
        }
        match (checkout.way().get_untracked(), checkout.addresses().get_untracked()) {
            (Way::Saved, Remote::Loading) => "waits for the addresses".into(),
            (Way::Saved, Remote::Failed(_)) => {
                checkout.load_addresses();
                Deed::Retry { of: "address" }.told("tries again to read the addresses")
            }
            (Way::Saved, Remote::Ready(list)) => {
                let is_saved = |chosen: &Option<Chosen>| matches!(chosen, Some(Chosen::Saved(_)));
                if self.dice.percent(50) || !checkout.chosen().with_untracked(is_saved) {
                    checkout.chosen().set(self.dice.pick(&list).cloned().map(Chosen::Saved));
                }
                let address = checkout.chosen().with_untracked(|chosen| match chosen {
                    Some(Chosen::Saved(address)) => Some(address.id.0),
                    _ => None,
                });
                let twice = address.is_some() && self.press(|| checkout.open_step(Step::Shipping));
                Deed::SavedAddress { address, twice }.told("chooses a saved address")
            }
            (way, _) => {
                let is_new = way == Way::New;
                let saving = self.tab.saving();
                if is_new && saving.busy.get_untracked() {
                    return "waits for the address".into();
                }
                let is_typed = !saving.failed.with_untracked(Option::is_some);
                let fields = if is_typed { self.types_address(is_new) } else { Vec::new() };
                if checkout.form().with_untracked(|form| form.first_flaw(use_of(is_new))).is_some() {
                    return "has not filled in the address".into();
                }
                let deed = Deed::TypedAddress { is_new, fields };
                if is_new {
                    checkout.save_address(saving);
                    return deed.told("saves a new address");
                }
                checkout.use_one_off();
                deed.told("gives an address for this order")
            }
        }
    }

    /// What was typed, by the names of the form's fields.
    fn types_address(&mut self, is_new: bool) -> Vec<(&'static str, String)> {
        let checkout = self.tab.app.desk().checkout();
        let (tab, who, number) = (self.tab.number, self.tab.who.get(), self.dice.between(1, 999));
        let parts = [
            (Part::FullName, format!("Ana t{tab}w{who}")),
            (Part::Email, "ana@example.org".to_owned()),
            (Part::Address1, format!("{number} Harbor Street")),
            (Part::City, "Boston".to_owned()),
            (Part::State, "MA".to_owned()),
            (Part::ZipCode, "02110".to_owned()),
        ];
        // The form has no others.
        let typed = parts.into_iter().filter(|(part, _)| part.is_in(use_of(is_new)));
        let typed: Vec<(Part, String)> = typed.collect();
        checkout.form().update(|form| typed.iter().for_each(|(part, text)| form.set(*part, text.clone())));
        typed.into_iter().map(|(part, text)| (part.name(use_of(is_new)), text)).collect()
    }

    fn chooses_provider(&mut self) -> Did {
        let checkout = self.tab.app.desk().checkout();
        match checkout.providers().get_untracked() {
            Remote::Loading => return "waits for the shipping providers".into(),
            Remote::Failed(_) => {
                checkout.load_providers();
                return Deed::Retry { of: "shipping" }.told("tries again to read the shipping providers");
            }
            Remote::Ready(list) => {
                if self.dice.percent(80) || checkout.provider().with_untracked(Option::is_none) {
                    checkout.provider().set(self.dice.pick(&list).cloned());
                }
            }
        }
        let provider = checkout.provider().with_untracked(|provider| provider.as_ref().map(|provider| provider.id.0));
        if provider.is_some() {
            checkout.open_step(Step::Copies);
        }
        Deed::Provider { provider }.told("chooses a shipping provider")
    }

    fn sets_copies(&mut self) -> Did {
        let checkout = self.tab.app.desk().checkout();
        // One that never came into the cart is told there.
        if let Some(did) = self.has_trouble_with(80, |card| checkout.cart().copies_there(card) > 0) {
            return did;
        }
        let entries = checkout.cart().known().map(|cart| cart.entries()).unwrap_or_default();
        // The form for all of them is there where there are several.
        let may_all = u32::from(entries.len() > 1);
        match self.dice.weighed(&[(may_all, 0), (1, 1), (6, 2)]) {
            Some(0) => {
                let copies = u32::try_from(self.dice.between(1, 4)).unwrap_or(1);
                let wishes: Vec<Wish> = entries.iter().map(|entry| (entry.card, copies)).collect();
                self.wishes(&wishes);
                Deed::CopiesOfAll { copies }.told(format!("wants {copies} copies of all"))
            }
            Some(1) => {
                let Some(card) = self.dice.pick(&entries).map(|entry| entry.card) else { return "looks".into() };
                let copies = checkout.cart().copies(card) + 1;
                self.wishes(&[(card, copies)]);
                let words = format!("wants {copies} copies of card {card}");
                Deed::StepCopies { card: card.0, up: true, times: 1 }.told(words)
            }
            _ => {
                checkout.open_step(Step::Review);
                Deed::GoOn.told("goes on to the review")
            }
        }
    }

    fn reviews(&mut self) -> Did {
        let checkout = self.tab.app.desk().checkout();
        if checkout.short().get_untracked() && self.tab.app.books().funds().is_under_way() {
            return "waits for the payment".into();
        }
        match checkout.review().get_untracked() {
            Remote::Loading => "waits for the review".into(),
            Remote::Failed(_) => {
                checkout.prepare();
                Deed::Retry { of: "review" }.told("tries the review again")
            }
            Remote::Ready(review) if review.covered.contains(&false) => self.has_too_little(),
            Remote::Ready(_) if checkout.running().get_untracked() => "waits for the order".into(),
            Remote::Ready(review) => {
                self.notes(&review);
                let twice = self.press(|| checkout.submit());
                Deed::Submit { twice }.told(format!("submits the order{}", Self::doubled(twice)))
            }
        }
    }

    /// What is submitted is what is seen now.
    fn notes(&mut self, review: &Review) {
        let checkout = self.tab.app.desk().checkout();
        let (Some(chosen), Some(provider)) = (checkout.chosen().get_untracked(), checkout.provider().get_untracked())
        else {
            return;
        };
        let ship_to = match chosen.destination() {
            Destination::Saved(id) => format!("address {id}"),
            Destination::OneOff(address) => spelled(&address),
        };
        let full = review.cart.jobs().iter().filter(|job| !job.cards.is_empty());
        let jobs: Vec<(u64, Vec<u64>, u64)> =
            full.map(|job| (job.id.0, job.cards.iter().map(|card| card.0).collect(), job.copies.into())).collect();
        let tab = self.tab.number;
        let mut book = self.book.borrow_mut();
        for (job, ..) in &jobs {
            book.may_print.insert((tab, *job), 1);
        }
        let since = self.server.acts.borrow().len();
        book.reviewed.insert(tab, Reviewed { jobs, provider: provider.id.0, ship_to, since });
    }

    /// Money is added in the form that there is, or behind the scenes.
    fn has_too_little(&mut self) -> Did {
        if self.dice.percent(70) {
            return self.pays();
        }
        let cents = self.server.door.borrow().balance_cents();
        let cents = cents + 20_000;
        self.server.door.borrow_mut().set_balance_cents(cents);
        let checkout = self.tab.app.desk().checkout();
        if checkout.order().with_untracked(Option::is_none) {
            checkout.open_step(Step::Copies);
        }
        Deed::MoneyComes { cents }.told("somebody adds money behind the scenes")
    }

    fn is_on_the_way(&mut self) -> Did {
        let checkout = self.tab.app.desk().checkout();
        let Some(order) = checkout.order().get_untracked() else { return "has no order".into() };
        let stopped = order.stopped().map(|(line, why)| (line.job, why.clone()));
        let (Some((job, why)), false) = (stopped, checkout.running().get_untracked()) else {
            return "waits for the order".into();
        };
        if why == Why::NotCovered && self.dice.percent(70) {
            return self.has_too_little();
        }
        if why == Why::Changed || (why.is_certain() && self.dice.percent(30)) {
            let twice = self.press(|| checkout.review_again());
            return Deed::ReviewAgain { twice }.told(format!("job {job} stopped ({why:?}): reviews again"));
        }
        let open: Vec<PrintJobId> = order
            .lines()
            .iter()
            .filter(|line| !matches!(line.fate, Fate::Submitted | Fate::Stopped(Why::Unknown(_))))
            .map(|line| line.job)
            .collect();
        let tab = self.tab.number;
        for job in open {
            self.book.borrow_mut().may_print.insert((tab, job.0), 1);
        }
        let twice = self.press(|| checkout.resume());
        Deed::Resume { twice }.told(format!("job {job} stopped ({why:?}): goes on"))
    }

    /// What is under way is brought to its end: the stop's own way on. Whether there was something to do.
    pub(crate) fn ends_order(&mut self) -> Option<Did> {
        let checkout = self.tab.app.desk().checkout();
        let order = checkout.order().get_untracked()?;
        if checkout.running().get_untracked() || order.stopped().is_none() {
            return None;
        }
        Some(self.is_on_the_way())
    }
}

/// What a step is called at the screen.
fn name_of(step: Step) -> &'static str {
    match step {
        Step::Address => "address",
        Step::Shipping => "shipping",
        Step::Copies => "copies",
        Step::Review => "review",
    }
}

/// What the form is for.
fn use_of(is_new: bool) -> Use {
    if is_new { Use::Saved } else { Use::OneOff }
}

/// An address as the sandbox spells it.
fn spelled(address: &OneOffAddress) -> String {
    let OneOffAddress { full_name, organization_name, address_1, address_2, city, state, zip_code, country } = address;
    let empty = String::new();
    let (organization, second) = (organization_name.as_ref().unwrap_or(&empty), address_2.as_ref().unwrap_or(&empty));
    let lines = [full_name, organization, address_1, second, city, state, zip_code, country];
    lines.into_iter().filter(|line| !line.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
}
