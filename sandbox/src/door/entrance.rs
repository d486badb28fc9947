//! The API without a network: a door into a world of one's own, for a simulator that asks millions of times in one
//! process. No socket, no thread, nothing that waits, and no chance: the same seed and the same requests have the same
//! answers, to the letter. What networks do (lose, delay, repeat) is up to whoever stands before the door; what the
//! server itself does is set on it.

use crate::api::{self, Reply, Request};
use crate::clock::Clock;
use crate::dialect::Dialect;
use crate::form::Params;
use crate::picture::Picture;
use crate::seed::{self, Samples, Setup};
use crate::world::{Habits, World};
use base64::Engine as _;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

/// A PNG of one pixel, in place of every preview and every portrait: nobody looks at them, and drawing takes longer than
/// thousands of requests.
pub const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

static PIXELS: LazyLock<Samples> = LazyLock::new(|| {
    let pixel = Arc::new(Picture::from_text(PIXEL));
    Samples { faces: vec![Arc::clone(&pixel)], signature: pixel }
});

/// How a world begins.
#[derive(Debug, Clone)]
pub struct DoorOptions {
    /// The tokens come from it.
    pub seed: u64,
    /// The time at the start, in milliseconds since 1970.
    pub now_ms: u64,
    /// So many sample cards; every fourth is a draft, the others are finalized.
    pub cards: usize,
    /// The opening balance.
    pub balance_cents: i64,
    /// A token that is valid from the start.
    pub token: Option<String>,
    /// How long a token is good for; for ever when not set.
    pub token_ttl_ms: Option<u64>,
    /// So many previews answer "not available".
    pub preview_unavailable_times: u64,
    /// The dialect, as (key, value): see [`crate::POINTS`].
    pub dialect: Vec<(String, String)>,
}

impl Default for DoorOptions {
    /// No cards, $250.00, and the morning of December 1, 2026.
    fn default() -> Self {
        Self {
            seed: 0,
            now_ms: 1_796_119_200_000,
            cards: 0,
            balance_cents: 25_000,
            token: None,
            token_ttl_ms: None,
            preview_unavailable_times: 0,
            dialect: Vec::new(),
        }
    }
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct DoorRequest<'a> {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: &'a str,
    /// From `/api/v2/` on.
    pub path_and_query: &'a str,
    /// The token of the `Authorization` header.
    pub bearer: Option<&'a str>,
    /// The fields of a form, if one is sent.
    pub form: Option<&'a [(&'a str, &'a str)]>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorAnswer {
    /// The HTTP status.
    pub status: u16,
    /// JSON; of a picture, its Base64.
    pub body: String,
}

/// A world and the way into it. A copy goes its own way and costs little, so that a world can be made once and each of
/// many walks begin with a copy.
#[derive(Debug, Clone)]
pub struct Door {
    pub(super) world: World,
}

impl Door {
    /// A world as it begins.
    ///
    /// # Errors
    /// When the dialect has a key or a value that does not exist.
    pub fn new(options: &DoorOptions) -> Result<Self, String> {
        let mut dialect = Dialect::default();
        options.dialect.iter().try_for_each(|(key, value)| dialect.set(key, value))?;
        let habits =
            Habits { preview_unavailable_times: options.preview_unavailable_times, token_ttl_ms: options.token_ttl_ms };
        let setup = Setup {
            clock: Clock::Virtual(options.now_ms),
            seed: options.seed,
            cards: options.cards,
            balance: options.balance_cents,
            token: options.token.clone(),
            habits,
            dialect,
        };
        Ok(Self { world: seed::world(setup, || &PIXELS) })
    }

    /// Carries a request out. Somebody else's is one with another token.
    pub fn request(&mut self, request: DoorRequest<'_>) -> DoorAnswer {
        let (path, query) = request.path_and_query.split_once('?').unwrap_or((request.path_and_query, ""));
        let mut params = Params::from_query(query);
        let pairs = request.form.unwrap_or_default().iter();
        params.form = pairs.map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value))).collect();
        params.base = Cow::Borrowed("http://sandbox");
        let asked = Request { method: request.method, path, token: request.bearer, params: &params };
        match api::answer(&mut self.world, &asked) {
            Reply::Json { status, body } => DoorAnswer { status, body },
            Reply::Picture { bytes, .. } => {
                DoorAnswer { status: 200, body: base64::engine::general_purpose::STANDARD.encode(bytes) }
            }
            Reply::Draw(drawing) => {
                let template = drawing.template.as_ref().filter(|_| drawing.available);
                let sides = template.map(|template| (PIXEL, if template.two_sided { PIXEL } else { "" }));
                DoorAnswer { status: 200, body: api::drawn(&self.world, &drawing, sides) }
            }
        }
    }

    /// The time in the world, in milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        self.world.now_ms()
    }

    /// Sets the time.
    pub fn set_now_ms(&mut self, now_ms: u64) {
        self.world.clock = Clock::Virtual(now_ms);
    }

    /// Lets time pass.
    pub fn advance_ms(&mut self, ms: u64) {
        self.set_now_ms(self.now_ms().saturating_add(ms));
    }

    /// The value of a dialect's key; "" for one that does not exist.
    pub fn dialect(&self, key: &str) -> &'static str {
        self.world.dialect.get(key)
    }

    /// Changes the dialect from now on.
    ///
    /// # Errors
    /// When the key or the value does not exist.
    pub fn set_dialect(&mut self, key: &str, value: &str) -> Result<(), String> {
        self.world.dialect.set(key, value)
    }

    /// How long tokens are good for, also those issued before; for ever when not set.
    pub fn set_token_ttl_ms(&mut self, ttl_ms: Option<u64>) {
        self.world.habits.token_ttl_ms = ttl_ms;
    }

    /// So many previews from now on answer "not available".
    pub fn set_preview_unavailable_times(&mut self, times: u64) {
        self.world.habits.preview_unavailable_times = times;
    }

    /// Issues a token, as signing in does.
    pub fn issue_token(&mut self) -> String {
        self.world.new_token()
    }

    /// A token is good for nothing from now on. Whether it was issued at all.
    pub fn expire_token(&mut self, token: &str) -> bool {
        self.world.tokens.remove(token).is_some()
    }

    /// Every token so far is good for nothing from now on.
    pub fn expire_tokens(&mut self) {
        self.world.tokens.clear();
    }

    /// Brings the balance to an amount, by an entry in the ledger.
    pub fn set_balance_cents(&mut self, cents: i64) {
        self.world.set_balance(cents);
    }

    /// The printers work off what was submitted.
    pub fn print_all(&mut self) {
        self.world.print_all();
    }
}
