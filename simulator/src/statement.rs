//! A site's own backend, which says of a page's visitor who they are.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use instant_card::domain::config::{EndsWith, Mode};
use ring::hmac;

use crate::places::{ORIGIN, SECRET};
use crate::tab::Attributes;

/// Signs statements for the visitors of one page.
pub(crate) struct Site {
    /// Which page, and for whom it was opened.
    page: (usize, u32),
    /// How many cards a visitor may make.
    cards: u32,
    next: Cell<u64>,
}

impl Site {
    pub(crate) fn new(tab: usize, who: u32, cards: u32) -> Site {
        Site { page: (tab, who), cards, next: Cell::new(0) }
    }

    /// A statement for whoever is there, at this time in seconds since 1970. A member of the site is the same one each time; who
    /// stands at a kiosk is nobody in particular.
    pub(crate) fn states(&self, attributes: Attributes, now: u64) -> String {
        self.next.set(self.next.get() + 1);
        let ((tab, who), number) = (self.page, self.next.get());
        let mode = if attributes.mode == Mode::Kiosk { "kiosk" } else { "request" };
        let ends_with = match attributes.ends_with {
            EndsWith::Draft => "draft",
            EndsWith::Finalized => "finalized",
            EndsWith::Cart => "cart",
            EndsWith::Order => "order",
        };
        let mut claims = serde_json::json!({
            "iss": "site", "aud": "gateway", "origin": ORIGIN, "iat": now, "exp": now + 60, "jti": format!("{tab}-{who}-{number}"),
            "mode": mode, "ends_with": ends_with, "cards": self.cards,
        });
        if attributes.mode != Mode::Kiosk {
            claims["sub"] = format!("member {tab}").into();
        }
        signed(&claims.to_string())
    }
}

fn signed(claims: &str) -> String {
    const HEAD: &str = r#"{"alg":"HS256","kid":"one","typ":"JWT"}"#;
    let signed = [URL_SAFE_NO_PAD.encode(HEAD), URL_SAFE_NO_PAD.encode(claims)].join(".");
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()), signed.as_bytes());
    [signed, URL_SAFE_NO_PAD.encode(tag)].join(".")
}
