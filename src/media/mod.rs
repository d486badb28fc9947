//! Photos: what a file's bytes are, how it becomes a picture, and how a part of it becomes the JPEG that is sent. And the
//! other way: a text as a file.

pub mod blob_url;
pub mod camera;
mod canvas;
pub(crate) mod download;
pub mod encode;
pub mod header;
pub mod image_bytes;
mod jpeg;
pub mod photo;
mod readback;
pub mod smaller;
mod unended;

pub use blob_url::BlobUrl;
