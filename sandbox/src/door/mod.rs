//! The API without a network.

mod entrance;
#[cfg(test)]
mod tests;
mod view;

pub use entrance::{Door, DoorAnswer, DoorOptions, DoorRequest, PIXEL};
pub use view::{DoorAddress, DoorCard, DoorCharge, DoorContact, DoorEntry, DoorJob};
