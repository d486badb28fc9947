//! `<instant-card>`: order printed ID cards through the InstantCard API v2, from any web page.
//!
//! The rooms, top to bottom; a room imports only from those below it:
//! [`element`] (the host page), [`view`] (screens), [`ui`] (pieces that screens share), [`media`] (camera and pictures),
//! [`browser`] (what flows need of the world, from the browser), [`flow`] (what a person can do, and the state that it
//! changes), [`session`] (who is signed in), [`domain`] (cards and their rules), [`api`] (the vendor's server), `i18n`
//! (words), [`world`] (what is needed of the world, as traits), [`reactive`] (signals).

pub mod api;
pub mod browser;
pub mod domain;
// What the page sees is in the element; natively there is no page.
pub mod element;
pub mod flow;
mod i18n;
pub mod media;
pub mod reactive;
pub mod session;
pub mod ui;
pub mod view;
pub mod world;
