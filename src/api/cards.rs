//! "Cards (creation / management)": drafts, previews, finalized cards.

use super::client::{Call, Client};
use super::error::Error;
use super::form::Params;
use super::ids::{CardId, OrganizationId, TemplateId};
use super::model::{Card, FieldKind, FieldValue, Preview, PrintRecord};
use super::request::{Operation, Page, Paged, READ, Request, SLOW, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Patch, Post};

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
        let request = Request::of(&CREATE, organization).at("cards").form(form);
        self.call(Request { has_photo: has_photo(values), ..request }, wire::card)
    }

    /// Has the server draw both sides, which may take it 20 s a side.
    pub fn card_preview(&self, organization: OrganizationId, card: CardId) -> Call<Preview> {
        self.call(of_card(&PREVIEW, organization, card).at("preview"), wire::preview)
    }

    /// Changes the given fields of a draft, or of a finalized card.
    pub fn update_card(&self, organization: OrganizationId, card: CardId, values: &[FieldValue]) -> Call<Card> {
        let mut form = Params::new();
        form.own("card[data]", wire::encode_card_data(values));
        let request = of_card(&UPDATE, organization, card).form(form);
        self.call(Request { has_photo: has_photo(values), ..request }, wire::card)
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

fn has_photo(values: &[FieldValue]) -> bool {
    values.iter().any(|field| field.kind == FieldKind::Image && !field.value.is_empty())
}

fn of_card(operation: &'static Operation, organization: OrganizationId, card: CardId) -> Request {
    Request::of(operation, organization).at("cards").id(card.0)
}
