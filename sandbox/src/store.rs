//! Everything that the sandbox remembers. It lives in memory, behind one lock, and a reset builds it anew.

use crate::audit::Audit;
use crate::clock::now_iso;
use crate::dialect::Dialect;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::money::Ledger;
use crate::picture::Picture;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

/// The organization that the vendor publishes for trying things.
pub(crate) const ORGANIZATION_ID: u64 = 20_003_827;
/// Its name.
pub(crate) const ORGANIZATION_NAME: &str = "InstantCard API";

/// All state.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) dialect: Dialect,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) audit: Audit,
    /// When each token was issued.
    pub(crate) tokens: HashMap<String, Instant>,
    pub(crate) templates: Vec<Template>,
    pub(crate) cards: BTreeMap<u64, Card>,
    pub(crate) jobs: BTreeMap<u64, Job>,
    pub(crate) addresses: BTreeMap<u64, Address>,
    pub(crate) contacts: BTreeMap<u64, Contact>,
    pub(crate) ledger: Ledger,
    /// The highest id given so far, per kind of thing.
    pub(crate) last_ids: HashMap<&'static str, u64>,
}

impl World {
    /// A fresh id. Each kind has its own range, so that an id used in the wrong place is not found.
    pub(crate) fn next_id(&mut self, kind: &'static str) -> u64 {
        let first = match kind {
            "card" => 264_500,
            "job" => 71_200,
            "address" => 9_300,
            _ => 5_100,
        };
        let last = self.last_ids.entry(kind).or_insert(first);
        *last += 1;
        *last
    }

    pub(crate) fn template(&self, id: u64) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }
}

/// A card design.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) portrait: bool,
    pub(crate) two_sided: bool,
    pub(crate) look: Look,
    pub(crate) fields: Vec<Field>,
}

/// Which drawing a template uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Employee,
    Visitor,
    Student,
    /// Any set of fields, one below the other: for templates set over the admin path.
    Plain,
}

/// One variable field of a template.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) token: String,
    pub(crate) label: String,
    pub(crate) kind: String,
    pub(crate) legacy_token: String,
    /// Width and height in pixels of the printed card at 300 dpi.
    pub(crate) dimensions: (u32, u32),
}

impl Field {
    pub(crate) fn is_image(&self) -> bool {
        self.kind == "image"
    }
}

/// What stands in a card's field.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Text(String),
    /// Shared, since sample cards have few different portraits.
    Image(Arc<Picture>),
}

/// A card, draft or finalized.
#[derive(Debug, Clone, Default)]
pub(crate) struct Card {
    pub(crate) id: u64,
    pub(crate) template_id: u64,
    pub(crate) data: BTreeMap<String, Content>,
    pub(crate) finalized: bool,
    pub(crate) last_printed_at: Option<String>,
    pub(crate) last_submitted_at: Option<String>,
    /// One entry per order; the time is there once it was printed.
    pub(crate) prints: Vec<Option<String>>,
}

impl Card {
    pub(crate) fn text(&self, token: &str) -> &str {
        match self.data.get(token) {
            Some(Content::Text(text)) => text,
            _ => "",
        }
    }

    pub(crate) fn picture(&self, token: &str) -> Option<&Picture> {
        match self.data.get(token) {
            Some(Content::Image(picture)) => Some(picture),
            _ => None,
        }
    }
}

/// A print job: the cart, and after `submitted` the order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Job {
    pub(crate) id: u64,
    pub(crate) submitted: bool,
    pub(crate) ship_to: ShipTo,
    pub(crate) provider: Option<u64>,
    pub(crate) copies: u64,
    pub(crate) cards: BTreeSet<u64>,
    /// What was charged at submission: cards, then shipping.
    pub(crate) charged: Option<(i64, i64)>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

impl Job {
    pub(crate) fn touch(&mut self) {
        self.updated_at = now_iso();
    }
}

/// Where a job goes.
#[derive(Debug, Clone, Default)]
pub(crate) enum ShipTo {
    #[default]
    Nowhere,
    Known(u64),
    /// Used for this job only, and never among the addresses.
    OneOff(Box<(Address, Contact)>),
}

/// A shipping address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Address {
    pub(crate) id: u64,
    pub(crate) contact_id: Option<u64>,
    pub(crate) organization_name: String,
    pub(crate) label: String,
    pub(crate) primary: bool,
    pub(crate) address1: String,
    pub(crate) address2: String,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) zip_code: String,
    pub(crate) country: String,
}

/// A person at an address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contact {
    pub(crate) id: u64,
    pub(crate) full_name: String,
    pub(crate) email: String,
    pub(crate) alt_email: String,
    pub(crate) phone_number: String,
    pub(crate) alt_phone_number: String,
}

/// A text for a JSON member, null when there is none.
fn optional(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

impl Address {
    /// As the API shows it, with the contact inside.
    pub(crate) fn to_json(&self, contact: Option<&Contact>) -> Value {
        let mut shown = self.to_json_alone();
        shown["contact"] = contact.map_or(Value::Null, Contact::to_json_alone);
        shown
    }

    /// As it stands inside a contact.
    pub(crate) fn to_json_alone(&self) -> Value {
        json!({
            "id": (self.id != 0).then_some(self.id),
            "organization_id": ORGANIZATION_ID,
            "organization_name": optional(&self.organization_name),
            "contact_id": self.contact_id,
            "label": optional(&self.label),
            "primary": self.primary,
            "address1": self.address1,
            "address2": optional(&self.address2),
            "city": self.city,
            "state": self.state,
            "zip_code": self.zip_code,
            "country": self.country,
        })
    }
}

impl Contact {
    /// As the API shows it, with its addresses inside.
    pub(crate) fn to_json<'a>(&self, addresses: impl Iterator<Item = &'a Address>) -> Value {
        let mut shown = self.to_json_alone();
        let own = addresses.filter(|address| address.contact_id == Some(self.id));
        shown["addresses"] = own.map(Address::to_json_alone).collect();
        shown
    }

    /// As it stands inside an address.
    pub(crate) fn to_json_alone(&self) -> Value {
        json!({
            "id": (self.id != 0).then_some(self.id),
            "organization_id": ORGANIZATION_ID,
            "full_name": self.full_name,
            "email": optional(&self.email),
            "alt_email": optional(&self.alt_email),
            "phone_number": optional(&self.phone_number),
            "alt_phone_number": optional(&self.alt_phone_number),
        })
    }
}
