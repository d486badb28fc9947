//! What flows need of the world around them, as traits: [`crate::browser`] has them from the browser, a simulator makes
//! them up. Nothing here does anything.

mod http;
mod keys;
mod lobby;
mod network;
mod page;
mod pictures;
mod store;
mod tab;

pub use http::{Method, Token, Transport, TransportFailure, Upload, WentOut, WireRequest, WireResponse};
pub use keys::{DeviceKey, DeviceKeys, NoKey};
pub use lobby::Lobby;
pub use network::Network;
pub use page::{LeaveGuard, Spawner};
pub use pictures::{Picture, PictureUrl, Pictures, Seen, Shrink, Unseen};
pub use store::DeviceStore;
pub use tab::TabStore;
