//! What flows need of the world, as browsers have it: see [`crate::world`].

mod fetch;
mod staying;
mod tasks;

pub use fetch::Fetch;
pub use staying::BeforeUnload;
pub use tasks::Tasks;
