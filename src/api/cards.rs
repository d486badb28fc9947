//! "Cards (creation / management)": drafts, previews, finalized cards.

use super::card_templates::FieldKind;
use super::client::{Call, Client};
use super::error::Error;
use super::form::Params;
use super::ids::{CardId, OrganizationId, TemplateId};
use super::request::{Operation, Page, Paged, READ, Request, SLOW, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Patch, Post};

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

const CREATE: Operation = Operation::new("cards.create", Post, WRITE);
const PREVIEW: Operation = Operation::new("cards.preview", Get, SLOW);
const UPDATE: Operation = Operation::new("cards.update", Patch, WRITE);
const FINALIZE: Operation = Operation::new("cards.finalize", Patch, WRITE);
const SEARCH: Operation = Operation::new("cards.search", Get, READ);
const DELETE: Operation = Operation::new("cards.delete", Delete, WRITE);
const LIST: Operation = Operation::new("cards.list", Get, READ);
const FETCH: Operation = Operation::new("cards.fetch", Get, READ);
const HISTORY: Operation = Operation::new("cards.print_history", Get, READ);

impl Client {
    /// Creates a draft. It cannot be printed before it is finalized.
    pub fn create_card(&self, organization: OrganizationId, template: TemplateId, values: &[FieldValue]) -> Call<Card> {
        let mut form = Params::new();
        form.add_number("card[card_template_id]", template.0);
        form.own("card[data]", wire::encode_card_data(values));
        self.call(Request::of(&CREATE, organization).at("cards").form(form), wire::card)
    }

    /// Has the server draw both sides, which may take it 20 s a side.
    pub fn card_preview(&self, organization: OrganizationId, card: CardId) -> Call<Preview> {
        self.call(of_card(&PREVIEW, organization, card).at("preview"), wire::preview)
    }

    /// Changes the given fields of a draft, or of a finalized card.
    pub fn update_card(&self, organization: OrganizationId, card: CardId, values: &[FieldValue]) -> Call<Card> {
        let mut form = Params::new();
        form.own("card[data]", wire::encode_card_data(values));
        self.call(of_card(&UPDATE, organization, card).form(form), wire::card)
    }

    /// Finalizes a draft, so that it can be added to a print job.
    pub fn finalize_card(&self, organization: OrganizationId, card: CardId) -> Call<Card> {
        self.call(of_card(&FINALIZE, organization, card).at("finalize"), wire::card)
    }

    /// Searches the organization's cards. Images come as the word `image`.
    pub fn search_cards(
        &self,
        organization: OrganizationId,
        term: &str,
        page: Option<Page>,
    ) -> impl Future<Output = Result<Paged<Card>, Error>> + use<> {
        let mut query = Params::new();
        query.add("term", term);
        let request = Request::of(&SEARCH, organization).at("cards").at("search").query(query).page(page);
        let call = self.call(request, wire::cards);
        async move { Ok(Paged::new(call.await?, page)) }
    }

    /// Deletes a card.
    pub fn delete_card(&self, organization: OrganizationId, card: CardId) -> Call<()> {
        self.call(of_card(&DELETE, organization, card), wire::done)
    }

    /// The organization's cards. Images come as the word `image`.
    pub fn cards(
        &self,
        organization: OrganizationId,
        page: Option<Page>,
    ) -> impl Future<Output = Result<Paged<Card>, Error>> + use<> {
        let call = self.call(Request::of(&LIST, organization).at("cards").page(page), wire::cards);
        async move { Ok(Paged::new(call.await?, page)) }
    }

    /// One card.
    pub fn card(&self, organization: OrganizationId, card: CardId) -> Call<Card> {
        self.call(of_card(&FETCH, organization, card), wire::card)
    }

    /// When a card was printed.
    pub fn print_history(&self, organization: OrganizationId, card: CardId) -> Call<Vec<PrintRecord>> {
        self.call(of_card(&HISTORY, organization, card).at("print_history"), wire::print_history)
    }
}

fn of_card(operation: &'static Operation, organization: OrganizationId, card: CardId) -> Request {
    Request::of(operation, organization).at("cards").id(card.0)
}
