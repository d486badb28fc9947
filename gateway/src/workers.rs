//! A thread for each core, each with a runtime of its own: a connection stays on one, with those to the vendor that its requests go
//! out on. So no request wakes another thread, which costs more than answering it.

use std::cell::Cell;
use std::io;
use std::num::NonZero;
use std::thread;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

thread_local! {
    static NUMBER: Cell<usize> = const { Cell::new(0) };
}

/// How many there are.
pub(crate) fn count() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Which one this thread is, from 1 on; 0 for every other thread.
pub(crate) fn number() -> usize {
    NUMBER.get()
}

/// All of them. They end when this is dropped, with all that they are at.
#[derive(Debug)]
pub(crate) struct Workers {
    workers: Vec<Worker>,
    turn: usize,
}

#[derive(Debug)]
struct Worker {
    runtime: Handle,
    #[expect(dead_code, reason = "it is there to be dropped")]
    lives: oneshot::Sender<()>,
}

impl Workers {
    /// Starts them.
    pub(crate) fn start() -> io::Result<Workers> {
        let workers = (1..=count()).map(start).collect::<io::Result<_>>()?;
        Ok(Workers { workers, turn: 0 })
    }

    /// Where the next connection goes: each in its turn.
    pub(crate) fn next(&mut self) -> &Handle {
        self.turn = (self.turn + 1) % self.workers.len();
        &self.workers[self.turn].runtime
    }
}

fn start(number: usize) -> io::Result<Worker> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let (lives, ended) = oneshot::channel::<()>();
    thread::Builder::new().name(format!("worker {number}")).spawn(move || {
        NUMBER.set(number);
        let _ = runtime.block_on(ended);
    })?;
    Ok(Worker { runtime: handle, lives })
}
