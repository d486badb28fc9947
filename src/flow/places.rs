//! Where each flow's values stand in the row that a widget has for all of them.

/// So many places each flow has.
pub(super) const ROOM: u32 = 24;

pub(super) const CONTEXT: u32 = 0;
pub(super) const CARD: u32 = ROOM;
pub(super) const TEMPLATES: u32 = 2 * ROOM;
pub(super) const APP: u32 = 3 * ROOM;
pub(super) const FACES: u32 = 4 * ROOM;
pub(super) const CART: u32 = 5 * ROOM;
pub(super) const AUDITS: u32 = 6 * ROOM;
pub(super) const ACCOUNT: u32 = 7 * ROOM;
pub(super) const FUNDS: u32 = 8 * ROOM;
pub(super) const CHECKOUT: u32 = 9 * ROOM;
pub(super) const ORDERS: u32 = 10 * ROOM;
pub(super) const KIOSK: u32 = 11 * ROOM;
pub(super) const ENDING: u32 = 12 * ROOM;
pub(super) const GIVEN: u32 = 13 * ROOM;
pub(super) const MEMORY: u32 = 14 * ROOM;
pub(super) const REGISTER: u32 = 15 * ROOM;
pub(super) const DIRECTORY: u32 = 16 * ROOM;
pub(super) const PEOPLE: u32 = 17 * ROOM;
/// One for each of the server's lists.
pub(super) const LEFT_OUT: u32 = 18 * ROOM;
pub(super) const COLLEAGUES: u32 = 19 * ROOM;

/// What is made before the values have a first one.
pub(super) const LAST_OF_CONTEXT: u32 = CONTEXT + ROOM - 1;
pub(super) const LAST_OF_APP: u32 = APP + ROOM - 1;

/// All of them together.
pub(super) const ALL: u32 = 20 * ROOM;
