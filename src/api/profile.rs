//! "User profile": who is signed in.

use super::client::{Call, Client};
use super::ids::OrganizationId;
use super::request::{Operation, READ, Request};
use super::wire;
use crate::world::Method::Get;

/// The signed-in user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The user's number.
    pub id: Option<u64>,
    /// The e-mail address that signs in.
    pub email: Option<String>,
    /// The user's name, from the settings.
    pub full_name: Option<String>,
    /// The organization that the user belongs to.
    pub organization: Option<ProfileOrganization>,
    /// How many entries a page of a list has, by the user's own settings.
    pub page_size: Option<u32>,
    /// Whether lists show photos, by the user's own settings.
    pub show_photo: Option<bool>,
}

/// The organization as a profile names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileOrganization {
    /// Its number.
    pub id: OrganizationId,
    /// Its name.
    pub name: Option<String>,
}

const PROFILE: Operation = Operation::new("profile", Get, READ);

impl Client {
    /// The signed-in user's profile.
    pub fn profile(&self) -> Call<Profile> {
        self.call(Request::new(&PROFILE, "profile/me"), wire::profile)
    }
}
