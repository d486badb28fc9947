//! What contacts and addresses both say of a person.

/// A person, and how to reach them; as sent for a new contact, and as received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactDetails {
    /// The name. Required for a new contact.
    pub full_name: String,
    /// The e-mail address. Required for a new contact.
    pub email: String,
    /// Another e-mail address.
    pub alt_email: Option<String>,
    /// A telephone number.
    pub phone_number: Option<String>,
    /// Another telephone number.
    pub alt_phone_number: Option<String>,
}
