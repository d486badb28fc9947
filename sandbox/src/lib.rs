//! A stand-in for the InstantCard API v2: all operations that the vendor documents, its rules and its errors, previews
//! that are really rendered, and misbehaviour on request. It shares no code with the widget, so that a mistake in one
//! shows against the other.
//!
//! The rules are plain functions over a `world`: `api` finds the operation (`routes`, and one file per section of the
//! vendor's text) and words its answer in the `dialect`. Two ways lead there: `server` over HTTP, with everything that a
//! network does (`exchange`, `faults`), and [`door`] without a network. Imports point one way: server and door, then api,
//! routes, the sections, the world, and what it is made of.

mod action;
mod addresses;
mod admin;
mod api;
mod audit;
mod auth;
mod card_data;
mod cards;
mod charges;
mod clock;
mod contacts;
mod cut;
mod dialect;
pub mod door;
mod error;
mod exchange;
mod faults;
mod files;
mod form;
mod help;
mod job_form;
mod journal;
mod json;
mod listing;
mod luck;
mod money;
mod multipart;
mod options;
mod organization;
mod payment;
mod picture;
mod print_jobs;
mod random;
mod render;
mod response;
mod routes;
mod samples;
mod seed;
mod server;
mod settings;
mod site;
mod state;
mod store;
mod templates;
mod traffic;
mod world;

pub use dialect::{POINTS, Point};
pub use options::Options;
pub use server::{Sandbox, start};
