//! "Card templates": the designs to choose from, and the fields that each asks for.

use super::client::{Call, Client};
use super::ids::{OrganizationId, TemplateId};
use super::request::{Operation, READ, Request};
use super::wire;
use crate::world::Method::Get;

/// A card's design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its number.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
}

/// One of a template's variable fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key of the field's value.
    pub token: String,
    /// What it is called; its key where the server does not say.
    pub label: String,
    /// What it takes.
    pub kind: FieldKind,
    /// `DATA_1` … `DATA_50` for texts, `PHOTO`, `SIGNATURE`.
    pub legacy_token: Option<String>,
    /// Its size on the card.
    pub dimensions: Option<Dimensions>,
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text.
    Text,
    /// An image.
    Image,
    /// A type that is not known, by the server's word for it.
    Other(String),
}

impl FieldKind {
    /// The server's word for it.
    pub fn as_str(&self) -> &str {
        match self {
            FieldKind::Text => "text",
            FieldKind::Image => "image",
            FieldKind::Other(word) => word,
        }
    }
}

/// A field's width and height. In what unit is not documented: only their ratio means something. Neither is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

const LIST: Operation = Operation::new("card_templates.list", Get, READ);
const FIELDS: Operation = Operation::new("card_templates.fields", Get, READ);

impl Client {
    /// The organization's templates.
    pub fn card_templates(&self, organization: OrganizationId) -> Call<Vec<Template>> {
        self.call(Request::of(&LIST, organization).at("card_templates"), wire::templates)
    }

    /// The variable fields of a template.
    pub fn template_fields(&self, organization: OrganizationId, template: TemplateId) -> Call<Vec<Field>> {
        let request = Request::of(&FIELDS, organization).at("card_templates").id(template.0).at("fields");
        self.call(request, wire::fields)
    }
}
