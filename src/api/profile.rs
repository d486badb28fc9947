//! "User profile": who is signed in.

use super::client::{Call, Client};
use super::model::Profile;
use super::request::{Operation, READ, Request};
use super::wire;
use crate::world::Method::Get;

const PROFILE: Operation = Operation::new("profile", Get, READ);

impl Client {
    /// The signed-in user's profile.
    pub fn profile(&self) -> Call<Profile> {
        self.call(Request::new(&PROFILE, "profile/me"), wire::profile)
    }
}
