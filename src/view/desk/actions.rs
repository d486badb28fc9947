//! What a person can do with the cart. Each wish is kept until the server's jobs are as it says: [`Cart::steps`] plans the
//! way from wherever they are, also after an answer was lost or somebody else has changed something.

use super::super::app::{HostEvent, Load};
use super::state::{State, Wished};
use crate::api::{CardId, Client, Error, JobFilter, OrganizationId, Page, PrintJob, PrintJobChange, PrintJobUpdate};
use crate::browser::Fetch;
use crate::domain::cart::{Cart, Step, Wish};
use crate::world::Transport as _;

/// How many jobs are asked for at a time.
const JOBS: u32 = 100;
/// How often a step is tried whose answer is lost, or that somebody else has made impossible.
const TRIES: u32 = 3;
/// How long a wish may still change before it is sent, in milliseconds: a person clicks more than once.
const SETTLING: u32 = 250;

impl State {
    /// Reads the cart.
    pub(super) fn load_cart(self) {
        if !matches!(self.cart.get_untracked(), Load::Ready(_)) {
            self.cart.set(Load::Busy);
        }
        self.app.spawn(Box::pin(async move {
            if let Err(error) = self.read_cart().await {
                self.app.tell_error(&error);
                self.cart.set(Load::Failed(error));
            }
        }));
    }

    /// Asks the server for the cart.
    pub(super) async fn read_cart(self) -> Result<Cart, Error> {
        let _turn = self.turn().await;
        self.read_cart_now().await
    }

    /// The same for whoever has the turn.
    pub(super) async fn read_cart_now(self) -> Result<Cart, Error> {
        let (client, organization) = self.app.client()?;
        let mut jobs = Vec::new();
        let mut number = 1;
        loop {
            let page = Page { number, size: JOBS };
            let found = client.print_jobs(organization, Some(page), Some(JobFilter::Open)).await?;
            jobs.extend(found.items);
            if !found.more {
                break;
            }
            number += 1;
        }
        let cart = Cart::of(&jobs);
        self.kept().unsure.set(false);
        self.checkout.note(&jobs);
        self.has_cart(cart.clone());
        Ok(cart)
    }

    /// The cart is this one, as far as the server has told.
    pub(super) fn has_cart(self, cart: Cart) {
        let before = self.known_cart();
        self.app.in_cart.set(Some(cart.len()));
        if before.as_ref() == Some(&cart) {
            return;
        }
        let (cards, copies) = (cart.len() as u64, cart.total_copies());
        let is_change = before.is_some_and(|before| before.entries() != cart.entries());
        self.cart.set(Load::Ready(cart));
        if is_change {
            self.app.tell(HostEvent::CartChanged { cards, copies });
        }
    }

    /// Wants so many copies of these cards, and goes to work on it. 0 takes a card out.
    pub(super) fn wish(self, wishes: &[Wish]) {
        // What is put in anew needs no putting back.
        let back = self.taken_out.get_untracked();
        if back.is_some_and(|(card, _)| wishes.iter().any(|(wanted, copies)| *wanted == card && *copies > 0)) {
            self.taken_out.set(None);
        }
        self.wishes.update(|all| {
            all.retain(|known| !wishes.iter().any(|(card, _)| *card == known.card));
            all.extend(wishes.iter().map(|(card, copies)| Wished { card: *card, copies: *copies, failed: None }));
        });
        self.work();
    }

    /// Takes a card out of the cart; it can be put back.
    pub(super) fn take_out(self, card: CardId) {
        // As the screen shows it, also where that is still on its way.
        let copies = self.copies(card);
        self.taken_out.set(Some((card, copies.max(1))));
        self.wish(&[(card, 0)]);
    }

    /// Puts back what was taken out last.
    pub(super) fn undo(self) {
        if let Some(wish) = self.taken_out.get_untracked() {
            self.wish(&[wish]);
        }
    }

    /// Lets a wish be that could not be met.
    pub(super) fn drop_wish(self, card: CardId) {
        self.wishes.update(|all| all.retain(|wish| wish.card != card));
        // How it was is not known while an answer is missing.
        if self.kept().unsure.get() {
            self.load_cart();
        }
    }

    fn work(self) {
        if self.kept().at_work.replace(true) {
            return;
        }
        self.app.spawn(Box::pin(async move {
            loop {
                Fetch::new().sleep(SETTLING).await;
                // An order on its way is as it was reviewed: what is wanted of other cards comes after it.
                if self.checkout.running.get_untracked() {
                    continue;
                }
                let open = |wish: &&Wished| wish.failed.is_none();
                let wishes: Vec<Wish> = self
                    .wishes
                    .with_untracked(|all| all.iter().filter(open).map(|wish| (wish.card, wish.copies)).collect());
                if wishes.is_empty() {
                    break;
                }
                let failed = self.fulfil(&wishes).await;
                let cart = self.known_cart();
                self.wishes.update(|all| {
                    // A wish that was changed meanwhile is another one, also where it was changed back: what counts is
                    // whether the cart is so now.
                    all.retain(|wish| {
                        let is_so = cart.as_ref().is_none_or(|cart| cart.copies(wish.card) == wish.copies);
                        let is_met = wishes.contains(&(wish.card, wish.copies)) && is_so;
                        !is_met || failed.iter().any(|(card, _)| *card == wish.card)
                    });
                    for (card, error) in &failed {
                        if let Some(wish) = all.iter_mut().find(|wish| wish.card == *card)
                            && wishes.contains(&(wish.card, wish.copies))
                        {
                            wish.failed = Some(error.clone());
                        }
                    }
                });
                if let Some((_, error)) = failed.first() {
                    self.app.tell_error(error);
                }
            }
            self.kept().at_work.set(false);
        }));
    }

