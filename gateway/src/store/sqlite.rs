//! A store in one file, for one machine: SQLite with a write-ahead log.
//!
//! One thread writes. What waits for it is written together and flushed to the disk once, and told to whoever asked only then.
//! Two threads read. Several instances on one machine may share the file.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension as _, params};
use tokio::sync::oneshot;

use super::change::{Change, Changed, number};
use super::space::{Space, Unavailable};

/// The layout of the file that this version writes.
const SCHEMA: i64 = 1;

/// What tells our files from others' (`PRAGMA application_id`): "ICGW".
const APPLICATION: i64 = 0x4943_4757;

/// So many changes are flushed together at most.
const TOGETHER: usize = 256;

/// So often entries that have ended are taken out, and so many at a time.
const CLEANING: Duration = Duration::from_secs(20);
const CLEANED: usize = 1000;

type Entries = Vec<(String, Vec<u8>)>;

enum Question {
    Get(Space, String, oneshot::Sender<Result<Option<Vec<u8>>, Unavailable>>),
    List(Space, String, oneshot::Sender<Result<Entries, Unavailable>>),
}

struct Order {
    space: Space,
    key: String,
    change: Change,
    reply: oneshot::Sender<Result<Changed, Unavailable>>,
}

/// Entries in a file.
#[derive(Debug)]
pub struct Sqlite {
    writer: Sender<Order>,
    readers: [Sender<Question>; 2],
    turn: AtomicUsize,
}

impl Sqlite {
    /// Opens the file, which is made if there is none, for this user alone. Blocks.
    ///
    /// # Errors
    /// The file cannot be opened, is none of ours, or was written by a newer version.
    pub fn open(path: &Path) -> Result<Self, Unavailable> {
        private(path).map_err(|error| Unavailable(format!("{}: {error}", path.display())))?;
        let named = |error| Unavailable(format!("{}: {error}", path.display()));
        let connection = connect(path).map_err(named)?;
        prepare(&connection).map_err(|Unavailable(text)| Unavailable(format!("{}: {text}", path.display())))?;
        let readers = [connect(path).map_err(named)?, connect(path).map_err(named)?].map(|connection| {
            let (questions, asked) = channel();
            thread::spawn(move || read(&connection, &asked));
            questions
        });
        let (writer, orders) = channel();
        thread::spawn(move || write(&connection, &orders));
        Ok(Self { writer, readers, turn: AtomicUsize::new(0) })
    }

    pub(super) async fn get(&self, space: Space, key: &str) -> Result<Option<Vec<u8>>, Unavailable> {
        let (reply, told) = oneshot::channel();
        self.ask(Question::Get(space, key.to_owned(), reply))?;
        told.await.map_err(|_| gone())?
    }

    pub(super) async fn list(&self, space: Space, prefix: &str) -> Result<Entries, Unavailable> {
        let (reply, told) = oneshot::channel();
        self.ask(Question::List(space, prefix.to_owned(), reply))?;
        told.await.map_err(|_| gone())?
    }

    pub(super) async fn change(&self, space: Space, key: &str, change: Change) -> Result<Changed, Unavailable> {
        let (reply, told) = oneshot::channel();
        self.writer.send(Order { space, key: key.to_owned(), change, reply }).map_err(|_| gone())?;
        told.await.map_err(|_| gone())?
    }

    fn ask(&self, question: Question) -> Result<(), Unavailable> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        self.readers[turn % self.readers.len()].send(question).map_err(|_| gone())
    }
}

fn gone() -> Unavailable {
    Unavailable("its thread has ended".to_owned())
}

fn failed(error: &rusqlite::Error) -> Unavailable {
    Unavailable(error.to_string())
}

/// Sees that there is a file that only this user may read; those beside it (`-wal`, `-shm`) get its mode.
fn private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        options.mode(0o600).open(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))
    }
    #[cfg(not(unix))]
    options.open(path).map(drop)
}

fn connect(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), Unavailable> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, schema) = (
        pragma("application_id").map_err(|error| failed(&error))?,
        pragma("user_version").map_err(|error| failed(&error))?,
    );
    let is_new = application == 0 && schema == 0;
    if !is_new && application != APPLICATION {
        return Err(Unavailable("is no store of the gateway's".to_owned()));
    }
    if schema > SCHEMA {
        return Err(Unavailable(format!("was written by a newer version of the gateway (layout {schema})")));
    }
    let wal: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(|error| failed(&error))?;
    if wal != "wal" {
        return Err(Unavailable("the file system does not let SQLite keep a write-ahead log".to_owned()));
    }
    connection
        .execute_batch(&format!(
            "PRAGMA journal_size_limit = 16777216;
            BEGIN IMMEDIATE;
            CREATE TABLE IF NOT EXISTS entry (
                space TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, ends INTEGER, PRIMARY KEY (space, key)
            ) STRICT;
            CREATE INDEX IF NOT EXISTS ends ON entry (ends) WHERE ends IS NOT NULL;
            PRAGMA application_id = {APPLICATION};
            PRAGMA user_version = {SCHEMA};
            COMMIT;"
        ))
        .map_err(|error| failed(&error))
}

/// The thread that reads, until nobody can ask any more.
fn read(connection: &Connection, questions: &Receiver<Question>) {
    while let Ok(question) = questions.recv() {
        // Whoever asked may be gone.
        match question {
            Question::Get(space, key, reply) => {
                let _ = reply.send(get(connection, space, &key, now()).map_err(|error| failed(&error)));
            }
            Question::List(space, prefix, reply) => {
                let _ = reply.send(list(connection, space, &prefix).map_err(|error| failed(&error)));
            }
        }
    }
}

