//! The screens: what a person sees, drawn from [`App`]'s state. A screen knows the domain and the session, and asks
//! [`journey`] to do things; none of them builds a URL or reads an answer.

mod access;
mod app;
mod arrival;
mod card_form;
mod cards;
mod desk;
mod done;
mod frame;
mod journey;
mod part;
pub mod photo;
mod photo_step;
mod preview;
mod sign_in;
mod signature;
mod steps;
mod studio;
mod templates;

pub use app::{App, HostEvent};
pub use frame::root;
