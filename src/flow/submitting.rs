//! What a [`Submission`] wants done is done here, whoever's order it is: the checkout's, or that of a card of one's own.

use super::context::Context;
use super::mutant::{self, Mutant};
use crate::api::{Error, PrintJobUpdate};
use crate::domain::submission::{Effect, Event, Shipping};

/// Does one thing, and says what came of it.
pub(super) async fn perform(cx: Context, shipping: &Shipping, effect: Effect) -> Event {
    let (client, organization) = match cx.client() {
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
            Event::Job(client.update_print_job(organization, job, &update(shipping)).await.map(Box::new))
        }
        Effect::CheckBalance(job) => Event::Covered(client.check_balance(organization, job).await),
        Effect::Submit(job) => match client.submit_print_job(organization, job).await {
            Err(Error::TimedOut { .. }) if mutant::is(Mutant::DoubleSubmission) => {
                Event::Job(client.submit_print_job(organization, job).await.map(Box::new))
            }
            submitted => Event::Job(submitted.map(Box::new)),
        },
        Effect::Pause(milliseconds) => {
            cx.sleep(milliseconds).await;
            Event::Rested
        }
    }
}

/// What an open job is told of where it goes and who carries it.
pub(super) fn update(shipping: &Shipping) -> PrintJobUpdate {
    let mut update = PrintJobUpdate::new(Some(shipping.provider));
    update.destination = Some(shipping.destination.clone());
    update
}
