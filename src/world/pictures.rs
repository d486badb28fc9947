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

/// Turns what a server sends as a picture into one that can be shown.
pub trait Pictures {
    /// The picture in `base64`, once its bytes are checked to be one; none where they are not.
    fn show(&self, base64: &str) -> Option<Rc<dyn PictureUrl>>;
}

/// Makes pictures smaller that are on a card already, where the line or something on it does not let them through.
pub trait Shrink {
    /// The JPEG in `base64`, in about a third of its bytes; none where that cannot be done.
    fn smaller(&self, base64: &str) -> LocalBoxFuture<'static, Option<String>>;
}
