//! The API's shapes: what is received and what is sent, as plain values. `wire` reads them, the sections' files take and
//! give them; nothing here knows of either.

mod address;
mod card;
mod contact;
mod contact_details;
mod money;
mod organization;
mod print_job;
mod profile;
mod template;

pub use address::{Address, AddressContact, AddressUpdate, NewAddress};
pub use card::{Card, CardValue, FieldValue, ImageValue, Orientation, Preview, PrintRecord};
pub use contact::{Contact, ContactUpdate};
pub use contact_details::ContactDetails;
pub use money::{Amount, ChargeItem};
pub use organization::{Organization, Payment, ShippingProvider, Transaction};
pub use print_job::{
    ChargeDetails, Destination, JobFilter, JobStatus, OneOffAddress, PostalAddress, PrintJob, PrintJobChange,
    PrintJobUpdate,
};
pub use profile::{Profile, ProfileOrganization};
pub use template::{Dimensions, Field, FieldKind, Template};
