//! Who may do what. A session is kept by the hash of its token ([`Sessions`]); whose card is whose, by its visitor ([`cards`]): who
//! has a `sub` is the same visitor in each session, who has none is one for this session.

pub(crate) mod cards;
mod known;
mod record;

use crate::clock::Clock;
use crate::config::EndsWith;
use crate::mutant::{self, Mutant};
use crate::statement::{Claims, Mode};
use crate::store::{Space, Store, Unavailable};
use crate::tokens;
use known::Known;
use record::Record;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;

/// What tokens of sessions begin with, so that none is ever taken for the vendor's and sent there.
const MARK: &str = "icg_";

/// A session that is good now.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The hash of its token.
    pub(crate) id: String,
    /// Whose it is.
    pub(crate) visitor: String,
    /// The pages that may use it.
    pub(crate) origin: String,
    pub(crate) mode: Mode,
    /// The only template, if there is one.
    pub(crate) template: Option<u64>,
    pub(crate) ends_with: EndsWith,
    /// How many cards may be made.
    pub(crate) cards: u32,
    pub(crate) shipping_provider: Option<u64>,
    /// The device that it was begun at.
    pub(crate) device: Option<String>,
    /// When it ends, in seconds since 1970.
    pub(crate) ends: u64,
    /// What stands in these fields whatever the browser sends.
    pub(crate) locked: Map<String, Value>,
}

/// A session that has just begun, and the only place where its token is.
#[derive(Debug)]
pub(crate) struct Begun {
    pub(crate) token: String,
    pub(crate) session: Session,
}

/// All sessions.
#[derive(Debug)]
pub(crate) struct Sessions {
    store: Arc<Store>,
    known: Known,
    lifetime: Duration,
    clock: Clock,
}

/// Whether a bearer is a session's, good or not.
pub(crate) fn is_token(bearer: &str) -> bool {
    bearer.starts_with(MARK)
}

impl Sessions {
    pub(crate) fn new(store: Arc<Store>, lifetime: Duration, clock: Clock) -> Sessions {
        Sessions { store, known: Known::default(), lifetime, clock }
    }

    /// Begins a session for whom a statement speaks of. None where there is no randomness.
    pub(crate) async fn begin(&self, claims: &Claims, device: Option<&str>) -> Result<Option<Begun>, Unavailable> {
        let Some(random) = tokens::random::<32>() else { return Ok(None) };
        let token = format!("{MARK}{random}");
        let id = tokens::hash("session", &[&token]);
        let visitor = match &claims.subject {
            Some(subject) => tokens::hash("visitor", &[&claims.issuer, subject]),
            None => tokens::hash("visitor of a session", &[&id]),
        };
        let locked = match claims.locked.is_empty() {
            true => None,
            // Without randomness there would have been no token either.
            false => tokens::seal(&token, &Value::Object(claims.locked.clone()).to_string()),
        };
        let record = Record {
            visitor,
            origin: claims.origin.clone(),
            mode: claims.mode,
            template: claims.template,
            ends_with: claims.ends_with,
            cards: claims.cards,
            provider: claims.shipping_provider,
            device: device.map(str::to_owned),
            ends: self.clock.seconds() + self.lifetime.as_secs(),
            locked,
        };
        let bytes = serde_json::to_vec(&record).unwrap_or_default();
        self.store.put(Space::Session, &id, &bytes, Some(self.lifetime)).await?;
        let session = session(id, record, claims.locked.clone());
        Ok(Some(Begun { token, session }))
    }

    /// The session of a token, if it is good: it has not ended, and the device that it was begun at is still enrolled.
    pub(crate) async fn find(&self, token: &str) -> Result<Option<Session>, Unavailable> {
        let id = tokens::hash("session", &[token]);
        let Some(record) = self.record(&id).await? else { return Ok(None) };
        if let Some(device) = &record.device
            && !mutant::is(Mutant::DeviceForGood)
            && self.store.get(Space::Device, device).await?.is_none()
        {
            return Ok(None);
        }
        let locked = match &record.locked {
            None => Map::new(),
            Some(sealed) => {
                let text = tokens::unseal(token, sealed);
                let Some(Value::Object(values)) = text.and_then(|text| serde_json::from_str(&text).ok()) else {
                    return Ok(None);
                };
                values
            }
        };
        Ok(Some(session(id, Record::clone(&record), locked)))
    }

    /// What is kept of the session with this hash, if it has not ended.
    async fn record(&self, id: &str) -> Result<Option<Arc<Record>>, Unavailable> {
        let now = self.clock.seconds();
        if let Some(record) = self.known.find(id) {
            return Ok((record.ends > now).then_some(record));
        }
        let Some(bytes) = self.store.get(Space::Session, id).await? else { return Ok(None) };
        let Ok(record) = serde_json::from_slice::<Record>(&bytes) else { return Ok(None) };
        let record = Arc::new(record);
        self.known.keep(id, &record, now);
        Ok((record.ends > now).then_some(record))
    }

