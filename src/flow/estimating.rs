//! Finding out what an order will probably cost: what orders like it have cost, by the account's own charges. Read when somebody
//! asks for it, since it takes a call or two for each of them.

use super::checkout::Checkout;
use super::context::Context;
use super::remote::Remote;
use crate::api::{CardId, Client, Error, JobFilter, OrganizationId, Page, PrintJob, TemplateId};
use crate::domain::estimate::{Estimate, Kind, Past, estimate};
use crate::domain::money::Money;
use crate::domain::orders::distinct;
use crate::reactive::Var;

/// So many past orders are looked at, of so many.
const MOST: usize = 8;
const AMONG: u32 = 100;
/// From so many of an order's cards it is known what they are made from.
const CARDS: usize = 12;

/// What was found out, for as long as the review is there.
#[derive(Clone, Copy)]
pub struct Estimating {
    checkout: Checkout,
    /// None before it was asked for; nothing ready where there was no order like it.
    pub now: Var<Option<Remote<Option<Estimate>>>>,
}

/// What cards are made from, as far as it is known.
type Templates = Vec<(CardId, Option<TemplateId>)>;

impl Estimating {
    /// Nothing was asked for yet.
    pub fn new(checkout: Checkout) -> Estimating {
        Estimating { checkout, now: Var::new(None) }
    }

    fn cx(self) -> Context {
        self.checkout.cx()
    }

    /// Finds it out.
    pub fn find_out(self) {
        self.now.set(Some(Remote::Loading));
        self.cx().spawn(Box::pin(async move {
            let found = self.look().await;
            if self.now.is_gone() {
                return;
            }
            self.now.set(Some(match found {
                Ok(estimate) => Remote::Ready(estimate),
                Err(error) => {
                    self.cx().tell_error(&error);
                    Remote::Failed(error)
                }
            }));
        }));
    }

    async fn look(self) -> Result<Option<Estimate>, Error> {
        let (client, organization) = self.cx().client()?;
        let Some(provider) = self.checkout.provider().get_untracked().map(|provider| provider.id) else {
            return Ok(None);
        };
        let cart = self.checkout.review().with_untracked(|review| review.ready().map(|review| review.cart.clone()));
        let mut known = Templates::new();
        let mut order = Vec::new();
        for job in cart.iter().flat_map(|cart| cart.jobs()).filter(|job| !job.cards.is_empty()) {
            let templates = templates_of(&client, organization, &job.cards, &mut known).await?;
            order.push(Kind { provider, templates, pieces: job.cards.len() as u32 * job.copies });
        }
        let mut past = Vec::new();
        let page = Page { number: 1, size: AMONG };
        let jobs = client.print_jobs(organization, Some(page), Some(JobFilter::Submitted)).await?;
        let alike =
            jobs.items.iter().filter(|job| job.shipping_provider_id == Some(provider) && !job.card_ids.is_empty());
        for job in alike.take(MOST) {
            past.extend(past_of(&client, organization, job, &mut known).await?);
        }
        Ok(estimate(&order, &past))
    }
}

/// What a submitted job was, and has cost; nothing where that is not said.
async fn past_of(
    client: &Client,
    organization: OrganizationId,
    job: &PrintJob,
    known: &mut Templates,
) -> Result<Option<Past>, Error> {
    let Some(provider) = job.shipping_provider_id else { return Ok(None) };
    let charges = client.charge_details(organization, job.id).await?;
    let total = charges.job_total_cost.as_ref().and_then(Money::of);
    let Some(total) = total else { return Ok(None) };
    let shipping = charges.shipping_cost.as_ref().and_then(Money::of).unwrap_or(Money::usd(0));
    let templates = templates_of(client, organization, &job.card_ids, known).await?;
    let pieces = job.card_ids.len() as u32 * job.number_of_copies.unwrap_or(1);
    Ok(Some(Past { kind: Kind { provider, templates, pieces }, shipping, total }))
}

/// What cards are made from, each template once. A card that was deleted says nothing of it.
async fn templates_of(
    client: &Client,
    organization: OrganizationId,
    cards: &[CardId],
    known: &mut Templates,
) -> Result<Vec<TemplateId>, Error> {
    let mut templates: Vec<u64> = Vec::new();
    for card in distinct(cards).into_iter().take(CARDS) {
        let template = match known.iter().find(|(other, _)| *other == card) {
            Some((_, template)) => *template,
            None => {
                let template = match client.card(organization, card).await {
                    Ok(card) => card.template_id,
                    Err(Error::NotFound { .. }) => None,
                    Err(error) => return Err(error),
                };
                known.push((card, template));
                template
            }
        };
        templates.extend(template.map(|template| template.0).filter(|template| !templates.contains(template)));
    }
    crate::domain::sort::ascending(&mut templates);
    Ok(templates.into_iter().map(TemplateId).collect())
}
