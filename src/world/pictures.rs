//! Pictures, as flows have them: to be handed on, never to be looked into.

use std::any::Any;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

/// A picture that a person has chosen or taken, opened by whoever draws it. A flow keeps it and gives it back.
pub trait Picture: Any {}

/// A checked picture that a screen can show; its address is good for as long as this lives.
pub trait PictureUrl {
    /// The address, for an `img`.
    fn url(&self) -> &str;
}

/// Why a picture is not to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// It is no picture.
    NoPicture,
    /// The page shows no pictures that come like this one.
    Blocked,
}

/// A picture that was shown, or why it is not.
pub type Seen = Result<Rc<dyn PictureUrl>, Unseen>;

/// Turns what a server sends as a picture into one that can be shown.
pub trait Pictures {
    /// The picture in `base64`, once its bytes are checked to be one, and it has been seen that the page shows it.
    fn show(&self, base64: &str) -> LocalBoxFuture<'static, Seen>;
}

/// Makes pictures smaller that are on a card already, where the line or something on it does not let them through.
pub trait Shrink {
    /// The JPEG in `base64`, in about a third of its bytes; none where that cannot be done.
    fn smaller(&self, base64: &str) -> LocalBoxFuture<'static, Option<String>>;
}
