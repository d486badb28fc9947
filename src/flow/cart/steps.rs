//! The way to what is wished of the cart, one call after the other.

use super::{CartFlow, Wished};
use crate::api::{CardId, Client, Destination, Error, OrganizationId, PrintJob, PrintJobChange, PrintJobUpdate};
use crate::domain::cart::{Cart, Step, Wish};
use crate::flow::mutant::{self, Mutant};

/// How often a step is tried whose answer is lost, or that somebody else has made impossible.
const TRIES: u32 = 3;
/// How long a wish may still change before it is sent, in milliseconds: a person clicks more than once.
const SETTLING: u32 = 250;

impl CartFlow {
    /// Goes to work on the wishes, unless somebody is at it.
    pub(super) fn work(self) {
        if self.inner().at_work.replace(true) {
            return;
        }
        self.cx().spawn(Box::pin(async move {
            loop {
                self.cx().sleep(SETTLING).await;
                // An order on its way is as it was reviewed: what is wanted of other cards comes after it.
                if self.is_held().get_untracked() {
                    continue;
                }
                let open = |wish: &&Wished| wish.failed.is_none();
                let wishes: Vec<Wish> = self
                    .wishes()
                    .with_untracked(|all| all.iter().filter(open).map(|wish| (wish.card, wish.copies)).collect());
                if wishes.is_empty() {
                    break;
                }
                let failed = self.fulfil(&wishes).await;
                let cart = self.known();
                self.wishes().update(|all| {
                    // A wish that was changed meanwhile is another one, also where it was changed back: what counts is
                    // whether the cart is so now.
                    all.retain(|wish| {
                        if mutant::is(Mutant::CardForgotten) {
                            return !wishes.iter().any(|(card, _)| *card == wish.card);
                        }
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
                    self.cx().tell_error(error);
                }
            }
            self.inner().at_work.set(false);
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

    /// Takes one step after the other until there is none left; for each the print jobs are locked anew.
    async fn reach(self, wishes: &[Wish]) -> Result<(), Error> {
        let (client, organization) = self.cx().client()?;
        let inner = self.inner();
        let (mut tries, mut before) = (0, None::<(Step, Cart)>);
        loop {
            let _guard = self.lock().await;
            let mut cart = match self.known() {
                Some(cart) if !inner.unsure.get() => cart,
                _ => self.read_locked().await?,
            };
            // What has been wished otherwise meanwhile, or has been submitted as it was, is not to be reached any more.
            let wishes: Vec<Wish> = wishes.iter().copied().filter(|wish| self.is_wished(*wish)).collect();
            let Some(step) = cart.steps(&wishes).into_iter().next() else { return Ok(()) };
            // The server has taken this very step, and says that things are as they were: it will not be otherwise.
            if before.as_ref().is_some_and(|(last, then)| *last == step && *then == cart) {
                return Err(Error::Undecodable { operation: "print_jobs", field: "number_of_copies".to_owned() });
            }
            // A browser may send it more than once, and only some of that would show in its answer.
            let hides = cart.hides_repetition(&step);
            let then = cart.clone();
            inner.unsure.set(true);
            let error = match take(&client, organization, &mut cart, &step).await {
                Ok(taken) => {
                    tries = 0;
                    let is_surprise = taken == Taken::Otherwise || !cart.is_as_expected(&then, &step);
                    inner.unsure.set(hides || is_surprise);
                    before = Some((step, then));
                    if let Taken::Submitted(job) = taken {
                        self.learn(&job);
                    }
                    self.has_cart(cart);
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
                self.cx().sleep(SETTLING << tries).await;
            }
            // What is there now decides: the step may have been taken, or a job may have been submitted by somebody else.
            let left = self.read_locked().await?.steps(&wishes);
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
        self.wishes().with_untracked(|all| all.iter().any(is_it))
    }
}

fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Refused { .. } | Error::NotFound { .. } | Error::NotAcceptable { .. })
}

/// What came of a step that the server has answered.
#[derive(PartialEq)]
enum Taken {
    /// It was taken.
    Done,
    /// Somebody has submitted its job.
    Submitted(Box<PrintJob>),
    /// Things are not as they were when it was planned: somebody else has changed them.
    Otherwise,
}

/// Takes one step, and notes in `cart` what the server says of it.
async fn take(client: &Client, organization: OrganizationId, cart: &mut Cart, step: &Step) -> Result<Taken, Error> {
    match step {
        Step::Create { copies, cards } => {
            let change = PrintJobChange {
                number_of_copies: Some(*copies),
                card_ids: cards.clone(),
                ..PrintJobChange::default()
            };
            let job = match client.create_print_job(organization, &change).await {
                Err(error) if asks_for_shipping(&error) => {
                    let change = with_shipping(client, organization, change, error).await?;
                    client.create_print_job(organization, &change).await?
                }
                answer => answer?,
            };
            cart.learn(&job);
        }
        Step::SetCopies { job, copies } => {
            // Every update resets the shipping provider unless it is sent again, so it has to be known first.
            let now = client.print_job(organization, *job).await?;
            let planned = cart.clone();
            cart.learn(&now);
            if now.status.is_submitted() {
                return Ok(Taken::Submitted(Box::new(now)));
            }
            // Somebody else's card may be in it by now, whose copies are not to be changed.
            if *cart != planned {
                return Ok(Taken::Otherwise);
            }
            let provider = now.shipping_provider_id.filter(|_| !mutant::is(Mutant::LostProvider));
            let mut update = PrintJobUpdate::new(provider);
            update.number_of_copies = Some(*copies);
            cart.learn(&client.update_print_job(organization, *job, &update).await?);
        }
        Step::Add { job, cards } => cart.learn(&client.add_cards(organization, *job, cards).await?),
        Step::Remove { job, card } => {
            let was_there = client.remove_card(organization, *job, *card).await?;
            cart.removed(*job, *card);
            // It may be in another job by now.
            if !was_there {
                return Ok(Taken::Otherwise);
            }
        }
    }
    Ok(Taken::Done)
}

/// Some servers want to know at once where a job goes and who carries it, which the vendor's text does not ask for
/// ("Create a Print Job").
fn asks_for_shipping(error: &Error) -> bool {
    let asked = ["address_id", "shipping_provider_id"];
    matches!(error, Error::Refused { .. })
        && error.words().iter().any(|said| asked.iter().any(|name| crate::api::has(said, name)))
}

/// The primary address and the first provider stand in until the checkout. Without them the refusal stands.
async fn with_shipping(
    client: &Client,
    organization: OrganizationId,
    change: PrintJobChange,
    refusal: Error,
) -> Result<PrintJobChange, Error> {
    let addresses = client.addresses(organization, None).await?.items;
    let providers = client.shipping_providers(organization).await?.items;
    let address = addresses.iter().find(|address| address.primary).or(addresses.first()).ok_or(refusal.clone())?;
    let provider = providers.first().ok_or(refusal)?;
    let destination = Some(Destination::Saved(address.id));
    Ok(PrintJobChange { destination, shipping_provider_id: Some(provider.id), ..change })
}
