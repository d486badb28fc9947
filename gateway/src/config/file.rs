//! The shape of the configuration file. What is not known is a mistake, so that a slip of the pen is not a setting left out.

use super::model::{EndsWith, Rate};
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default = "listen")]
    pub(super) listen: SocketAddr,
    #[serde(default = "slash")]
    pub(super) base: String,
    #[serde(default)]
    pub(super) behind: Vec<IpAddr>,
    pub(super) origins: Vec<String>,
    pub(super) vendor: Vendor,
    pub(super) statements: Statements,
    #[serde(default)]
    pub(super) sessions: Sessions,
    #[serde(default)]
    pub(super) orders: Orders,
    pub(super) devices: Option<Devices>,
    #[serde(default)]
    pub(super) staff: Staff,
    #[serde(default)]
    pub(super) store: Store,
    #[serde(default)]
    pub(super) limits: Limits,
    #[serde(default)]
    pub(super) watch: Watch,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vendor {
    #[serde(default = "production")]
    pub(super) base: String,
    pub(super) organization_id: u64,
    pub(super) email: String,
    #[serde(default = "half_an_hour")]
    pub(super) token_seconds: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statements {
    pub(super) audience: String,
    #[serde(default = "five_minutes")]
    pub(super) lifetime_seconds: u64,
    #[serde(default = "half_a_minute")]
    pub(super) skew_seconds: u64,
    #[serde(default)]
    pub(super) keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Key {
    pub(super) issuer: String,
    pub(super) kid: String,
    pub(super) algorithm: Algorithm,
    pub(super) public_key: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum Algorithm {
    #[serde(rename = "ES256")]
    Es256,
    #[serde(rename = "HS256")]
    Hs256,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Sessions {
    pub(super) lifetime_seconds: u64,
    pub(super) memory_seconds: u64,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { lifetime_seconds: half_an_hour(), memory_seconds: 86_400 }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Orders {
    pub(super) shipping_provider_id: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Devices {
    pub(super) template_id: Option<u64>,
    #[serde(default = "finalized")]
    pub(super) ends_with: EndsWith,
    #[serde(default = "one")]
    pub(super) cards: u32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Staff {
    pub(super) enabled: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Store {
    pub(super) file: Option<PathBuf>,
    pub(super) ca: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    pub(super) session: Rate,
    pub(super) address: Rate,
    pub(super) origin: Rate,
    pub(super) signing_in: Rate,
    pub(super) connections: usize,
    pub(super) photo_bytes: usize,
    pub(super) head_seconds: u64,
    pub(super) body_seconds: u64,
    pub(super) reading_seconds: u64,
    pub(super) stopping_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            session: Rate { burst: 60, per_minute: 240 },
            address: Rate { burst: 240, per_minute: 1200 },
            origin: Rate { burst: 2000, per_minute: 12_000 },
            signing_in: Rate { burst: 30, per_minute: 30 },
            connections: 1024,
            photo_bytes: 8 * 1024 * 1024,
            head_seconds: 30,
            body_seconds: 60,
            reading_seconds: 60,
            stopping_seconds: 90,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Watch {
    pub(super) metrics: Option<SocketAddr>,
    pub(super) audit: Option<PathBuf>,
    pub(super) plain: bool,
}

fn listen() -> SocketAddr {
    ([127, 0, 0, 1], 8788).into()
}

fn slash() -> String {
    "/".to_owned()
}

fn production() -> String {
    "https://core.instantcard.net/api/v2/".to_owned()
}

fn half_an_hour() -> u64 {
    1800
}

fn five_minutes() -> u64 {
    300
}

fn half_a_minute() -> u64 {
    30
}

fn finalized() -> EndsWith {
    EndsWith::Finalized
}

fn one() -> u32 {
    1
}
