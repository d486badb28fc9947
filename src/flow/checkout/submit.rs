//! Preparing the order at the server, and submitting it: what [`Submission`] wants done is done here.

use super::{Checkout, Chosen, Done, Review, Step, submitted};
use crate::api::{Error, PrintJob, PrintJobId};
use crate::domain::money::Money;
use crate::domain::submission::{Effect, Event, Line, Submission, Why};
use crate::flow::host::HostEvent;
use crate::flow::mutant::{self, Mutant};
use crate::flow::remote::Remote;
use crate::flow::screen::{DeskPage, Screen};
use crate::flow::submitting::{self, update};
use crate::flow::wording::{Worded, worded_gone};

/// How often it is looked whether the cart is as it is wanted, in milliseconds.
const SETTLING: u32 = 100;

impl Checkout {
    /// Tells the server where the cart's jobs go and who carries them, and asks what that means for the account.
    pub fn prepare(self) {
        self.review().set(Remote::Loading);
        self.refused().set(None);
        let turn = self.turn().get_untracked();
        self.cx().spawn(Box::pin(async move {
            let is_over = move || self.turn().get_untracked() != turn || self.step().get_untracked() != Step::Review;
            // What was last changed in the cart is to be in the order.
            while self.cart().is_settling() {
                self.cx().sleep(SETTLING).await;
            }
            if is_over() {
                return;
            }
            // A card whose copies could not be changed says so there. One that never came into the cart is no part of it.
            let cart = self.cart().known().unwrap_or_default();
            if self.cart().wishes().with_untracked(|wishes| wishes.iter().any(|wish| cart.copies(wish.card) > 0)) {
                self.open_step(Step::Copies);
                return;
            }
            let review = self.prepare_jobs().await;
            if is_over() {
                return;
            }
            self.review().set(match review {
                Ok(review) => {
                    // The server's jobs have the address from here on.
                    self.is_typed().set(false);
                    if review.covered.contains(&false) {
                        self.short().set(true);
                    }
                    Remote::Ready(review)
                }
                Err(error) => {
                    self.cx().tell_error(&error);
                    Remote::Failed(error)
                }
            });
        }));
    }

    async fn prepare_jobs(self) -> Result<Review, Error> {
        // Nothing is charged while there is nobody to compare it.
        self.app().books_deeds().await.map_err(|_| Error::Unreachable)?;
        let (client, organization) = self.cx().client()?;
        let shipping = self.shipping().ok_or(Error::SignInDismissed)?;
        let _guard = self.cart().lock().await;
        let mut cart = self.cart().read_locked().await?;
        let jobs: Vec<PrintJobId> = cart.jobs().iter().filter(|job| !job.cards.is_empty()).map(|job| job.id).collect();
        for job in jobs {
            match client.update_print_job(organization, job, &update(&shipping)).await {
                Ok(job) => cart.learn(&job),
                Err(error) => {
                    // Somebody else may have submitted it in this moment: then it is no longer a matter of this order.
                    let now = client.print_job(organization, job).await.map_err(|_| error.clone())?;
                    cart.learn(&now);
                    if !now.status.is_submitted() {
                        return Err(error);
                    }
                }
            }
        }
        self.cart().has_cart(cart.clone());
        let mut covered = Vec::new();
        for job in cart.jobs().iter().filter(|job| !job.cards.is_empty()) {
            covered.push(client.check_balance(organization, job.id).await?);
        }
        let balance = client.balance(organization).await.ok().and_then(|balance| Money::of(&balance));
        Ok(Review { cart, covered, balance })
    }

    /// Submits the order as it was reviewed. However often it is called, the order is submitted once.
    pub fn submit(self) {
        if self.running().get_untracked() || self.order().with_untracked(Option::is_some) {
            return;
        }
        let (Remote::Ready(review), Some(shipping)) = (self.review().get_untracked(), self.shipping()) else {
            return;
        };
        let order = Submission::new(shipping, review.cart.jobs());
        let why = self.cx().refusal(submitted(order.lines()), self.cx().words().checkout().refused);
        let is_refused = why.is_some();
        self.refused().set(why);
        if !is_refused {
            self.order().set(Some(order));
            self.run();
        }
    }

    /// Goes on with an order that has stopped.
    pub fn resume(self) {
        if !self.running().get_untracked() {
            self.order().update(|order| order.iter_mut().for_each(Submission::resume));
            self.run();
        }
    }

    /// Back to the review, with what is still in the cart.
    pub fn review_again(self) {
        if !self.running().get_untracked() {
            self.order().set(None);
            self.open_step(Step::Review);
        }
    }

