//! Cards and their rules, in plain Rust: no browser here, and every rule is tested natively.

pub mod address;
pub mod audit;
pub mod camera;
pub mod card_name;
pub mod cart;
pub mod charges;
pub mod config;
pub mod crop;
pub mod cutoff;
pub mod draft;
pub mod edit;
pub mod face;
pub mod field;
pub mod instant;
pub mod ledger;
pub mod lock;
pub mod money;
pub mod orders;
pub mod payment_card;
pub mod quality;
pub mod sort;
pub mod statement;
pub mod stroke;
pub mod submission;
pub mod top_up;
