//! What a site decides about its gateway: a TOML file, and the secrets, which come from the environment alone.
//!
//! [`file`] is the file's shape, [`secrets`] finds what does not belong in it, [`read`] makes the configuration of both ([`model`])
//! and finds every mistake at once.

mod file;
mod model;
mod read;
mod secrets;

pub use model::{
    Config, Devices, EndsWith, Key, Limits, Rate, Secret, Sessions, Statements, StoreAt, Vendor, Verifier, Watch,
};
pub use read::Mistakes;

/// `--example`: a configuration with every setting, and what each is for.
pub const EXAMPLE: &str = include_str!("example.toml");
