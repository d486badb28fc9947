//! The configuration, checked.

use crate::once::Timing;
use ring::signature::UnparsedPublicKey;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub(super) String);

impl Secret {
    /// The text itself, to be used and not to be kept.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// The whole configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The path under which it is reached, with a slash at either end.
    pub base: String,
    /// The proxies before it, whose `X-Forwarded-For` is believed.
    pub behind: Vec<IpAddr>,
    /// The origins of the pages that may talk to it, exactly.
    pub origins: Vec<String>,
    /// The vendor.
    pub vendor: Vendor,
    /// Who may say who a visitor is.
    pub statements: Statements,
    /// How long sessions and what belongs to them last.
    pub sessions: Sessions,
    /// Who carries the cards of visitors that order them themselves, where no statement says otherwise.
    pub shipping_provider: Option<u64>,
    /// Kiosks that sign their own statements, where there are any.
    pub devices: Option<Devices>,
    /// Whether staff with an account of their own pass through.
    pub staff: bool,
    /// Where it keeps things.
    pub store: StoreAt,
    /// What is too much.
    pub limits: Limits,
    /// What it says of itself.
    pub watch: Watch,
    /// How long things take of what is carried out once. No file says otherwise.
    pub timing: Timing,
}

/// The vendor's API, and the account there.
#[derive(Clone, Debug)]
pub struct Vendor {
    /// `https://core.instantcard.net/api/v2/`; the gateway talks to nothing else.
    pub base: Url,
    /// The organization whose cards are made.
    pub organization: u64,
    /// The account's address of mail.
    pub email: String,
    /// The account's password.
    pub password: Secret,
    /// After how long a token is renewed, where it does not say itself when it ends.
    pub token_lifetime: Duration,
}

/// What statements have to be like, and the keys that they are signed with.
#[derive(Clone, Debug)]
pub struct Statements {
    /// The `aud` that means this gateway.
    pub audience: String,
    /// How long a statement may be good for.
    pub lifetime: Duration,
    /// By how much the clocks may differ.
    pub skew: Duration,
    /// The keys of all issuers.
    pub keys: Vec<Key>,
}

/// One key of an issuer. There may be several at a time, so that keys can be changed.
#[derive(Clone)]
pub struct Key {
    /// Whose it is: the `iss` of what it signs.
    pub issuer: String,
    /// Its name in the head of what it signs.
    pub kid: String,
    /// What verifies it.
    pub verifier: Verifier,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.kid, self.issuer)
    }
}

/// How a signature is verified. The key says it, never the statement.
#[derive(Clone)]
pub enum Verifier {
    /// ECDSA on P-256 with SHA-256, by the public key.
    Es256(UnparsedPublicKey<Vec<u8>>),
    /// HMAC with SHA-256, by the secret that both sides have.
    Hs256(ring::hmac::Key),
}

/// Sessions, and what belongs to a visitor.
#[derive(Clone, Copy, Debug)]
pub struct Sessions {
    /// How long a session lasts.
    pub lifetime: Duration,
    /// How long a visitor's cards are theirs, and count.
    pub memory: Duration,
}

/// What a kiosk's sessions may do: the device's own statement does not decide it.
#[derive(Clone, Debug)]
pub struct Devices {
    /// The only template, if there is one.
    pub template: Option<u64>,
    /// Where a person's journey ends.
    pub ends_with: EndsWith,
    /// How many cards a person may make.
    pub cards: u32,
}

/// Where a visitor's own journey ends, and so what their session may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EndsWith {
    /// The card stays a draft.
    Draft,
    /// It is finalized.
    Finalized,
    /// It is put into the organization's cart.
    Cart,
    /// It is ordered.
    Order,
}

/// Where the store is.
#[derive(Clone, Debug)]
pub enum StoreAt {
    /// In memory: everything is forgotten at the end.
    Memory,
    /// In a file.
    File(PathBuf),
    /// At a server that several instances share.
    Shared {
        /// Its URL.
        url: Secret,
        /// Whose certificate it has to have (PEM), where the machine's own authorities do not vouch for it.
        authority: Option<PathBuf>,
    },
}

/// A token bucket: so many at once, and then so many a minute.
#[derive(Clone, Copy, Debug, serde::Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// At once.
    pub burst: u32,
    /// From then on.
    pub per_minute: u32,
}

/// What is too much. Rates are per instance.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Requests of a session.
    pub session: Rate,
    /// Requests of an address.
    pub address: Rate,
    /// Requests from the pages of an origin.
    pub origin: Rate,
    /// Sessions begun, and sign-ins, from an address.
    pub signing_in: Rate,
    /// Connections at a time.
    pub connections: usize,
    /// The largest body with photos, in bytes.
    pub photos: usize,
    /// How long a request's head may take, and how long a connection is kept without one.
    pub head: Duration,
    /// How long a request's body may take.
    pub body: Duration,
    /// How long an answer may take to be read.
    pub reading: Duration,
    /// How long what has begun may go on after the signal to stop.
    pub stopping: Duration,
}

/// What the gateway says of itself.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Where metrics are served; nowhere when absent.
    pub metrics: Option<SocketAddr>,
    /// The file of the audit trail; with the log when absent.
    pub audit: Option<PathBuf>,
    /// The log is for a person to read, not JSON.
    pub plain: bool,
}
