//! The organization's account: signed in, renewed before its token ends, and once for all who wait.

use super::client::{Ask, Client, Error};
use crate::clock::Clock;
use crate::config::{Secret, Vendor};
use crate::form;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

const PATIENCE: Duration = Duration::from_secs(20);
/// After a refused password nobody asks again for so long: a vendor closes accounts for less.
const PAUSE: Duration = Duration::from_secs(30);

/// A token, and when it is to be renewed.
#[derive(Clone)]
struct Token {
    text: Arc<str>,
    renewed_at: Instant,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    refused_at: Option<Instant>,
}

pub(super) struct Account {
    client: Arc<Client>,
    email: String,
    password: Secret,
    lifetime: Duration,
    clock: Clock,
    state: Mutex<State>,
    /// Held by the one who signs in.
    signing_in: tokio::sync::Mutex<()>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account")
    }
}

impl Account {
    pub(super) fn new(client: Arc<Client>, vendor: &Vendor, clock: Clock) -> Account {
        Account {
            client,
            email: vendor.email.clone(),
            password: vendor.password.clone(),
            lifetime: vendor.token_lifetime,
            clock,
            state: Mutex::default(),
            signing_in: tokio::sync::Mutex::default(),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token that there is, if it need not be renewed yet.
    fn fresh(&self) -> Option<Arc<str>> {
        let state = self.state();
        let token = state.token.as_ref()?;
        (Instant::now() < token.renewed_at).then(|| Arc::clone(&token.text))
    }

    /// A token that is good. Of all who ask while there is none, one signs in.
    pub(super) async fn token(&self) -> Result<Arc<str>, Error> {
        match self.fresh() {
            Some(token) => Ok(token),
            None => Box::pin(self.renewed()).await,
        }
    }

    async fn renewed(&self) -> Result<Arc<str>, Error> {
        let _one = self.signing_in.lock().await;
        if let Some(token) = self.fresh() {
            return Ok(token);
        }
        if self.state().refused_at.is_some_and(|at| at.elapsed() < PAUSE) {
            return Err(Error::Account);
        }
        let signed_in = self.sign_in().await;
        let mut state = self.state();
        match signed_in {
            Ok(token) => {
                tracing::info!("signed in at the vendor");
                state.refused_at = None;
                let text = Arc::clone(&token.text);
                state.token = Some(token);
                Ok(text)
            }
            Err(error) => {
                tracing::error!(%error, "cannot sign in at the vendor");
                if error == Error::Account {
                    state.refused_at = Some(Instant::now());
                }
                Err(error)
            }
        }
    }

    /// The vendor does not take this one any more.
    pub(super) fn was_refused(&self, token: &str) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|known| &*known.text == token) {
            state.token = None;
        }
    }

    /// Renews it in time, so that no call waits for it.
    pub(super) async fn keep_renewed(&self) {
        loop {
            let renewed_at = self.state().token.as_ref().map(|token| token.renewed_at);
            match renewed_at {
                Some(at) => {
                    tokio::time::sleep_until(at).await;
                    let _ = self.token().await;
                }
                None => tokio::time::sleep(Duration::from_secs(1)).await,
            }
            // A failure is tried again, and not at once.
            if self.fresh().is_none() {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }

    async fn sign_in(&self) -> Result<Token, Error> {
        let began = Instant::now();
        let parts = [("email", self.email.as_str()), ("password", self.password.reveal())];
        let (kind, body) = form::write(&parts).ok_or_else(|| Error::NotSent("there is no randomness".to_owned()))?;
        let ask = Ask {
            name: "authenticate",
            method: "POST",
            path: "authenticate",
            query: None,
            body: Some((&kind, body)),
            patience: PATIENCE,
        };
        let answer = self.client.send(&ask, None).await?;
        if matches!(answer.status, 400 | 401 | 403) {
            return Err(Error::Account);
        }
        let json = answer.json().filter(|_| answer.is_success());
        let text = json.as_ref().and_then(|json| ["auth_token", "token"].iter().find_map(|name| json[name].as_str()));
        let text = text.filter(|text| !text.is_empty()).ok_or(Error::Strange(answer.status))?;
        let lifetime = says_when_it_ends(text, self.clock).unwrap_or(self.lifetime);
        Ok(Token { text: text.into(), renewed_at: began + lifetime.mul_f32(0.8) })
    }
}

/// How long a token is good for, where it is a JWT and says so. It is not verified: that is the vendor's.
fn says_when_it_ends(token: &str, clock: Clock) -> Option<Duration> {
    let claims = token.split('.').nth(1)?;
    let claims: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let left = claims["exp"].as_u64()?.checked_sub(clock.seconds())?;
    (left > 0).then(|| Duration::from_secs(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_says_when_it_ends_is_believed() {
        let token = |claims: String| format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims));
        let clock = Clock::default();
        let left = says_when_it_ends(&token(format!("{{\"exp\":{}}}", clock.seconds() + 100)), clock).unwrap();
        assert!((98..=100).contains(&left.as_secs()));
        assert_eq!(says_when_it_ends(&token("{\"exp\":1}".to_owned()), clock), None);
        assert_eq!(says_when_it_ends("opaque", clock), None);
    }
}
