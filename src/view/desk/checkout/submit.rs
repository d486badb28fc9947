//! Preparing the order at the server, and submitting it: what [`Submission`] asks for is asked here.

use super::super::super::app::{At, DeskPage, Load};
use super::super::state::State;
use super::state::{Done, Review, Step};
use crate::api::{Error, Fetch, PrintJobId, PrintJobUpdate, Transport};
use crate::domain::money::Money;
use crate::domain::submission::{Effect, Event, Line, Shipping, Submission, Why};
use crate::ui::staying::Staying;

/// How often it is looked whether the cart is as it is wanted, in milliseconds.
const SETTLING: u32 = 100;

impl State {
    /// Tells the server where the cart's jobs go and who carries them, and asks what that means for the account.
    pub(super) fn prepare(self) {
        let checkout = self.checkout;
        checkout.review.set(Load::Busy);
        let turn = checkout.turn.get_untracked();
        self.app.spawn(Box::pin(async move {
            let is_over =
                move || checkout.turn.get_untracked() != turn || checkout.step.get_untracked() != Step::Review;
            // What was last changed in the cart is to be in the order.
            while self.wishes.with_untracked(|wishes| wishes.iter().any(|wish| wish.failed.is_none())) {
                Fetch::new().sleep(SETTLING).await;
            }
            if is_over() {
                return;
            }
            // A card whose copies could not be changed says so there. One that never came into the cart is no part of it.
            let cart = self.known_cart().unwrap_or_default();
            if self.wishes.with_untracked(|wishes| wishes.iter().any(|wish| cart.copies(wish.card) > 0)) {
                self.open_step(Step::Copies);
                return;
            }
            let review = self.prepare_jobs().await;
            if is_over() {
                return;
            }
            checkout.review.set(match review {
                Ok(review) => {
                    if review.covered.contains(&false) {
                        checkout.short.set(true);
                    }
                    Load::Ready(review)
                }
                Err(error) => {
                    self.app.tell_error(&error);
                    Load::Failed(error)
                }
            });
        }));
    }

    async fn prepare_jobs(self) -> Result<Review, Error> {
        let (client, organization) = self.app.client()?;
        let shipping = self.checkout.shipping().ok_or(Error::SignInDismissed)?;
        let _turn = self.turn().await;
        let mut cart = self.read_cart_now().await?;
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
        self.has_cart(cart.clone());
        let mut covered = Vec::new();
        for job in cart.jobs().iter().filter(|job| !job.cards.is_empty()) {
            covered.push(client.check_balance(organization, job.id).await?);
        }
        let balance = client.balance(organization).await.ok().and_then(|balance| Money::of(&balance));
        Ok(Review { cart, covered, balance })
    }

    /// Submits the order as it was reviewed. However often it is called, the order is submitted once.
    pub(super) fn submit(self) {
        let checkout = self.checkout;
        if checkout.running.get_untracked() || checkout.order.with_untracked(Option::is_some) {
            return;
        }
        let (Load::Ready(review), Some(shipping)) = (checkout.review.get_untracked(), checkout.shipping()) else {
            return;
        };
        checkout.order.set(Some(Submission::new(shipping, review.cart.jobs())));
        self.run();
    }

    /// Goes on with an order that has stopped.
    pub(super) fn resume(self) {
        if !self.checkout.running.get_untracked() {
            self.checkout.order.update(|order| order.iter_mut().for_each(Submission::resume));
            self.run();
        }
    }

    /// Back to the review, with what is still in the cart.
    pub(super) fn review_again(self) {
        if !self.checkout.running.get_untracked() {
            self.checkout.order.set(None);
            self.open_step(Step::Review);
        }
    }

    fn run(self) {
        let checkout = self.checkout;
        checkout.running.set(true);
        let before = self.submitted_lines().len();
        self.app.spawn(Box::pin(async move {
            // Leaving the page now would leave it unknown what becomes of the order.
            let staying = Staying::new();
            // What is reviewed is what is submitted: changes of the cart wait.
            let turn = self.turn().await;
            while let Some(effect) = checkout.order.with_untracked(|order| order.as_ref().and_then(Submission::effect))
            {
                let event = self.put(effect).await;
                if let Event::Job(Ok(job)) = &event {
                    self.has_heard(job);
                }
                checkout.order.update(|order| order.iter_mut().for_each(|order| order.on(event.clone())));
            }
            drop(turn);
            drop(staying);
            checkout.running.set(false);
            let lines = self.submitted_lines();
            self.tell_submitted(lines.get(before..).unwrap_or_default());
            if checkout.order.with_untracked(|order| order.as_ref().is_some_and(Submission::is_complete)) {
                checkout.done.set(Some(Done { lines }));
                checkout.start_over();
                self.taken_out.set(None);
                if self.app.at.get_untracked() == At::Desk(DeskPage::Checkout) {
                    self.app.go(At::Desk(DeskPage::OrderDone));
                } else {
                    checkout.unseen.set(true);
                }
            } else {
                self.tell_stopped();
            }
            // What was submitted is no longer in the cart.
            let _ = self.read_cart().await;
        }));
    }

    fn submitted_lines(self) -> Vec<Line> {
        let lines = |order: &Submission| order.submitted().cloned().collect();
        self.checkout.order.with_untracked(|order| order.as_ref().map(lines)).unwrap_or_default()
    }

    fn tell_stopped(self) {
        let why = self.checkout.order.with_untracked(|order| {
            let (_, why) = order.as_ref()?.stopped()?;
            Some(why.clone())
        });
        if let Some(Why::Refused(error) | Why::Failed(error) | Why::Unknown(error)) = why {
            self.app.tell_error(&error);
        }
    }

    /// Asks the server one thing.
    async fn put(self, effect: Effect) -> Event {
        let (client, organization) = match self.app.client() {
            Ok(client) => client,
            Err(error) => {
                return match effect {
                    Effect::Transactions => Event::Transactions(Err(error)),
                    Effect::Balance => Event::Balance(Err(error)),
                    Effect::CheckBalance(_) => Event::Covered(Err(error)),
                    Effect::Pause(_) => Event::Rested,
                    _ => Event::Job(Err(error)),
                };
            }
        };
        match effect {
            Effect::Transactions => Event::Transactions(client.financial_transactions(organization).await),
            Effect::Balance => Event::Balance(client.balance(organization).await),
            Effect::Read(job) => Event::Job(client.print_job(organization, job).await.map(Box::new)),
            Effect::Apply(job) => {
                let shipping = self.checkout.order.with_untracked(|order| Some(order.as_ref()?.shipping.clone()));
                let Some(shipping) = shipping else { return Event::Job(Err(Error::SignInDismissed)) };
                Event::Job(client.update_print_job(organization, job, &update(&shipping)).await.map(Box::new))
            }
            Effect::CheckBalance(job) => Event::Covered(client.check_balance(organization, job).await),
            Effect::Submit(job) => Event::Job(client.submit_print_job(organization, job).await.map(Box::new)),
            Effect::Pause(milliseconds) => {
                Fetch::new().sleep(milliseconds).await;
                Event::Rested
            }
        }
    }
}

fn update(shipping: &Shipping) -> PrintJobUpdate {
    let mut update = PrintJobUpdate::new(Some(shipping.provider));
    update.destination = Some(shipping.destination.clone());
    update
}