    /// Whether a statement is used for the first time. It is remembered for as long as it could be used again.
    pub(crate) async fn uses(&self, claims: &Claims, skew: Duration) -> Result<bool, Unavailable> {
        let key = tokens::hash("statement", &[&claims.issuer, &claims.id]);
        let left = claims.expires.saturating_sub(self.clock.seconds()) + 2 * skew.as_secs() + 1;
        self.store.put_new(Space::Statement, &key, b"1", Some(Duration::from_secs(left))).await
    }
}

fn session(id: String, record: Record, locked: Map<String, Value>) -> Session {
    Session {
        id,
        visitor: record.visitor,
        origin: record.origin,
        mode: record.mode,
        template: record.template,
        ends_with: record.ends_with,
        cards: record.cards,
        shipping_provider: record.provider,
        device: record.device,
        ends: record.ends,
        locked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Memory;
    use serde_json::json;

    fn claims(subject: Option<&str>) -> Claims {
        Claims {
            issuer: "site".to_owned(),
            origin: "https://a.example".to_owned(),
            expires: Clock::default().seconds() + 60,
            id: "1".to_owned(),
            subject: subject.map(str::to_owned),
            mode: Mode::Request,
            template: Some(5801),
            ends_with: EndsWith::Finalized,
            cards: 1,
            card: None,
            shipping_provider: None,
            prefill: Map::new(),
            locked: json!({"EMPLOYEE_NUMBER": "E-20417"}).as_object().cloned().unwrap(),
        }
    }

    #[tokio::test]
    async fn the_store_holds_neither_the_token_nor_who_it_is_nor_what_is_on_the_card() {
        let store = Arc::new(Store::Memory(Memory::default()));
        let sessions = Sessions::new(Arc::clone(&store), Duration::from_secs(60), Clock::default());
        let begun = sessions.begin(&claims(Some("ana@example.org")), None).await.unwrap().unwrap();
        let kept = store.list(Space::Session, "").await.unwrap();
        assert_eq!(kept.len(), 1);
        let text = format!("{}{}", kept[0].0, String::from_utf8_lossy(&kept[0].1));
        for secret in [begun.token.as_str(), &begun.token[4..], "ana", "E-20417", "EMPLOYEE"] {
            assert!(!text.contains(secret), "{secret}");
        }
        let found = sessions.find(&begun.token).await.unwrap().unwrap();
        assert_eq!(found.locked["EMPLOYEE_NUMBER"], "E-20417");
        assert!(sessions.find("icg_another").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn who_has_a_name_is_the_same_in_each_session_and_who_has_none_is_not() {
        let sessions =
            Sessions::new(Arc::new(Store::Memory(Memory::default())), Duration::from_secs(60), Clock::default());
        let mut visitors = Vec::new();
        for subject in [Some("ana"), Some("ana"), Some("bo"), None, None] {
            visitors.push(sessions.begin(&claims(subject), None).await.unwrap().unwrap().session.visitor);
        }
        assert_eq!(visitors[0], visitors[1]);
        visitors.remove(0);
        visitors.sort();
        visitors.dedup();
        assert_eq!(visitors.len(), 4);
    }

    #[tokio::test]
    async fn a_session_is_read_once_and_its_device_each_time() {
        let store = Arc::new(Store::Memory(Memory::default()));
        let sessions = Sessions::new(Arc::clone(&store), Duration::from_secs(60), Clock::default());
        let begun = sessions.begin(&claims(None), Some("lobby")).await.unwrap().unwrap();
        assert!(sessions.find(&begun.token).await.unwrap().is_none(), "there is no such device");
        store.put(Space::Device, "lobby", b"{}", None).await.unwrap();
        assert!(sessions.find(&begun.token).await.unwrap().is_some());
        store.remove(Space::Session, &begun.session.id).await.unwrap();
        assert!(sessions.find(&begun.token).await.unwrap().is_some(), "it was read once more");
        store.remove(Space::Device, "lobby").await.unwrap();
        assert!(sessions.find(&begun.token).await.unwrap().is_none());

        let short = Sessions::new(Arc::clone(&store), Duration::from_secs(1), Clock::default());
        let begun = short.begin(&claims(None), None).await.unwrap().unwrap();
        let begins = Clock::default().seconds();
        while short.find(&begun.token).await.unwrap().is_some() {
            assert!(Clock::default().seconds() < begins + 5, "it does not end");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        for _ in 0..10_000 {
            let begun = sessions.begin(&claims(None), None).await.unwrap().unwrap();
            assert!(sessions.find(&begun.token).await.unwrap().is_some());
        }
        assert!(sessions.known.is_within_bounds());
    }

    #[tokio::test]
    async fn a_statement_is_used_once_of_however_many_at_once() {
        let sessions =
            Sessions::new(Arc::new(Store::Memory(Memory::default())), Duration::from_secs(60), Clock::default());
        let claims = claims(None);
        let tries = (0..50).map(|_| sessions.uses(&claims, Duration::from_secs(30)));
        let used = futures_util::future::join_all(tries).await;
        assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
    }
}
