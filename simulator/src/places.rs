//! What is where, and who knows whom: names that the page, the gateway and the vendor share.

/// The origin of the pages that go through the gateway.
pub(crate) const ORIGIN: &str = "https://www.example.org";
/// Where they find it.
pub(crate) const GATEWAY_BASE: &str = "https://cards.example.org/own/";
/// What the site and the gateway sign and verify with.
pub(crate) const SECRET: &str = "a secret of at least thirty-two characters";
/// The vendor's published account.
pub(crate) const EMAIL: &str = "api@instantcard.net";
/// Its password: nothing that the page is told may have it.
pub(crate) const PASSWORD: &str = "instantcardapi";
/// With whom cards are sent that people order for themselves.
pub(crate) const PROVIDER: u64 = 13;
