//! `<instant-card>`: order printed ID cards through the InstantCard API v2, from any web page.
//!
//! The rooms, top to bottom; a room imports only from those below it:
//! [`element`] (the host page), [`view`] (screens), [`ui`] (pieces that screens share), [`media`] (photos), [`session`]
//! (who is signed in), [`domain`] (cards and their rules), [`api`] (the vendor's server), `i18n` (words).

pub mod api;
pub mod domain;
// What the page sees is in the element; natively there is no page.
pub mod element;
mod i18n;
pub mod media;
pub mod session;
pub mod ui;
pub mod view;
