//! How a page has set the widget up.

use instant_card::api::{Endpoint, OrganizationId, PRODUCTION, STAGING, ShippingProviderId, TemplateId};
use instant_card::domain::config::{Config, EndsWith, Locale, Mode, Remember};

use crate::places::{GATEWAY_BASE, ORIGIN, PROVIDER};

/// How the page has set the widget up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) mode: Mode,
    pub(crate) organization: bool,
    pub(crate) template: Option<u64>,
    pub(crate) spanish: bool,
    /// 0: the vendor's server; 1: through a proxy; 2: through one with `{url}`; 3: the other server of the vendor; 4: a gateway,
    /// which knows the page's visitors.
    pub(crate) way: u8,
    pub(crate) ends_with: EndsWith,
}

impl Attributes {
    pub(crate) const ORGANIZATION: u64 = 20_003_827;
    pub(crate) const PAGE_SIZE: u32 = 5;

    /// The way through a gateway.
    pub(crate) const GATEWAY: u8 = 4;

    /// Whether a gateway opens one's own card and no more.
    pub(crate) fn is_scoped(self) -> bool {
        self.way == Self::GATEWAY
    }

    pub(super) fn config(self) -> Option<Config> {
        let is_scoped = self.is_scoped();
        let proxy = match self.way {
            1 => Some("https://cards.example.org/instantcard/"),
            2 => Some("https://relay.example.org/?url={url}"),
            _ => None,
        };
        let base = if self.way == 3 { STAGING } else { PRODUCTION };
        Some(Config {
            endpoint: if is_scoped {
                Endpoint::by_gateway(GATEWAY_BASE, true, ORIGIN).ok()?
            } else {
                Endpoint::new(base, proxy, "https://example.org").ok()?
            },
            organization: self.organization.then_some(OrganizationId(Self::ORGANIZATION)),
            template: self.template.map(TemplateId),
            card: None,
            mode: self.mode,
            locale: if self.spanish { Locale::Es } else { Locale::En },
            strings: None,
            remember: Remember::Nothing,
            idle_timeout: 60,
            page_size: Some(Self::PAGE_SIZE),
            file_choice: false,
            photo_rules: false,
            keyboard: false,
            face_help: false,
            ends_with: self.ends_with,
            shipping_provider: (self.ends_with == EndsWith::Order && !is_scoped)
                .then_some(ShippingProviderId(PROVIDER)),
        })
    }
}
