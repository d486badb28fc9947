//! "Print jobs (ordering, checkout)": an open job is a cart; submitted, it is an order that has been charged.

use super::client::{Call, Client};
use super::error::Error;
use super::form::Params;
use super::ids::{CardId, OrganizationId, PrintJobId, ShippingProviderId};
use super::model::{ChargeDetails, Destination, JobFilter, PrintJob, PrintJobChange, PrintJobUpdate};
use super::request::{Operation, Page, Paged, READ, Request, SLOW, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Patch, Post};

const CREATE: Operation = Operation::new("print_jobs.create", Post, WRITE);
const UPDATE: Operation = Operation::new("print_jobs.update", Patch, WRITE);
const ADD_CARDS: Operation = Operation::new("print_jobs.add_cards", Post, WRITE);
const REMOVE_CARD: Operation = Operation::new("print_jobs.remove_card", Delete, WRITE);
const CHECK_BALANCE: Operation = Operation::new("print_jobs.check_balance", Get, READ);
const SUBMIT: Operation = Operation::new("print_jobs.submit", Post, SLOW);
const CHARGES: Operation = Operation::new("print_jobs.charge_details", Get, READ);
const FETCH: Operation = Operation::new("print_jobs.fetch", Get, READ);
const LIST: Operation = Operation::new("print_jobs.list", Get, READ);

impl Client {
    /// Creates an open job.
    pub fn create_print_job(&self, organization: OrganizationId, change: &PrintJobChange) -> Call<PrintJob> {
        let form =
            params(change.shipping_provider_id, change.destination.as_ref(), change.number_of_copies, &change.card_ids);
        self.call(Request::of(&CREATE, organization).at("print_jobs").form(form), wire::print_job)
    }

    /// Changes an open job.
    pub fn update_print_job(
        &self,
        organization: OrganizationId,
        job: PrintJobId,
        update: &PrintJobUpdate,
    ) -> Call<PrintJob> {
        let query =
            params(update.shipping_provider_id, update.destination.as_ref(), update.number_of_copies, &update.card_ids);
        self.call(of_job(&UPDATE, organization, job).query(query), wire::print_job)
    }

    /// Adds finalized cards to an open job: all of them or, when the server knows one not, none.
    pub fn add_cards(&self, organization: OrganizationId, job: PrintJobId, cards: &[CardId]) -> Call<PrintJob> {
        let mut form = Params::new();
        form.own(CARD_IDS, wire::encode_card_ids(cards));
        self.call(of_job(&ADD_CARDS, organization, job).at("add_cards").form(form), wire::print_job)
    }

    /// Takes a card out of an open job; whether the server did. [`Error::NotFound`] also for a submitted job.
    pub fn remove_card(&self, organization: OrganizationId, job: PrintJobId, card: CardId) -> Call<bool> {
        self.call(of_job(&REMOVE_CARD, organization, job).at("remove_cards").id(card.0), wire::truth)
    }

    /// Whether the account's balance covers the job.
    pub fn check_balance(&self, organization: OrganizationId, job: PrintJobId) -> Call<bool> {
        self.call(of_job(&CHECK_BALANCE, organization, job).at("check_balance"), wire::truth)
    }

    /// Submits the job and charges the account for it. Not to be repeated after [`Error::is_outcome_unknown`], or after
    /// [`Error::Unauthorized`], before [`Client::print_job`] has shown that the job is still open.
    pub fn submit_print_job(&self, organization: OrganizationId, job: PrintJobId) -> Call<PrintJob> {
        self.call(of_job(&SUBMIT, organization, job).at("print").charging(), wire::print_job)
    }

    /// What a submitted job cost.
    pub fn charge_details(&self, organization: OrganizationId, job: PrintJobId) -> Call<ChargeDetails> {
        self.call(of_job(&CHARGES, organization, job).at("charge_details"), wire::charge_details)
    }

    /// One job.
    pub fn print_job(&self, organization: OrganizationId, job: PrintJobId) -> Call<PrintJob> {
        self.call(of_job(&FETCH, organization, job), wire::print_job)
    }

    /// The organization's jobs.
    ///
    /// With a filter, a page may have fewer jobs than asked for while `more` still says that there are further ones:
    /// the server has been seen to ignore the filter, so it is applied here once more.
    pub fn print_jobs(
        &self,
        organization: OrganizationId,
        page: Option<Page>,
        filter: Option<JobFilter>,
    ) -> impl Future<Output = Result<Paged<PrintJob>, Error>> + use<> {
        let mut request = Request::of(&LIST, organization).at("print_jobs").page(page);
        if let Some(filter) = filter {
            request.query.add("status", if filter == JobFilter::Submitted { "1" } else { "0" });
        }
        let call = self.call(request, wire::print_jobs);
        async move {
            let mut jobs = Paged::new(call.await?, page);
            if let Some(filter) = filter {
                jobs.items.retain(|job| job.status.is_submitted() == (filter == JobFilter::Submitted));
            }
            Ok(jobs)
        }
    }
}

fn of_job(operation: &'static Operation, organization: OrganizationId, job: PrintJobId) -> Request {
    Request::of(operation, organization).at("print_jobs").id(job.0)
}

const CARD_IDS: &str = "print_job[card_ids]";

/// A job's parameters, the same for the form that creates it and for the URL that changes it.
fn params(
    provider: Option<ShippingProviderId>,
    destination: Option<&Destination>,
    copies: Option<u32>,
    cards: &[CardId],
) -> Params {
    let mut params = Params::new();
    match destination {
        None => {}
        Some(Destination::Saved(id)) => params.add_number("print_job[address_id]", id.0),
        Some(Destination::OneOff(address)) => {
            params.add("print_job[address][contact][full_name]", &address.full_name);
            params.add_some("print_job[address][organization_name]", &address.organization_name);
            params.add("print_job[address][address_1]", &address.address_1);
            params.add_some("print_job[address][address_2]", &address.address_2);
            params.add("print_job[address][city]", &address.city);
            params.add("print_job[address][state]", &address.state);
            params.add("print_job[address][zip_code]", &address.zip_code);
            params.add("print_job[address][country]", &address.country);
        }
    }
    if let Some(id) = provider {
        params.add_number("print_job[shipping_provider_id]", id.0);
    }
    if let Some(copies) = copies {
        params.add_number("print_job[number_of_copies]", copies.into());
    }
    if !cards.is_empty() {
        params.own(CARD_IDS, wire::encode_card_ids(cards));
    }
    params
}
