//! What a judge sees of a world: all that a client may have done to it, typed, and nothing that can be changed.

use super::entrance::Door;
use crate::money::Entry;
use crate::store::{Address, Card, Contact, Content, Job, ShipTo};

/// A print job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorJob<'a> {
    /// Its id.
    pub id: u64,
    /// Whether it was submitted, at least once.
    pub submitted: bool,
    /// The ids of the cards in it; one that stands twice is printed and paid twice.
    pub cards: &'a [u64],
    /// How many copies of each.
    pub copies: u64,
    /// The shipping provider's id.
    pub provider: Option<u64>,
    /// `nowhere`, `address 9301`, or the lines of a one-off address with commas in between.
    pub ship_to: String,
    /// What the last submission charged.
    pub charged_cents: Option<i64>,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: u64,
    /// When it was changed last.
    pub updated_ms: u64,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorCard<'a> {
    /// Its id.
    pub id: u64,
    /// Its template's id.
    pub template_id: u64,
    /// Whether it is no draft any more.
    pub finalized: bool,
    /// Its texts, as (token, text), by token.
    pub texts: Vec<(&'a str, &'a str)>,
    /// The tokens of its pictures.
    pub pictures: Vec<&'a str>,
    /// One for each time that it was submitted; the time of printing, once it was printed.
    pub prints: &'a [Option<u64>],
}

/// A movement of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorEntry<'a> {
    /// Its id.
    pub id: u64,
    /// `Debit` or `Credit`: the API's `type`.
    pub direction: &'static str,
    /// `Funds Added`, `Print Job` or `Adjustment`.
    pub sub_type: &'static str,
    /// Negative for money that went.
    pub cents: i64,
    /// The balance after it.
    pub balance_cents: i64,
    /// The print job that it was charged for.
    pub job: Option<u64>,
    /// The receipt of a payment.
    pub receipt: Option<&'a str>,
    /// What it was for.
    pub description: &'a str,
    /// What it is made of, as (description, cents).
    pub items: &'a [(String, i64)],
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// A charge for a print job. A job that was charged twice has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoorCharge {
    /// The job's id.
    pub job: u64,
    /// How much.
    pub cents: i64,
}

/// An address that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorAddress<'a> {
    /// Its id.
    pub id: u64,
    /// Who receives there.
    pub contact_id: Option<u64>,
    /// Whether it is the one that is taken first.
    pub primary: bool,
    /// What it is called.
    pub label: &'a str,
    /// Its lines, with commas in between.
    pub text: String,
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorContact<'a> {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub full_name: &'a str,
    /// Its e-mail address.
    pub email: &'a str,
    /// Its telephone number.
    pub phone_number: &'a str,
}

impl Door {
    /// The print jobs, by id.
    pub fn jobs(&self) -> impl DoubleEndedIterator<Item = DoorJob<'_>> {
        self.world.jobs.values().map(job)
    }

    /// One print job.
    pub fn job(&self, id: u64) -> Option<DoorJob<'_>> {
        self.world.jobs.get(&id).map(job)
    }

    /// The cards, by id.
    pub fn cards(&self) -> impl DoubleEndedIterator<Item = DoorCard<'_>> {
        self.world.cards.values().map(|found| card(found))
    }

    /// One card.
    pub fn card(&self, id: u64) -> Option<DoorCard<'_>> {
        self.world.cards.get(&id).map(|found| card(found))
    }

    /// The ledger, the oldest entry first.
    pub fn ledger(&self) -> impl DoubleEndedIterator<Item = DoorEntry<'_>> {
        self.world.ledger.entries().iter().map(|found| entry(found))
    }

    /// What is in the account.
    pub fn balance_cents(&self) -> i64 {
        self.world.ledger.balance()
    }

    /// Every charge for a print job, in order.
    pub fn charges(&self) -> impl DoubleEndedIterator<Item = DoorCharge> {
        self.world.audit.charges.iter().map(|(job, cents)| DoorCharge { job: *job, cents: *cents })
    }

    /// How often a print job was charged.
    pub fn times_charged(&self, job: u64) -> usize {
        self.world.audit.charges.iter().filter(|(charged, _)| *charged == job).count()
    }

    /// The updates that left a print job without the shipping provider it had, as (job, provider).
    pub fn lost_providers(&self) -> &[(u64, u64)] {
        &self.world.audit.lost_providers
    }

    /// How many updates of print jobs were carried out.
    pub fn patches(&self) -> u64 {
        self.world.audit.patches
    }

    /// The saved addresses, by id.
    pub fn addresses(&self) -> impl DoubleEndedIterator<Item = DoorAddress<'_>> {
        self.world.addresses.values().map(address)
    }

    /// The contacts, by id.
    pub fn contacts(&self) -> impl DoubleEndedIterator<Item = DoorContact<'_>> {
        self.world.contacts.values().map(contact)
    }

    /// The tokens that were issued and not expired one by one; they may have run out.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.world.tokens.keys().map(String::as_str)
    }
}

fn job(job: &Job) -> DoorJob<'_> {
    DoorJob {
        id: job.id,
        submitted: job.submitted,
        cards: &job.cards,
        copies: job.copies,
        provider: job.provider,
        ship_to: match &job.ship_to {
            ShipTo::Nowhere => "nowhere".to_owned(),
            ShipTo::Known(id) => format!("address {id}"),
            ShipTo::OneOff(parts) => format!("{}, {}", parts.1.full_name, lines(&parts.0)),
        },
        charged_cents: job.charged.map(|(cards, shipping)| cards + shipping),
        created_ms: job.created_at,
        updated_ms: job.updated_at,
    }
}

fn card(card: &Card) -> DoorCard<'_> {
    let mut shown = DoorCard {
        id: card.id,
        template_id: card.template_id,
        finalized: card.finalized,
        texts: Vec::with_capacity(card.data.len()),
        pictures: Vec::new(),
        prints: &card.prints,
    };
    for (token, content) in &card.data {
        match content {
            Content::Text(text) => shown.texts.push((token, text)),
            Content::Image(_) => shown.pictures.push(token),
        }
    }
    shown
}

fn entry(entry: &Entry) -> DoorEntry<'_> {
    DoorEntry {
        id: entry.id,
        direction: entry.direction(),
        sub_type: entry.sub_type,
        cents: entry.cents,
        balance_cents: entry.balance,
        job: entry.job,
        receipt: entry.receipt.as_deref(),
        description: &entry.description,
        items: &entry.items,
        at_ms: entry.at,
    }
}

fn address(address: &Address) -> DoorAddress<'_> {
    DoorAddress {
        id: address.id,
        contact_id: address.contact_id,
        primary: address.primary,
        label: &address.label,
        text: lines(address),
    }
}

fn contact(contact: &Contact) -> DoorContact<'_> {
    DoorContact {
        id: contact.id,
        full_name: &contact.full_name,
        email: &contact.email,
        phone_number: &contact.phone_number,
    }
}

fn lines(address: &Address) -> String {
    let Address { organization_name, address1, address2, city, state, zip_code, country, .. } = address;
    let lines = [organization_name, address1, address2, city, state, zip_code, country];
    lines.into_iter().filter(|line| !line.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
}
