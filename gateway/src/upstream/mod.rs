//! The vendor. [`client`] is the one door to it, [`transport`] what carries a request there (`https`: over the network, on `line`s),
//! [`account`] the account that signs in; [`Upstream`] is both: a call with a token that is good.

mod account;
mod client;
#[cfg(feature = "serving")]
mod https;
#[cfg(feature = "serving")]
mod line;
mod transport;

pub(crate) use client::{Ask, Error};
#[cfg(feature = "serving")]
pub(crate) use https::Https;
pub use transport::{Transport, TransportError};

use crate::answer::Answer;
use crate::clock::Clock;
use crate::config::Vendor;
use crate::watch::metrics::Metrics;
use account::Account;
use client::Client;
use std::sync::Arc;

/// The vendor, with the account of the site's organization.
#[derive(Debug)]
pub(crate) struct Upstream {
    client: Arc<Client>,
    account: Account,
}

impl Upstream {
    pub(crate) fn new(vendor: &Vendor, transport: Arc<dyn Transport>, clock: Clock, metrics: Arc<Metrics>) -> Upstream {
        let client = Arc::new(Client::new(&vendor.base, transport, metrics));
        let account = Account::new(Arc::clone(&client), vendor, clock);
        Upstream { client, account }
    }

    /// A call with the account's token. One that the vendor does not take any more is renewed, and the call is made again: what was
    /// refused for its token was not carried out.
    pub(crate) async fn call(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let token = self.account.token().await?;
        let answer = self.client.send(ask, Some(&token)).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        self.account.was_refused(&token);
        Box::pin(self.again(ask)).await
    }

    async fn again(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let token = self.account.token().await?;
        let answer = self.client.send(ask, Some(&token)).await?;
        if answer.status == 401 {
            self.account.was_refused(&token);
            return Err(Error::Account);
        }
        Ok(answer)
    }

    /// A charge: made once, and not again on a word about its token, which is renewed for what is asked next.
    pub(crate) async fn charge(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let token = self.account.token().await?;
        let answer = self.client.send(ask, Some(&token)).await?;
        if answer.status == 401 {
            self.account.was_refused(&token);
        }
        Ok(answer)
    }

    /// A call with somebody's own token, or with none.
    pub(crate) async fn pass(&self, ask: &Ask<'_>, token: Option<&str>) -> Result<Answer, Error> {
        self.client.send(ask, token).await
    }

    /// Whether the account can sign in.
    pub(crate) async fn is_ready(&self) -> Result<(), Error> {
        self.account.token().await.map(drop)
    }

    /// Renews the token before it ends, for as long as the gateway runs.
    pub(crate) async fn keep_renewed(&self) {
        self.account.keep_renewed().await;
    }
}
