//! The browser's queue of things to go on with.

use futures_util::future::LocalBoxFuture;

use crate::world::Spawner;

/// Tasks between the browser's own.
#[derive(Debug)]
pub struct Tasks;

impl Spawner for Tasks {
    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        wasm_bindgen_futures::spawn_local(task);
    }
}
