//! The things that the sandbox keeps, and how the API shows the simple ones.

use crate::json::Json;
use crate::picture::Picture;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The organization that the vendor publishes for trying things.
pub(crate) const ORGANIZATION_ID: u64 = 20_003_827;
/// Its name.
pub(crate) const ORGANIZATION_NAME: &str = "InstantCard API";

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
    pub(crate) last_printed_at: Option<u64>,
    pub(crate) last_submitted_at: Option<u64>,
    /// One entry per order; the time is there once it was printed.
    pub(crate) prints: Vec<Option<u64>>,
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
    /// A card that was put in twice is in it twice, printed twice and charged twice.
    pub(crate) cards: Vec<u64>,
    /// What was charged at the last submission: cards, then shipping.
    pub(crate) charged: Option<(i64, i64)>,
    pub(crate) created_at: u64,
    pub(crate) updated_at: u64,
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

impl Address {
    /// As the API shows it, with the contact inside.
    pub(crate) fn write(&self, contact: Option<&Contact>, out: &mut Json) {
        out.object(|out| {
            self.members(out);
            match contact {
                Some(contact) => {
                    out.member("contact").object(|out| contact.members(out));
                }
                None => out.no("contact"),
            }
        });
    }

    /// All but the contact: as it stands inside one.
    pub(crate) fn members(&self, out: &mut Json) {
        out.optional_id("id", (self.id != 0).then_some(self.id));
        out.member("organization_id").id(ORGANIZATION_ID);
        out.unless_empty("organization_name", &self.organization_name);
        out.optional_id("contact_id", self.contact_id);
        out.unless_empty("label", &self.label);
        out.member("primary").flag(self.primary);
        out.member("address1").text(&self.address1);
        out.unless_empty("address2", &self.address2);
        out.member("city").text(&self.city);
        out.member("state").text(&self.state);
        out.member("zip_code").text(&self.zip_code);
        out.member("country").text(&self.country);
    }
}

impl Contact {
    /// As the API shows it, with its addresses inside.
    pub(crate) fn write<'a>(&self, addresses: impl Iterator<Item = &'a Address>, out: &mut Json) {
        out.object(|out| {
            self.members(out);
            let own = addresses.filter(|address| address.contact_id == Some(self.id));
            out.member("addresses").list(own, |out, address| out.object(|out| address.members(out)));
        });
    }

    /// All but the addresses: as it stands inside one.
    pub(crate) fn members(&self, out: &mut Json) {
        out.optional_id("id", (self.id != 0).then_some(self.id));
        out.member("organization_id").id(ORGANIZATION_ID);
        out.member("full_name").text(&self.full_name);
        out.unless_empty("email", &self.email);
        out.unless_empty("alt_email", &self.alt_email);
        out.unless_empty("phone_number", &self.phone_number);
        out.unless_empty("alt_phone_number", &self.alt_phone_number);
    }
}
