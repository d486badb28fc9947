//! How one widget is set up: what its attributes say once they are checked.

use crate::api::{CardId, Endpoint, OrganizationId, ShippingProviderId, TemplateId};
pub use crate::i18n::{Locale, OwnWords};

/// The settings of one widget.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the API is, and how it is reached (`api-base`, `proxy`).
    pub endpoint: Endpoint,
    /// The organization that cards are made for (`organization-id`); without one, the signed-in person's own.
    pub organization: Option<OrganizationId>,
    /// The one template to use (`template-id`).
    pub template: Option<TemplateId>,
    /// The one card to correct, in place of a new one (`card-id`, request).
    pub card: Option<CardId>,
    /// Where the widget lives.
    pub mode: Mode,
    /// The language in force: the attribute's, or the nearest one of the page.
    pub locale: Locale,
    /// The page's own words in place of some of ours (`strings`).
    pub strings: Option<OwnWords>,
    /// What outlives a reload.
    pub remember: Remember,
    /// Kiosk: after how many seconds without a touch the last person's data is wiped.
    pub idle_timeout: u32,
    /// How many entries a list asks for at a time (`page-size`); without it, as many as the account's own settings say.
    pub page_size: Option<u32>,
    /// Kiosk: whether pictures may come from files.
    pub file_choice: bool,
    /// Whether it is said, before a photo, what a good one is like.
    pub photo_rules: bool,
    /// Kiosk: whether there is a keyboard on the screen.
    pub keyboard: bool,
    /// Whether the photo screen may look for a face.
    pub face_help: bool,
    /// Where a person's own journey ends (request and kiosk).
    pub ends_with: EndsWith,
    /// With what an order that the person submits is sent (`ends-with="order"`).
    pub shipping_provider: Option<ShippingProviderId>,
}

impl Config {
    /// Whether anything outlives a reload of the page.
    pub fn remembers(&self) -> bool {
        self.remember == Remember::Session
    }
}

/// Where the widget lives, which decides what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// An organization's own staff: everything.
    #[default]
    Portal,
    /// A site's members: one card. The page supplies the token.
    Request,
    /// Strangers in a lobby, one after another.
    Kiosk,
}

/// What outlives a reload of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Remember {
    /// Nothing: the token lives in memory.
    #[default]
    Nothing,
    /// Who has signed in with the form, where they are, and what is typed into the card in work, in the tab's session storage.
    Session,
}

/// Where a person's own journey ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EndsWith {
    /// A draft that staff check and finalize later.
    Draft,
    /// A finalized card.
    #[default]
    Finalized,
    /// A card in the organization's open print job.
    Cart,
    /// A submitted order.
    Order,
}

impl EndsWith {
    /// Whether something is still to be done once the card is finalized.
    pub fn goes_on(self) -> bool {
        matches!(self, EndsWith::Cart | EndsWith::Order)
    }
}
