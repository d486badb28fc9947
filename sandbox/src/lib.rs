//! A stand-in for the InstantCard API v2: all operations that the vendor documents, its rules and its errors, previews
//! that are really rendered, and misbehaviour on request. It shares no code with the widget, so that a mistake in one
//! shows against the other.
//!
//! `server` takes a connection's requests and decides who answers: the API (`router` and one file per section of the
//! vendor's text, over `store`), `admin`, or `files`. `faults` and `dialect` bend what the API says on its way out.

mod addresses;
mod admin;
mod audit;
mod auth;
mod card_data;
mod cards;
mod charges;
mod cli;
mod clock;
mod contacts;
mod dialect;
mod error;
mod faults;
mod files;
mod form;
mod job_form;
mod journal;
mod money;
mod organization;
mod payment;
mod picture;
mod print_jobs;
mod random;
mod render;
mod router;
mod seed;
mod server;
mod store;
mod templates;

pub use cli::Options;
pub use dialect::{POINTS, Point};
pub use server::{Sandbox, start};
