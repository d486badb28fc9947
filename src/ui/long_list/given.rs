//! What a long list is made of, on both sides of the cut.

use super::places::Shape;
use crate::ui::dom::El;

/// Hears of these items.
pub(crate) type Rested = Box<dyn Fn(&[u64])>;

/// What a list is made of.
pub(super) struct Given {
    pub(super) list: El,
    pub(super) shape: Shape,
    pub(super) keys: Box<dyn Fn() -> Vec<u64>>,
    pub(super) item: Box<dyn Fn(u64) -> El>,
    pub(super) target: Box<dyn Fn() -> Option<u64>>,
    pub(super) rested: Option<Rested>,
}
