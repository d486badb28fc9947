//! The cart.

use instant_card::api::CardId;
use instant_card::domain::cart::Wish;
use instant_card::flow::cart::Wished;
use instant_card::flow::{DeskPage, Remote, Screen};

use super::{Deed, Did, Person};

/// What is looked for: everything, and some of the sample cards.
const TERMS: [&str; 5] = ["", "", "a", "Hart", "Ravi"];

impl Person<'_> {
    /// Wants so many copies, as the screen's buttons do.
    pub(super) fn wishes(&mut self, wishes: &[Wish]) {
        for (card, copies) in wishes {
            self.notes_wish(*card, *copies);
        }
        self.tab.app.desk().cart().wish(wishes);
    }

    /// Notes what is wanted of a card. Where its job was submitted from elsewhere and the screen does not know yet, it comes
    /// too late.
    fn notes_wish(&mut self, card: CardId, copies: u32) {
        let known = self.tab.app.desk().cart().known().unwrap_or_default();
        let door = self.server.door.borrow();
        let is_late = known
            .jobs()
            .iter()
            .any(|job| job.cards.contains(&card) && door.job(job.id.0).is_some_and(|job| job.submitted));
        let mut book = self.book.borrow_mut();
        book.wish(self.tab.number, card.0, copies.into());
        if is_late {
            book.open.insert(card.0);
        }
        let there: u64 = door
            .jobs()
            .filter(|job| !job.submitted)
            .map(|job| job.copies * job.cards.iter().filter(|other| **other == card.0).count() as u64)
            .sum();
        if there != u64::from(known.copies(card)) {
            book.stale.insert(card.0);
        }
    }

    fn sets(&mut self, card: CardId, copies: u32) {
        let cart = self.tab.app.desk().cart();
        if cart.copies(card) != copies {
            self.wishes(&[(card, copies)]);
        }
    }

    pub(super) fn in_cart(&mut self) -> Did {
        let cart = self.tab.app.desk().cart();
        match cart.cart().get_untracked() {
            Remote::Loading => return "waits for the cart".into(),
            Remote::Failed(_) => {
                cart.load();
                return Deed::Retry { of: "cart" }.told("tries again to read the cart");
            }
            Remote::Ready(_) => {}
        }
        if let Some(did) = self.has_trouble(70) {
            return did;
        }
        let rows: Vec<CardId> = cart.listed().into_iter().map(CardId).collect();
        let some = |weight: u32, is: bool| if is { weight } else { 0 };
        let found = self.tab.search.get().and_then(|search| search.found.get_untracked()).unwrap_or_default();
        let free: Vec<CardId> = found.cards.iter().copied().filter(|card| cart.copies(*card) == 0).collect();
        let has = !rows.is_empty();
        let ways = [
            (if found.cards.is_empty() { 6 } else { 1 }, 0),
            (some(8, !free.is_empty()), 1),
            (some(3, has), 2),
            (some(3, has), 3),
            (some(2, has), 4),
            (some(2, cart.taken_out().with_untracked(Option::is_some)), 5),
            (some(if self.bent.is_by_hand { 14 } else { 6 }, has), 6),
            // While a change is on its way, too.
            (some(if cart.wishes().with_untracked(Vec::is_empty) { 1 } else { 6 }, !self.bent.is_by_hand), 7),
        ];
        let card = self.dice.pick(&rows).copied().unwrap_or(CardId(0));
        match self.dice.weighed(&ways) {
            Some(0) => self.searches(),
            Some(1) => {
                let Some(card) = self.dice.pick(&free).copied() else { return "looks at what was found".into() };
                self.wishes(&[(card, 1)]);
                Deed::Add { card: card.0 }.told(format!("adds card {card}"))
            }
            Some(2) => {
                let up = self.dice.percent(60);
                let times = self.dice.between(1, 3);
                for _ in 0..times {
                    let copies = cart.copies(card);
                    let next = if up { copies + 1 } else { copies.saturating_sub(1) };
                    if (1..=500).contains(&next) {
                        self.sets(card, next);
                    }
                }
                let words = format!("{} of card {card}, {times} times", if up { "more" } else { "fewer" });
                Deed::StepCopies { card: card.0, up, times }.told(words)
            }
            Some(3) => {
                let most = if self.dice.percent(30) { 12 } else { 3 };
                let copies = u32::try_from(self.dice.between(1, most)).unwrap_or(1);
                self.sets(card, copies);
                Deed::TypeCopies { card: card.0, copies }.told(format!("types {copies} copies of card {card}"))
            }
            Some(4) => {
                let copies = cart.copies(card);
                self.notes_wish(card, 0);
                cart.take_out(card);
                Deed::TakeOut { card: card.0 }.told(format!("takes card {card} out, {copies} copies"))
            }
            Some(5) => self.puts_back(),
            Some(6) => {
                cart.cx().go(Screen::Desk(DeskPage::Checkout));
                Deed::CheckOut.told("to the checkout")
            }
            _ => {
                cart.load();
                "reads the cart again".into()
            }
        }
    }

    fn puts_back(&mut self) -> Did {
        let cart = self.tab.app.desk().cart();
        let Some((card, copies)) = cart.taken_out().get_untracked() else { return "looks at the cart".into() };
        if cart.wish_for(card).is_some_and(|wish| wish.failed.is_some()) {
            return "looks at the cart".into();
        }
        self.notes_wish(card, copies);
        cart.undo();
        Deed::PutBack.told(format!("puts card {card} back, {copies} copies"))
    }

    fn searches(&mut self) -> Did {
        let Some(search) = self.tab.search.get() else { return "looks at the cart".into() };
        if search.failed.with_untracked(Option::is_some) {
            search.retry();
            return Deed::Retry { of: "search" }.told("tries the search again");
        }
        if search.found.with_untracked(|found| found.as_ref().is_some_and(|found| found.more)) && self.dice.percent(50)
        {
            search.more();
            return Deed::SearchOn.told("looks for more");
        }
        let term = self.dice.pick(&TERMS).copied().unwrap_or_default();
        search.look_for(term);
        Deed::Search { term }.told(format!("looks for “{term}”"))
    }

    /// A change did not come about: once more, or left as it is.
    pub(crate) fn has_trouble(&mut self, likely: u64) -> Option<Did> {
        self.has_trouble_with(likely, |_| true)
    }

    /// The same with one of those cards that stand here.
    pub(super) fn has_trouble_with(&mut self, likely: u64, stands_here: impl Fn(CardId) -> bool) -> Option<Did> {
        let cart = self.tab.app.desk().cart();
        let is_it = |wish: &&Wished| wish.failed.is_some() && stands_here(wish.card);
        let failed = |wishes: &Vec<Wished>| wishes.iter().find(is_it).cloned();
        let wish = cart.wishes().with_untracked(failed).filter(|_| self.dice.percent(likely))?;
        if self.dice.percent(70) {
            self.wishes(&[(wish.card, wish.copies)]);
            let words = format!("tries again with card {}", wish.card);
            return Some(Deed::RetryCard { card: wish.card.0 }.told(words));
        }
        self.book.borrow_mut().open.insert(wish.card.0);
        self.book.borrow_mut().wishes.remove(&wish.card.0);
        cart.drop_wish(wish.card);
        Some(Deed::LeaveCard { card: wish.card.0 }.told(format!("leaves card {} as it was", wish.card)))
    }
}