fn get(connection: &Connection, space: Space, key: &str, now: i64) -> Result<Option<Vec<u8>>, rusqlite::Error> {
    let mut query = connection
        .prepare_cached("SELECT value FROM entry WHERE space = ? AND key = ? AND (ends IS NULL OR ends > ?)")?;
    query.query_row(params![space.name(), key, now], |row| row.get(0)).optional()
}

fn list(connection: &Connection, space: Space, prefix: &str) -> Result<Entries, rusqlite::Error> {
    let mut query = connection.prepare_cached(
        "SELECT key, value FROM entry WHERE space = ?1 AND key >= ?2 AND substr(key, 1, length(?2)) = ?2
            AND (ends IS NULL OR ends > ?3) ORDER BY key",
    )?;
    query.query_map(params![space.name(), prefix, now()], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The thread that writes, until nobody can order any more.
fn write(connection: &Connection, orders: &Receiver<Order>) {
    let mut flushes = None;
    let mut cleaned = SystemTime::now();
    loop {
        match orders.recv_timeout(CLEANING) {
            Ok(order) => {
                let mut together = vec![order];
                together.extend(orders.try_iter().take(TOGETHER - 1));
                carry_out(connection, together, &mut flushes);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if cleaned.elapsed().unwrap_or(CLEANING) >= CLEANING {
            match clean(connection) {
                // There are more: some with each further order.
                Ok(CLEANED..) => {}
                Ok(_) => cleaned = SystemTime::now(),
                Err(error) => {
                    tracing::warn!(%error, "entries that have ended were not taken out");
                    cleaned = SystemTime::now();
                }
            }
        }
    }
}

fn carry_out(connection: &Connection, orders: Vec<Order>, flushes: &mut Option<bool>) {
    let lasting = orders.iter().any(|order| order.space.outlives_power());
    let written = set_flushing(connection, lasting, flushes).and_then(|()| all(connection, &orders));
    match written {
        Ok(changed) => {
            for (order, changed) in orders.into_iter().zip(changed) {
                let _ = order.reply.send(Ok(changed));
            }
        }
        Err(error) => {
            tracing::error!(%error, "the store was not written");
            for order in orders {
                let _ = order.reply.send(Err(failed(&error)));
            }
        }
    }
}

/// With `FULL` a change is on the disk when it is told; with `NORMAL` it outlives this process, and maybe not the machine's power.
fn set_flushing(connection: &Connection, lasting: bool, flushes: &mut Option<bool>) -> Result<(), rusqlite::Error> {
    if *flushes != Some(lasting) {
        connection.pragma_update(None, "synchronous", if lasting { "FULL" } else { "NORMAL" })?;
        *flushes = Some(lasting);
    }
    Ok(())
}

/// All of them or none.
fn all(connection: &Connection, orders: &[Order]) -> Result<Vec<Changed>, rusqlite::Error> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let changed: Result<Vec<_>, _> =
        orders.iter().map(|order| change(connection, order.space, &order.key, &order.change)).collect();
    let ended = match &changed {
        Ok(_) => connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])),
        Err(_) => Ok(0),
    };
    if changed.is_err() || ended.is_err() {
        // It fails where SQLite has done so by itself.
        let _ = connection.execute_batch("ROLLBACK");
    }
    ended.and(changed)
}

fn change(connection: &Connection, space: Space, key: &str, change: &Change) -> Result<Changed, rusqlite::Error> {
    let now = now();
    let put = |value: &[u8], ends: Option<i64>| {
        connection
            .prepare_cached("INSERT OR REPLACE INTO entry (space, key, value, ends) VALUES (?, ?, ?, ?)")?
            .execute(params![space.name(), key, value, ends])
    };
    let end = |ttl: &Option<Duration>| ttl.map(|ttl| now.saturating_add(milliseconds(ttl)));
    Ok(match change {
        Change::Put { value, ttl } => {
            put(value, end(ttl))?;
            Changed::Is(true)
        }
        Change::PutNew { value, ttl } => {
            let is_new = get(connection, space, key, now)?.is_none();
            if is_new {
                put(value, end(ttl))?;
            }
            Changed::Is(is_new)
        }
        Change::Swap { old, new, ttl } => {
            let is_old = get(connection, space, key, now)?.as_deref() == Some(old);
            if is_old {
                put(new, end(ttl))?;
            }
            Changed::Is(is_old)
        }
        Change::Remove => {
            let was_there = get(connection, space, key, now)?.is_some();
            connection
                .prepare_cached("DELETE FROM entry WHERE space = ? AND key = ?")?
                .execute(params![space.name(), key])?;
            Changed::Is(was_there)
        }
        Change::Add { amount, ttl } => {
            let there: Option<(Vec<u8>, Option<i64>)> = connection
                .prepare_cached(
                    "SELECT value, ends FROM entry WHERE space = ? AND key = ? AND (ends IS NULL OR ends > ?)",
                )?
                .query_row(params![space.name(), key, now], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (sum, ends) = match there {
                Some((value, ends)) => (number(&value).saturating_add(*amount), ends),
                None => (*amount, end(ttl)),
            };
            put(sum.to_string().as_bytes(), ends)?;
            Changed::Sum(sum)
        }
    })
}

/// Takes out entries that have ended, a thousand at a time, so that nobody waits for long.
fn clean(connection: &Connection) -> Result<usize, rusqlite::Error> {
    connection
        .prepare_cached("DELETE FROM entry WHERE rowid IN (SELECT rowid FROM entry WHERE ends <= ? LIMIT ?)")?
        .execute(params![now(), i64::try_from(CLEANED).unwrap_or(1000)])
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

fn now() -> i64 {
    milliseconds(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}
