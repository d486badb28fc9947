//! The numbers by which the server knows things, each with a type of its own so that none passes for another.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id! {
    /// An organization's number.
    OrganizationId
    /// A card's number, the same for its draft and for the finalized card.
    CardId
    /// A card template's number.
    TemplateId
    /// A print job's number.
    PrintJobId
    /// A saved address's number.
    AddressId
    /// A contact's number.
    ContactId
    /// A shipping provider's number.
    ShippingProviderId
}