    fn run(self) {
        self.running().set(true);
        let before = self.submitted_lines().len();
        self.cx().spawn(Box::pin(async move {
            // Leaving the page now would leave it unknown what becomes of the order.
            let held = self.cx().hold_page();
            // What is reviewed is what is submitted: changes of the cart wait.
            let guard = self.cart().lock().await;
            while let Some(effect) = self.order().with_untracked(|order| order.as_ref().and_then(Submission::effect)) {
                let event = self.perform(effect).await;
                if let Event::Job(Ok(job)) = &event {
                    self.cart().learn(job);
                }
                self.order().update(|order| order.iter_mut().for_each(|order| order.on(event.clone())));
            }
            drop(guard);
            drop(held);
            self.running().set(false);
            // A browser may have sent more than was asked of it: whether it has is looked up while the person goes on.
            if let Some(audit) = self.order().with_untracked(|order| order.as_ref().and_then(Submission::audit)) {
                self.app().with_books(|books| (books.compare)(self.app(), audit));
            }
            let lines = self.submitted_lines();
            self.tell_submitted(lines.get(before..).unwrap_or_default());
            if self.order().with_untracked(|order| order.as_ref().is_some_and(Submission::is_complete)) {
                let to = self.chosen().with_untracked(|chosen| chosen.as_ref().map(Chosen::lines)).unwrap_or_default();
                let by = self.provider().get_untracked();
                self.done().set(Some(Done { lines, to, by, at: None }));
                self.start_over();
                self.cart().taken_out().set(None);
                if self.cx().screen().get_untracked() == Screen::Desk(DeskPage::Checkout) {
                    self.cx().go(Screen::Desk(DeskPage::OrderDone));
                } else {
                    self.unseen().set(true);
                }
            } else {
                self.tell_stopped();
            }
            // What was submitted is no longer in the cart.
            let _ = self.cart().read().await;
        }));
    }

    /// A job as the cart was read last; a mistake on purpose.
    fn as_it_was(self, job: PrintJobId) -> Result<Box<PrintJob>, Error> {
        let known = self.cart().jobs().with_untracked(|jobs| jobs.iter().find(|known| known.id == job).cloned());
        known.map(Box::new).ok_or(Error::Unreachable)
    }

    fn submitted_lines(self) -> Vec<Line> {
        let lines = |order: &Submission| order.submitted().cloned().collect();
        self.order().with_untracked(|order| order.as_ref().map(lines)).unwrap_or_default()
    }

    fn tell_stopped(self) {
        let why = self.order().with_untracked(|order| {
            let (_, why) = order.as_ref()?.stopped()?;
            Some(why.clone())
        });
        match why {
            Some(Why::Refused(error) | Why::Failed(error) | Why::Unknown(error)) => self.cx().tell_error(&error),
            Some(Why::NothingHappened(lost)) => {
                self.cx().tell_gate(lost.as_ref());
                let message = self.cx().words().checkout().stopped_nothing.to_string();
                self.cx().tell(HostEvent::Error { code: "order-lost", message });
            }
            _ => {}
        }
    }

    /// Why the order stopped, in words.
    pub fn stopped_words(self, why: &Why) -> Worded {
        let all = self.cx().words();
        let words = all.checkout();
        match why {
            Why::NotCovered => Worded::of(words.stopped_covered, words.stopped_covered_next),
            Why::Changed => Worded::of(words.stopped_changed, words.stopped_changed_next),
            Why::Refused(error) | Why::Failed(error) | Why::NothingHappened(Some(error @ Error::Gate { .. })) => {
                let worded = worded_gone(all, error);
                Worded { what: [words.stopped_refused, " ", &worded.what].concat(), ..worded }
            }
            Why::NothingHappened(_) => Worded::of(words.stopped_nothing, words.stopped_nothing_next),
            Why::Unknown(_) => Worded::of(words.stopped_unknown, words.stopped_unknown_next),
        }
    }

    /// Does one thing, and says what came of it.
    async fn perform(self, effect: Effect) -> Event {
        let shipping = self.order().with_untracked(|order| Some(order.as_ref()?.shipping.clone()));
        let Some(shipping) = shipping else { return Event::Job(Err(Error::SignInDismissed)) };
        match (submitting::perform(self.cx(), &shipping, effect).await, effect) {
            (Event::Job(Err(_)), Effect::Read(job)) if mutant::is(Mutant::NotChargedWithoutProof) => {
                Event::Job(self.as_it_was(job))
            }
            (event, _) => event,
        }
    }
}
