//! The widget's flows and the sandbox's rules in one process: no socket, no thread, and a clock that goes when nothing else
//! can. One seed decides everything: what persons do, how long answers take, what goes wrong. A judge looks on.
//!
//! A walk ([`walk`](self)) has a world (a [`sandbox::door::Door`]), tabs with the real flows in them, persons who do what the
//! screens offer, and weather; in the end it is quiet, and everything must have come to its end. Bottom to top: `dice`,
//! `executor`, `timeline`, `plan`, `fault`, `journal`, `server`, `weather`, `network`, `files`, `camera`, `provider`, `tab`, `book`, `persons`,
//! `judge`, `world`, `walk`, `script`, `shrink`, `tally`, `report`, `workers`.

#[cfg(test)]
mod bench;
mod book;
mod camera;
mod dice;
mod executor;
mod fault;
mod files;
#[cfg(test)]
mod gates;
mod journal;
mod judge;
#[cfg(test)]
mod lines;
mod mutants;
mod network;
mod options;
mod persons;
mod plan;
mod provider;
mod report;
mod script;
mod server;
mod shrink;
mod tab;
mod tally;
#[cfg(test)]
mod tests;
mod timeline;
mod transcript;
mod walk;
mod weather;
mod workers;
mod world;

pub use options::Options;
pub use workers::run;
