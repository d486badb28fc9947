//! What flows need of the world, as browsers have it: see [`crate::world`].

mod device;
mod fetch;
mod given;
mod history;
mod parts;
mod staying;
mod tasks;
mod upload;

pub use device::LocalStorage;
pub use fetch::Fetch;
pub use given::Properties;
pub use history::History;
pub use staying::BeforeUnload;
pub use tasks::Tasks;
pub use upload::Xhr;
