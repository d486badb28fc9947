//! The configuration from the file and the environment, with everything that is wrong with it.

use super::file::{Algorithm, File};
use super::model::{
    Config, Devices, EndsWith, Key, Limits, Rate, Secret, Sessions, Statements, StoreAt, Vendor, Verifier, Watch,
};
use super::secrets;
use crate::once::Timing;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use std::fmt;
use std::time::Duration;
use url::Url;

/// What is wrong with a configuration, one sentence each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<String>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|mistake| writeln!(f, "- {}", mistake.trim_end()))
    }
}

impl std::error::Error for Mistakes {}

/// An environment.
type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// For so many seconds the statements that kiosks sign themselves are good.
const OF_DEVICES: u64 = 60;
/// Secrets of fewer bytes can be guessed from one statement.
const SHORTEST_SECRET: usize = 32;

impl Config {
    /// Reads a configuration file's text and the secrets from the environment.
    ///
    /// # Errors
    /// All that is wrong with it, in words.
    pub fn read(text: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Config, Mistakes> {
        read(text, environment)
    }
}

fn read(text: &str, environment: Environment<'_>) -> Result<Config, Mistakes> {
    let table: toml::Table = toml::from_str(text).map_err(|error| Mistakes(vec![error.to_string()]))?;
    let found = secrets::in_file(&table);
    if !found.is_empty() {
        return Err(Mistakes(found));
    }
    let file: File = toml::from_str(text).map_err(|error| Mistakes(vec![error.to_string()]))?;
    let mut wrong = Wrong { environment, mistakes: Vec::new() };
    let base = wrong.base(&file.base);
    let origins = wrong.origins(&file.origins);
    let vendor_base = wrong.vendor(&file.vendor.base);
    let password = wrong.secret(secrets::PASSWORD, "the password of the account at InstantCard");
    let statements = wrong.statements(&file);
    if file.devices.as_ref().is_some_and(|devices| devices.ends_with == EndsWith::Order)
        && file.orders.shipping_provider_id.is_none()
    {
        wrong
            .say("`devices.ends_with` is \"order\", so `orders.shipping_provider_id` has to say who carries the cards");
    }
    if file.devices.is_some() && file.statements.lifetime_seconds < OF_DEVICES {
        wrong.say(format!(
            "with [devices], `statements.lifetime_seconds` is {OF_DEVICES} or more: so long theirs are good"
        ));
    }
    let limits = wrong.limits(&file);
    let store = wrong.store(&file);
    let (Some(vendor_base), Some(password)) = (vendor_base, password) else { return Err(Mistakes(wrong.mistakes)) };
    if !wrong.mistakes.is_empty() {
        return Err(Mistakes(wrong.mistakes));
    }
    Ok(Config {
        listen: file.listen,
        base,
        behind: file.behind,
        origins,
        vendor: Vendor {
            base: vendor_base,
            organization: file.vendor.organization_id,
            email: file.vendor.email,
            password,
            token_lifetime: Duration::from_secs(file.vendor.token_seconds.max(1)),
        },
        statements,
        sessions: Sessions {
            lifetime: Duration::from_secs(file.sessions.lifetime_seconds.max(1)),
            memory: Duration::from_secs(file.sessions.memory_seconds.max(file.sessions.lifetime_seconds)),
        },
        shipping_provider: file.orders.shipping_provider_id,
        devices: file.devices.map(|devices| Devices {
            template: devices.template_id,
            ends_with: devices.ends_with,
            cards: devices.cards,
        }),
        staff: file.staff.enabled,
        store,
        limits,
        watch: Watch { metrics: file.watch.metrics, audit: file.watch.audit, plain: file.watch.plain },
        timing: Timing::default(),
    })
}

/// What was found wrong so far.
struct Wrong<'a> {
    environment: Environment<'a>,
    mistakes: Vec<String>,
}

