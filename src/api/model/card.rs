//! Cards: as received, what is sent of them, how they look, when they were printed.

use super::template::FieldKind;
use crate::api::ids::{CardId, OrganizationId, TemplateId};

/// A card. Nothing in it tells a draft from a finalized card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its number.
    pub id: CardId,
    /// The template it is made from.
    pub template_id: Option<TemplateId>,
    /// Whose it is.
    pub organization_id: Option<OrganizationId>,
    /// The values of its variable fields.
    pub data: Vec<CardValue>,
    /// When it was last printed, ISO 8601.
    pub last_printed_at: Option<String>,
    /// When it was last submitted for printing, ISO 8601.
    pub last_submitted_at: Option<String>,
}

/// The value of one of a card's fields, as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardValue {
    /// The field's key; its label where the server names no key.
    pub token: String,
    /// The field's label, where the server says it.
    pub label: Option<String>,
    /// The text, or an image that [`ImageValue::of`] reads.
    pub value: String,
}

/// The value of one of a card's fields, to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// The field's key.
    pub token: String,
    /// The field's label.
    pub label: String,
    /// What the field takes.
    pub kind: FieldKind,
    /// The text; for an image the Base64 of a JPEG, without a `data:` prefix.
    pub value: String,
}

/// With the length of the value in its place: it may be somebody's photo.
impl std::fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FieldValue")
            .field("token", &self.token)
            .field("label", &self.label)
            .field("kind", &self.kind)
            .field("value_len", &self.value.len())
            .finish()
    }
}

/// What an image field's value is, as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageValue<'a> {
    /// None has been given.
    Empty,
    /// There is one, but this answer leaves it out (lists and searches do, by the word `image`).
    Omitted,
    /// An `http:` or `https:` URL.
    Url(&'a str),
    /// A `data:` URI.
    DataUri(&'a str),
    /// Base64, as far as one sees without decoding it.
    Base64(&'a str),
}

/// Both sides of a card as the server draws them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Whether the server could draw it; it sometimes cannot, and then the sides are empty.
    pub available: bool,
    /// The front: an image's Base64 without a `data:` prefix.
    pub front: String,
    /// The back, the same; `None` on a one-sided template.
    pub back: Option<String>,
    /// Which way the card lies, where the server says it.
    pub orientation: Option<Orientation>,
}

/// Which way a card lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Wider than high.
    Landscape,
    /// Higher than wide.
    Portrait,
}

/// One printing of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRecord {
    /// Whether it has been printed and sent, or is still to be.
    pub printed: bool,
    /// When it was processed, ISO 8601.
    pub processed_at: Option<String>,
}
