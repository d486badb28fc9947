//! Where a kiosk stands, as far as its flow has to do with it.

/// The screen that strangers use one after another, and what its browser keeps of them.
pub trait Lobby {
    /// Somebody has touched it: from now on nothing of the browser's is to be in their way.
    fn come_alive(&self);

    /// Whether the browser waits for somebody to let it use the camera, or for the camera itself.
    fn is_asking(&self) -> bool;

    /// Nothing of what the person has set, or come to, is for the next one.
    fn forget(&self);

    /// This camera is the first to be asked for: its id, and its name, by which it is known again where browsers give it another
    /// id. None: whichever there is.
    fn prefer_camera(&self, camera: Option<(String, String)>);

    /// It is no kiosk for a while: the screen is no longer filled, nor kept lit.
    fn let_go(&self);
}
