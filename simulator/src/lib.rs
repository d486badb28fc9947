//! The widget's flows and the sandbox's rules in one process: no socket, no thread, and a clock that goes when nothing else
//! can. One seed decides everything: what persons do, how long answers take, what goes wrong. A judge looks on.
//!
//! A walk ([`walk`](self)) has a world (a [`sandbox::door::Door`]), tabs with the real flows in them, persons who do what the
//! screens offer, and weather; in the end it is quiet, and everything must have come to its end. Bottom to top: `dice`,
//! `executor`, `timeline`, `plan`, `fault`, `journal`, `effect`, `server`, `weather`, `network`, `files`, `camera`, `provider`, `keys`, `tab`, `staff`, `book`, `persons`,
//! `judge`, `world`, `walk`, `script`, `shrink`, `tally`, `report`, `workers`.

#[cfg(test)]
mod bench;
mod book;
mod camera;
mod dice;
mod effect;
mod executor;
mod fault;
mod files;
#[cfg(test)]
mod gates;
mod gateway;
mod journal;
mod judge;
mod keys;
#[cfg(test)]
mod lines;
mod multipart;
mod mutants;
mod network;
mod operation;
mod options;
mod persons;
mod places;
mod plan;
mod provider;
mod report;
mod script;
mod server;
mod shrink;
mod staff;
mod statement;
mod tab;
mod tally;
#[cfg(test)]
mod tests;
mod timeline;
mod transcript;
mod visitors;
mod walk;
mod weather;
mod workers;
mod world;

pub use options::Options;
pub use workers::run;
