//! The log: one line for each request, with the operation, the status, how long it took, who it was by a hash, and in a word why
//! something was refused. No body, no token, no query, no path as it was written, no name.

use super::json::Json;
use super::line;
use std::io::{self, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// So long lines about requests that were answered are gathered, and so many bytes of them at most.
const GATHERING: Duration = Duration::from_millis(100);
const GATHERED: usize = 64 * 1024;

/// The log. What was gathered is written when this is dropped.
#[derive(Debug)]
#[must_use]
pub struct Log(Arc<Lines>);

impl Drop for Log {
    fn drop(&mut self) {
        self.0.write();
    }
}

/// Begins to log to the standard output: JSON, or for a person to read. `RUST_LOG` says how much, `info` when it does not.
pub(crate) fn begin(plain: bool) -> Log {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = Arc::new(Lines::default());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Writing(Arc::clone(&lines)));
    // In tests several gateways begin to.
    let began = if plain { log.try_init() } else { log.event_format(Json).try_init() };
    if began.is_ok() {
        let lines = Arc::clone(&lines);
        thread::spawn(move || lines.write_by_and_by());
    }
    Log(lines)
}

/// Lines that are still to be written: to write each by itself costs more than most requests.
#[derive(Debug, Default)]
struct Lines {
    gathered: Mutex<Vec<u8>>,
    rings: Condvar,
}

impl Lines {
    fn gathered(&self) -> MutexGuard<'_, Vec<u8>> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, line: &[u8], at_once: bool) {
        let mut gathered = self.gathered();
        if gathered.is_empty() && !at_once {
            self.rings.notify_one();
        }
        gathered.extend_from_slice(line);
        if at_once || gathered.len() >= GATHERED {
            out(&mut gathered);
        }
    }

    fn write(&self) {
        out(&mut self.gathered());
    }

    fn write_by_and_by(&self) {
        loop {
            let gathered = self.rings.wait_while(self.gathered(), |gathered| gathered.is_empty());
            drop(gathered);
            thread::sleep(GATHERING);
            self.write();
        }
    }
}

/// Whoever waits for it to be taken waits, so that no line is lost and no more is held than there is room for.
fn out(gathered: &mut Vec<u8>) {
    // Where nobody reads the log any more, there is nobody to be told so.
    let _ = io::stdout().lock().write_all(gathered);
    gathered.clear();
}

/// Where the log is written.
#[derive(Debug)]
struct Writing(Arc<Lines>);

/// One line on its way there.
#[derive(Debug)]
struct Written<'a> {
    lines: &'a Lines,
    at_once: bool,
}

impl<'a> MakeWriter<'a> for Writing {
    type Writer = Written<'a>;

    fn make_writer(&'a self) -> Written<'a> {
        Written { lines: &self.0, at_once: true }
    }

    /// What somebody has to know of, and the audit trail, is not gathered: it is there even if the gateway is killed.
    fn make_writer_for(&'a self, event: &tracing::Metadata<'_>) -> Written<'a> {
        let at_once = event.target() != line::TARGET || *event.level() != tracing::Level::INFO;
        Written { lines: &self.0, at_once }
    }
}

impl io::Write for Written<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.lines.add(line, self.at_once);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::line::Line;
    use std::net::{IpAddr, Ipv4Addr};

    /// How many bytes are gathered after this was logged.
    fn gathered(log: impl FnOnce()) -> usize {
        let lines = Arc::new(Lines::default());
        let writing = Writing(Arc::clone(&lines));
        let subscriber = tracing_subscriber::fmt().event_format(Json).with_writer(writing).finish();
        tracing::subscriber::with_default(subscriber, log);
        lines.gathered().len()
    }

    #[test]
    fn what_went_well_is_gathered_and_what_did_not_is_written_at_once() {
        let line = |why| Line {
            operation: Some("cards.fetch"),
            method: "GET",
            status: 200,
            took: Duration::ZERO,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            origin: None,
            who: None,
            why,
        };
        assert!(gathered(|| line(None).write()) > 100);
        assert_eq!(gathered(|| line(Some("card-of-somebody-else")).write()), 0);
        assert_eq!(gathered(|| tracing::info!(target: "audit", deed = "{}")), 0);
        assert_eq!(gathered(|| tracing::warn!("vendor")), 0);
    }
}
