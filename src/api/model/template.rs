//! Card templates and their fields.

use crate::api::ids::TemplateId;

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
