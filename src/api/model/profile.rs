//! The signed-in user.

use crate::api::ids::OrganizationId;

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
