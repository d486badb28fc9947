//! Print jobs: as received, to be created, to be changed, and what they cost.

use super::money::{Amount, ChargeItem};
use crate::api::ids::{AddressId, CardId, PrintJobId, ShippingProviderId};

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
    pub(in crate::api) shipping_provider_id: Option<ShippingProviderId>,
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
