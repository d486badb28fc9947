//! The client of the InstantCard API v2: its 37 operations, one file per section of the vendor's text.
//!
//! [`Client`] is the one door: it adds the token, renews it after a 401, retries reads, keeps the time limits and turns
//! every failure into an [`Error`]. What the vendor's text leaves open is decided in `wire` alone. Wording an error for
//! a person, reading an amount, and who is signed in belong to others; nothing here knows of Leptos or of the domain.
//!
//! Bottom to top, each file uses only those before it: `ids`, `find`, `endpoint`, `form`, `json`, `error`, `entries`, `line`; `model` (the
//! shapes); `wire`; `request`; `sending`; `client`; `renewal`, `gateway`, `devices` and the sections.

mod addresses;
mod auth;
mod card_templates;
mod cards;
mod client;
mod contacts;
mod devices;
mod endpoint;
mod entries;
mod error;
mod find;
mod form;
mod gateway;
mod ids;
mod json;
mod line;
mod model;
mod organization;
mod print_jobs;
mod profile;
mod renewal;
mod request;
mod sending;
mod uploading;
mod wire;

#[cfg(test)]
pub(crate) mod fake;
#[cfg(test)]
mod tests;

pub use client::{Call, Client, Credentials};
pub use devices::{Device, Enrolment};
pub use endpoint::{Attribute, Endpoint, EndpointError, EndpointFlaw, PRODUCTION, STAGING};
pub use entries::Entries;
pub use error::Error;
pub(crate) use find::{cut, has};
pub use gateway::{HearSession, Held, Placed, SessionValues, preparing};
pub use ids::{AddressId, CardId, ContactId, OrganizationId, PrintJobId, ShippingProviderId, TemplateId};
pub use line::{Line, OnTheWay, Prepare, Prepared};
pub use model::{
    Address, AddressContact, AddressUpdate, Amount, Card, CardValue, ChargeDetails, ChargeItem, Contact,
    ContactDetails, ContactUpdate, Destination, Dimensions, Field, FieldKind, FieldValue, ImageValue, JobFilter,
    JobStatus, NewAddress, OneOffAddress, Organization, Orientation, Payment, PostalAddress, Preview, PrintJob,
    PrintJobChange, PrintJobUpdate, PrintRecord, Profile, ProfileOrganization, ShippingProvider, Template, Transaction,
};
pub use renewal::Renewal;
pub use request::{Page, Paged};
pub use uploading::carry_photos;
