//! Keys that a device has, by which it says who it is.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

/// Why a device has no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoKey {
    /// The page is none that may use keys: it did not come by https.
    Insecure,
    /// Nothing is kept here: a private window, or a setting.
    NotKept,
}

/// A pair of keys on the curve P-256. Nobody reads its private one, whoever has this.
pub trait DeviceKey {
    /// The public one, as a JWK.
    fn public(&self) -> String;

    /// A JSON Web Token with this head and these claims, signed. None where that fails.
    fn sign(&self, head: &str, claims: &str) -> LocalBoxFuture<'static, Option<String>>;

    /// Keeps it over a restart, for the server at `place`, with what is to be known of it; in place of what was kept there.
    fn keep(&self, place: &str, about: &str) -> LocalBoxFuture<'static, Result<(), NoKey>>;
}

/// The keys of a device.
pub trait DeviceKeys {
    /// Makes a new one.
    fn make(&self) -> LocalBoxFuture<'static, Result<Rc<dyn DeviceKey>, NoKey>>;

    /// The one that is kept for the server at `place`, and what is to be known of it.
    fn recall(&self, place: &str) -> LocalBoxFuture<'static, Option<(Rc<dyn DeviceKey>, String)>>;

    /// Keeps none for it any more.
    fn forget(&self, place: &str) -> LocalBoxFuture<'static, ()>;

    /// The time by the device's clock, in seconds since 1970.
    fn now(&self) -> u64;

    /// The origin of the page that it shows.
    fn origin(&self) -> String;
}
