//! The screens: what a person sees, drawn from the state of [`crate::flow`]. A screen knows the domain and the flow that it
//! draws, and asks that flow to do things; none of them builds a URL or reads an answer.

mod address_form;
mod books;
mod card_form;
mod cards;
mod desk;
mod done;
mod ending;
mod extras;
mod face;
mod form_field;
mod frame;
mod gateway;
mod given;
mod kiosk;
mod lists;
mod memory;
mod part;
mod people;
pub mod photo;
mod photo_step;
mod preview;
mod printing;
mod register;
mod sign_in;
mod signature;
mod staying;
mod steps;
mod strings;
mod studio;
mod templates;
mod terms;
mod trail;
mod typing;

pub use cards::load as load_cards;
pub use desk::load as load_desk;
pub(crate) use extras::take_strings;
pub use extras::{fetch_strings, load_memory};
pub use frame::root;
