//! What is needed of the page to know what it gives.

use std::rc::Rc;
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;

use crate::api::Field;
use crate::domain::edit::Editing;
use crate::domain::given::{Given, Worth};
use crate::flow::card::CardFlow;
use crate::world::Picture;

/// The page, as far as it gives something.
pub trait Gifts {
    /// What it gives now.
    fn now(&self) -> Given;

    /// Makes of a picture that it gives what `field` takes; `Err` says in words why that cannot be.
    fn develop(
        &self,
        card: CardFlow,
        field: &Field,
        worth: &Worth,
    ) -> LocalBoxFuture<'static, Result<Developed, String>>;
}

/// A picture that was given, as a field takes it.
#[allow(missing_debug_implementations, reason = "it may be somebody's photo")]
pub struct Developed {
    /// The Base64 of a JPEG.
    pub base64: Arc<str>,
    /// The picture itself, to be cropped anew.
    pub shot: Option<(Rc<dyn Picture>, Editing)>,
}