    /// Brings the cart to where these wishes are met. Returns the cards for which that was not to be, and why.
    async fn fulfil(self, wishes: &[Wish]) -> Vec<(CardId, Error)> {
        let mut failed = Vec::new();
        let mut groups = vec![wishes];
        while let Some(group) = groups.pop() {
            match self.reach(group).await {
                Ok(()) => {}
                // One card that cannot be added keeps the others out: it is looked for by halves.
                Err(error) if is_refusal(&error) && group.len() > 1 => {
                    let (first, second) = group.split_at(group.len() / 2);
                    groups.extend([second, first]);
                }
                Err(error) => failed.extend(group.iter().map(|(card, _)| (*card, error.clone()))),
            }
        }
        failed
    }

    /// Takes one step after the other until there is none left; each is a turn of its own.
    async fn reach(self, wishes: &[Wish]) -> Result<(), Error> {
        let (client, organization) = self.app.client()?;
        let kept = self.kept();
        let (mut tries, mut before) = (0, None);
        loop {
            let _turn = self.turn().await;
            let mut cart = match self.known_cart() {
                Some(cart) if !kept.unsure.get() => cart,
                _ => self.read_cart_now().await?,
            };
            // What has been wished otherwise meanwhile, or has been submitted as it was, is not to be reached any more.
            let wishes: Vec<Wish> = wishes.iter().copied().filter(|wish| self.is_wished(*wish)).collect();
            let Some(step) = cart.steps(&wishes).into_iter().next() else { return Ok(()) };
            // The server has taken this very step, and says that things are as they were: it will not be otherwise.
            if before.as_ref() == Some(&step) {
                return Err(Error::Undecodable { operation: "print_jobs", field: "number_of_copies".to_owned() });
            }
            kept.unsure.set(true);
            let error = match take(&client, organization, &mut cart, &step).await {
                Ok(submitted) => {
                    tries = 0;
                    before = Some(step);
                    kept.unsure.set(false);
                    self.has_cart(cart);
                    submitted.iter().for_each(|job| self.has_heard(job));
                    continue;
                }
                Err(error) => error,
            };
            tries += 1;
            let is_unknown = error.is_outcome_unknown();
            if !(is_unknown || is_refusal(&error)) {
                return Err(error);
            }
            if is_unknown {
                Fetch::new().sleep(SETTLING << tries).await;
            }
            // What is there now decides: the step may have been taken, or a job may have been submitted by somebody else.
            let left = self.read_cart_now().await?.steps(&wishes);
            if left.is_empty() {
                return Ok(());
            }
            if tries == TRIES || (!is_unknown && left.first() == Some(&step)) {
                return Err(error);
            }
        }
    }

    fn is_wished(self, (card, copies): Wish) -> bool {
        let is_it = |wish: &Wished| wish.card == card && wish.copies == copies && wish.failed.is_none();
        self.wishes.with_untracked(|all| all.iter().any(is_it))
    }

    /// Takes in what the server says of a job, whoever asked. A card that has been submitted is as it was then: what is
    /// still wished of it comes too late.
    pub(super) fn has_heard(self, job: &PrintJob) {
        if let Some(mut cart) = self.known_cart() {
            cart.learn(job);
            self.has_cart(cart);
        }
        let is_late = |wish: &Wished| job.card_ids.contains(&wish.card);
        if job.status.is_submitted() && self.wishes.with_untracked(|all| all.iter().any(is_late)) {
            self.wishes.update(|all| all.retain(|wish| !is_late(wish)));
        }
    }
}

fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Refused { .. } | Error::NotFound { .. } | Error::NotAcceptable { .. })
}

/// Takes one step, and notes in `cart` what the server says of it. Returns the job when somebody has submitted it.
async fn take(
    client: &Client,
    organization: OrganizationId,
    cart: &mut Cart,
    step: &Step,
) -> Result<Option<PrintJob>, Error> {
    match step {
        Step::Create { copies, cards } => {
            let change = PrintJobChange {
                number_of_copies: Some(*copies),
                card_ids: cards.clone(),
                ..PrintJobChange::default()
            };
            cart.learn(&client.create_print_job(organization, &change).await?);
        }
        Step::SetCopies { job, copies } => {
            // Every update resets the shipping provider unless it is sent again, so it has to be known first.
            let now = client.print_job(organization, *job).await?;
            cart.learn(&now);
            if now.status.is_submitted() {
                return Ok(Some(now));
            }
            let mut update = PrintJobUpdate::new(now.shipping_provider_id);
            update.number_of_copies = Some(*copies);
            cart.learn(&client.update_print_job(organization, *job, &update).await?);
        }
        Step::Add { job, cards } => cart.learn(&client.add_cards(organization, *job, cards).await?),
        Step::Remove { job, card } => {
            // False says that it was not in there, which is as good.
            client.remove_card(organization, *job, *card).await?;
            cart.removed(*job, *card);
        }
    }
    Ok(None)
}
