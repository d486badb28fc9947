//! "Print jobs (ordering, checkout)": an open job is a cart; submitted, it is an order that has been charged.

use super::client::{Call, Client};
use super::error::Error;
use super::form::Params;
use super::ids::{AddressId, CardId, OrganizationId, PrintJobId, ShippingProviderId};
use super::organization::Amount;
use super::request::{Operation, Page, Paged, READ, Request, SLOW, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Patch, Post};

/// A print job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// Its number.
    pub id: PrintJobId,
    /// How far it is.
    pub status: JobStatus,
    /// The saved address that it goes to.
    pub address_id: Option<AddressId>,
    /// The address that it goes to, saved or one-off, where the server says it.
    pub address: Option<PostalAddress>,
    /// Who carries it. Every update resets this unless it is sent again.
    pub shipping_provider_id: Option<ShippingProviderId>,
    /// How often each of its cards is printed.
    pub number_of_copies: Option<u32>,
    /// The cards in it, each as often as it stands there, and so is printed.
    pub card_ids: Vec<CardId>,
    /// When it was created, ISO 8601.
    pub created_at: Option<String>,
    /// When it was last changed, ISO 8601.
    pub updated_at: Option<String>,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobStatus {
    /// Open: nothing has been charged, and it can be changed.
    Created,
    /// Submitted and charged.
    Submitted,
    /// Further on, by the server's word, as in `Scheduled`.
    Other(String),
}

impl JobStatus {
    /// Whether the job has been submitted, and so charged: all that is not still open.
    pub fn is_submitted(&self) -> bool {
        *self != JobStatus::Created
    }
}

/// Which jobs a list shall have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobFilter {
    /// Those that are not submitted yet.
    Open,
    /// Those that are.
    Submitted,
}

/// An address as a job shows it; what the server leaves out is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// Who receives it.
    pub full_name: String,
    /// At which organization.
    pub organization_name: String,
    /// The first line.
    pub address1: String,
    /// The second line.
    pub address2: String,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
    /// The zip code.
    pub zip_code: String,
    /// The country's code.
    pub country: String,
}

/// Where a job goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a saved address.
    Saved(AddressId),
    /// To an address that is used once and not saved.
    OneOff(OneOffAddress),
}

/// An address for one job. The vendor numbers its lines with an underscore here, and without one for saved addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneOffAddress {
    /// Who receives it.
    pub full_name: String,
    /// At which organization.
    pub organization_name: Option<String>,
    /// The first line.
    pub address_1: String,
    /// The second line.
    pub address_2: Option<String>,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
    /// The zip code.
    pub zip_code: String,
    /// The country's code.
    pub country: String,
}

/// What a new job starts with; all of it may still come later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintJobChange {
    /// Where it goes.
    pub destination: Option<Destination>,
    /// Who carries it.
    pub shipping_provider_id: Option<ShippingProviderId>,
    /// How often each card is printed.
    pub number_of_copies: Option<u32>,
    /// The cards in it.
    pub card_ids: Vec<CardId>,
}

/// A change to an open job. Has no default: whoever changes a job says who carries it, since the server forgets it with
/// every change (vendor's note to "Update a Print Job").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJobUpdate {
    shipping_provider_id: Option<ShippingProviderId>,
    /// Where it goes; `None` leaves it.
    pub destination: Option<Destination>,
    /// How often each card is printed; `None` leaves it.
    pub number_of_copies: Option<u32>,
    /// Cards to add; empty leaves the job's cards.
    pub card_ids: Vec<CardId>,
}

impl PrintJobUpdate {
    /// A change that leaves the job with this shipping provider: the new one, the one it has, or none yet.
    pub fn new(shipping_provider_id: Option<ShippingProviderId>) -> PrintJobUpdate {
        PrintJobUpdate { shipping_provider_id, destination: None, number_of_copies: None, card_ids: Vec::new() }
    }
}

/// What a submitted job cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeDetails {
    /// What was charged for, line by line.
    pub items: Vec<ChargeItem>,
    /// The shipping's part.
    pub shipping_cost: Option<Amount>,
    /// All of it.
    pub job_total_cost: Option<Amount>,
    /// Whether the account covers it.
    pub has_balance: Option<bool>,
}

/// A line of a charge. Which members it has is not documented: each that is a text, a number or a truth value, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeItem {
    /// Names and values in the server's order.
    pub members: Vec<(String, String)>,
}

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

    /// Submits the job and charges the account for it. Not to be repeated after [`Error::is_outcome_unknown`] before
    /// [`Client::print_job`] has shown that the job is still open.
    pub fn submit_print_job(&self, organization: OrganizationId, job: PrintJobId) -> Call<PrintJob> {
        self.call(of_job(&SUBMIT, organization, job).at("print"), wire::print_job)
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