impl Wrong<'_> {
    fn say(&mut self, mistake: impl Into<String>) {
        self.mistakes.push(mistake.into());
    }

    fn secret(&mut self, variable: &str, what: &str) -> Option<Secret> {
        let secret = (self.environment)(variable).filter(|secret| !secret.is_empty());
        if secret.is_none() {
            self.say(format!("{variable} is not set in the environment: it is {what}"));
        }
        secret.map(Secret)
    }

    fn base(&mut self, base: &str) -> String {
        let base = format!("/{}/", base.trim_matches('/')).replace("//", "/");
        let plain = |char: char| char.is_ascii_alphanumeric() || "-_./".contains(char);
        if !base.chars().all(plain) || base.contains("..") || base.contains("//") {
            self.say("`base` is the path under which the gateway is reached, as in \"/cards/\"");
        }
        base
    }

    fn origins(&mut self, origins: &[String]) -> Vec<String> {
        if origins.is_empty() {
            self.say("`origins` has to name the origins of the pages that use the gateway, as in \"https://www.example.org\"");
        }
        for origin in origins {
            let is_exact =
                Url::parse(origin).is_ok_and(|url| is_safe(&url) && url.origin().ascii_serialization() == *origin);
            if !is_exact {
                self.say(format!(
                    "`origins` has {origin:?}: an origin is https://, the host, and a port if there is one, with nothing behind it \
                     and no wildcard (http:// on this machine alone)"
                ));
            }
        }
        origins.to_vec()
    }

    fn vendor(&mut self, base: &str) -> Option<Url> {
        let url = Url::parse(base).ok().filter(|url| {
            is_safe(url) && url.query().is_none() && url.fragment().is_none() && url.username().is_empty()
        });
        if url.is_none() {
            self.say(format!("`vendor.base` is {base:?}, and has to be an https address (http on this machine alone)"));
        }
        let mut url = url?;
        let path = format!("{}/", url.path().trim_end_matches('/'));
        url.set_path(&path);
        Some(url)
    }

    fn statements(&mut self, file: &File) -> Statements {
        let given = &file.statements;
        if given.audience.is_empty() {
            self.say("`statements.audience` is what `aud` in a statement for this gateway says, as its own address");
        }
        if given.keys.is_empty() && file.devices.is_none() && !file.staff.enabled {
            self.say("nobody could use this gateway: there are no [[statements.keys]], no [devices] and no [staff]");
        }
        if !(10..=3600).contains(&given.lifetime_seconds) {
            self.say("`statements.lifetime_seconds` is between 10 and 3600: a statement is used at once");
        }
        if given.skew_seconds > 300 {
            self.say("`statements.skew_seconds` is 300 at most");
        }
        let mut keys: Vec<Key> = Vec::new();
        for (at, key) in given.keys.iter().enumerate() {
            let place = format!("statements.keys[{at}]");
            if key.issuer.is_empty() || key.kid.is_empty() || key.kid.len() > 64 {
                self.say(format!("`{place}` needs an `issuer`, and a `kid` of at most 64 characters"));
            }
            if given.keys[..at].iter().any(|known| known.kid == key.kid) {
                self.say(format!("`{place}.kid` is the same as another key's"));
            }
            let verifier = match (key.algorithm, &key.public_key) {
                (Algorithm::Es256, Some(pem)) => self.public_key(&place, pem),
                (Algorithm::Es256, None) => {
                    self.say(format!("`{place}.public_key` is missing: the PEM that begins with BEGIN PUBLIC KEY"));
                    None
                }
                (Algorithm::Hs256, Some(_)) => {
                    self.say(format!("`{place}` is of HS256, which has no public key"));
                    None
                }
                (Algorithm::Hs256, None) => self.shared_key(&key.kid),
            };
            if let Some(verifier) = verifier {
                keys.push(Key { issuer: key.issuer.clone(), kid: key.kid.clone(), verifier });
            }
        }
        Statements {
            audience: given.audience.clone(),
            lifetime: Duration::from_secs(given.lifetime_seconds),
            skew: Duration::from_secs(given.skew_seconds),
            keys,
        }
    }

    fn shared_key(&mut self, kid: &str) -> Option<Verifier> {
        let variable = secrets::of_key(kid);
        let secret = self.secret(&variable, &format!("the secret of the key \"{kid}\" for HS256"))?;
        if secret.reveal().len() < SHORTEST_SECRET {
            self.say(format!(
                "{variable} is too short: at least {SHORTEST_SECRET} random characters, as of `openssl rand -base64 32`"
            ));
        }
        Some(Verifier::Hs256(ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.reveal().as_bytes())))
    }

    fn public_key(&mut self, place: &str, pem: &str) -> Option<Verifier> {
        let key = point(pem).map(|point| Verifier::Es256(UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)));
        if key.is_none() {
            self.say(format!("`{place}.public_key` is no public key on the curve P-256 in PEM"));
        }
        key
    }

    fn store(&mut self, file: &File) -> StoreAt {
        match ((self.environment)(secrets::STORE_URL), &file.store.file) {
            (Some(_), Some(_)) => {
                self.say(format!("there is a `store.file` and {}: one of them keeps things", secrets::STORE_URL));
                StoreAt::Memory
            }
            (Some(url), None) => {
                let authority = file.store.ca.clone();
                if authority.is_some() && !url.starts_with("rediss://") {
                    self.say(format!(
                        "there is a `store.ca`, but {} is not reached over TLS (rediss://)",
                        secrets::STORE_URL
                    ));
                }
                StoreAt::Shared { url: Secret(url), authority }
            }
            (None, _) if file.store.ca.is_some() => {
                self.say(format!("there is a `store.ca`, but no {}", secrets::STORE_URL));
                StoreAt::Memory
            }
            (None, Some(path)) => StoreAt::File(path.clone()),
            (None, None) => StoreAt::Memory,
        }
    }

    fn limits(&mut self, file: &File) -> Limits {
        let given = &file.limits;
        for (name, rate) in [
            ("session", given.session),
            ("address", given.address),
            ("origin", given.origin),
            ("signing_in", given.signing_in),
        ] {
            let Rate { burst, per_minute } = rate;
            if burst == 0 || per_minute == 0 {
                self.say(format!("`limits.{name}` lets nobody in: both numbers are 1 at least"));
            }
        }
        if given.connections == 0 || given.photo_bytes < 65_536 {
            self.say("`limits.connections` is 1 and `limits.photo_bytes` is 65536 at least");
        }
        let seconds = |seconds: u64| Duration::from_secs(seconds.clamp(1, 3600));
        Limits {
            session: given.session,
            address: given.address,
            origin: given.origin,
            signing_in: given.signing_in,
            connections: given.connections,
            photos: given.photo_bytes,
            head: seconds(given.head_seconds),
            body: seconds(given.body_seconds),
            reading: seconds(given.reading_seconds),
            stopping: seconds(given.stopping_seconds),
        }
    }
}

/// https, or http on this machine.
fn is_safe(url: &Url) -> bool {
    let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

/// The point of a public key in PEM. There is one way to write a key on this curve (RFC 5480), so that what stands before the
/// point is always the same.
fn point(pem: &str) -> Option<Vec<u8>> {
    const HEAD: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
        0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    let inside = pem.trim().strip_prefix("-----BEGIN PUBLIC KEY-----")?.strip_suffix("-----END PUBLIC KEY-----")?;
    let bytes = STANDARD.decode(inside.split_whitespace().collect::<String>()).ok()?;
    let point = bytes.strip_prefix(&HEAD)?;
    (point.len() == 65 && point[0] == 4).then(|| point.to_vec())
}
