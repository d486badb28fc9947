//! A store for several instances: Valkey or Redis, by URL.
//!
//! What has to be atomic is one command or one script there. For charges to be noted for good, the server has to write each
//! change to its disk (`appendonly yes`, `appendfsync always`) and to throw nothing away (`maxmemory-policy noeviction`).

use std::path::Path;
use std::time::Duration;
use std::{fmt, fs};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, RedisError, Script, TlsCertificates, cmd};

use super::change::{Change, Changed};
use super::space::{Space, Unavailable};

/// All our keys begin with it.
const PREFIX: &str = "instant-card:1:";

/// So long a command may take.
const LIMIT: Duration = Duration::from_secs(3);

const SWAP: &str = "
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    if ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
    return 1";

const ADD: &str = "
    local is_new = redis.call('EXISTS', KEYS[1]) == 0
    local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
    if is_new and ARGV[2] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
    return sum";

/// Entries in a server that others use as well.
#[derive(Clone)]
pub struct Shared {
    connection: ConnectionManager,
    swap: Script,
    add: Script,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

impl Shared {
    /// Connects to `redis://[user:password@]host[:port][/number]`, to the same over TLS (`rediss://`), or to `unix:` and a
    /// socket's path. Over TLS the server has a certificate of those that the machine trusts, or of `authority`, in PEM.
    ///
    /// # Errors
    /// The server is not there, or lets nobody in by this URL. What is said of it does not quote the URL.
    pub async fn connect(url: &str, authority: Option<&Path>) -> Result<Self, Unavailable> {
        let client = match authority {
            None => Client::open(url),
            Some(path) => {
                Client::build_with_tls(url, TlsCertificates { client_tls: None, root_cert: Some(certificates(path)?) })
            }
        };
        let client = client.map_err(|_| Unavailable("the URL is none of a Redis or Valkey server".to_owned()))?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(LIMIT))
            .set_response_timeout(Some(LIMIT))
            .set_number_of_retries(2)
            .set_max_delay(Duration::from_millis(500));
        let connection = ConnectionManager::new_with_config(client, config).await.map_err(failed)?;
        Ok(Self { connection, swap: Script::new(SWAP), add: Script::new(ADD) })
    }

    pub(super) async fn get(&self, space: Space, key: &str) -> Result<Option<Vec<u8>>, Unavailable> {
        self.ask(cmd("GET").arg(named(space, key))).await
    }

    pub(super) async fn list(&self, space: Space, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, Unavailable> {
        let start = named(space, "");
        let pattern = format!("{}*", escaped(&named(space, prefix)));
        let mut names = Vec::new();
        let mut cursor = 0_u64;
        loop {
            let mut scan = cmd("SCAN");
            let page: (u64, Vec<String>) =
                self.ask(scan.arg(cursor).arg("MATCH").arg(&pattern).arg("COUNT").arg(1000)).await?;
            names.extend(page.1);
            cursor = page.0;
            if cursor == 0 {
                break;
            }
        }
        // It may tell a key twice.
        names.sort_unstable();
        names.dedup();
        let mut entries = Vec::with_capacity(names.len());
        for names in names.chunks(500) {
            let values: Vec<Option<Vec<u8>>> = self.ask(cmd("MGET").arg(names)).await?;
            // One may have ended meanwhile.
            let there = names.iter().zip(values).filter_map(|(name, value)| Some((name.strip_prefix(&start)?, value?)));
            entries.extend(there.map(|(key, value)| (key.to_owned(), value)));
        }
        Ok(entries)
    }

    pub(super) async fn change(&self, space: Space, key: &str, change: Change) -> Result<Changed, Unavailable> {
        let name = named(space, key);
        match change {
            Change::Put { value, ttl } => {
                let mut set = cmd("SET");
                set.arg(name).arg(value);
                if let Some(ttl) = ttl {
                    set.arg("PX").arg(milliseconds(ttl));
                }
                self.ask::<()>(&set).await?;
                Ok(Changed::Is(true))
            }
            Change::PutNew { value, ttl } => {
                let mut set = cmd("SET");
                set.arg(name).arg(value).arg("NX");
                if let Some(ttl) = ttl {
                    set.arg("PX").arg(milliseconds(ttl));
                }
                Ok(Changed::Is(self.order::<Option<String>>(&set).await?.is_some()))
            }
            Change::Swap { old, new, ttl } => {
                let mut swap = self.swap.key(name);
                swap.arg(old).arg(new).arg(ttl.map(milliseconds).map_or_else(String::new, |ttl| ttl.to_string()));
                let swapped: i64 = swap.invoke_async(&mut self.connection.clone()).await.map_err(failed)?;
                Ok(Changed::Is(swapped == 1))
            }
            Change::Remove => Ok(Changed::Is(self.order::<i64>(cmd("DEL").arg(name)).await? > 0)),
            Change::Add { amount, ttl } => {
                let mut add = self.add.key(name);
                add.arg(amount).arg(ttl.map(milliseconds).map_or_else(String::new, |ttl| ttl.to_string()));
                Ok(Changed::Sum(add.invoke_async(&mut self.connection.clone()).await.map_err(failed)?))
            }
        }
    }

    /// Once more on a new connection, where the server was started anew meanwhile: what is asked for is the same the second time.
    async fn ask<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, Unavailable> {
        match command.query_async(&mut self.connection.clone()).await {
            Err(error) if error.is_connection_dropped() || error.is_io_error() => self.order(command).await,
            asked => asked.map_err(failed),
        }
    }

    async fn order<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, Unavailable> {
        command.query_async(&mut self.connection.clone()).await.map_err(failed)
    }
}

/// The certificates in a file.
fn certificates(path: &Path) -> Result<Vec<u8>, Unavailable> {
    let pem = fs::read(path).map_err(|error| Unavailable(format!("{}: {error}", path.display())))?;
    let has_any = String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----");
    if has_any { Ok(pem) } else { Err(Unavailable(format!("{}: there is no certificate in it", path.display()))) }
}

fn failed(error: RedisError) -> Unavailable {
    // Its words may quote a command with what it was given.
    Unavailable(match error.code() {
        Some(code) => format!("the server says {code}"),
        None => error.category().to_owned(),
    })
}

fn named(space: Space, key: &str) -> String {
    format!("{PREFIX}{}:{key}", space.name())
}

/// For a pattern to mean it as it is.
fn escaped(text: &str) -> String {
    let escape = |character: char| matches!(character, '*' | '?' | '[' | ']' | '\\' | '^');
    text.chars().flat_map(|character| escape(character).then_some('\\').into_iter().chain([character])).collect()
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}
