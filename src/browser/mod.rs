//! What flows need of the world, as browsers have it: see [`crate::world`].

#[cfg(target_family = "wasm")]
mod alloc;
mod device;
mod fetch;
mod given;
mod history;
pub(crate) mod js;
mod keys;
mod network;
mod parts;
mod staying;
mod tab;
mod tasks;
mod upload;

#[cfg(target_family = "wasm")]
pub use alloc::wipe;
pub use device::LocalStorage;
pub use fetch::Fetch;
pub use given::Properties;
pub use history::History;
pub use keys::Keys;
pub use network::OnLine;
pub use staying::BeforeUnload;
pub use tab::SessionStore;
pub use tasks::Tasks;
pub use upload::Xhr;
