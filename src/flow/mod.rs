//! What a person can do, and the state that it changes: no screen in here, and no browser.
//!
//! Each part of the product has a flow: the handle of its state, whose methods are what a person can do. A flow knows those
//! below it and what all of them share, the [`Context`]. The screens draw a flow's state and call it. What flows need of the
//! world they get as [`crate::world`]'s traits, so that they run the same in a browser and in a simulator.
//!
//! The first file of the WASM has what [`access`] needs only; what is behind it is reached by the tables in [`app`].

pub mod access;
pub mod account;
pub mod app;
pub mod arrival;
pub mod audits;
pub mod books;
pub mod card;
pub mod cart;
pub mod checkout;
mod context;
pub mod desk;
pub mod directory;
pub mod ending;
pub mod estimating;
pub mod faces;
pub mod funds;
pub mod given;
mod host;
pub mod kiosk;
mod left_out;
mod listing;
pub mod memory;
#[cfg(feature = "mutants")]
pub mod mutant;
#[cfg(not(feature = "mutants"))]
mod mutant;
pub mod network;
pub mod orders;
pub mod people;
mod photos;
mod places;
mod reading;
pub mod register;
mod remote;
mod screen;
mod submitting;
mod templates;
pub mod trail;
mod wording;

pub use app::App;
pub use books::Books;
pub use card::CardFlow;
pub use context::Context;
pub use desk::Desk;
pub use directory::Directory;
pub use ending::Ending;
pub use given::PageGifts;
pub use host::HostEvent;
pub use kiosk::Kiosk;
pub use listing::Listing;
pub use memory::Memory;
pub use people::People;
pub use photos::{Photos, Shot, Signing};
pub use reading::Reading;
pub use register::Register;
pub use remote::Remote;
pub use screen::{DeskPage, Screen};
pub use templates::Templates;
pub use wording::{Worded, code};
pub(crate) use wording::{left_out, when_back, word_gateway, worded, worded_asked, worded_unseen};
