//! Photos: what a file's bytes are, how it becomes a picture, and how a part of it becomes the JPEG that is sent.

pub mod blob_url;
pub mod camera;
mod canvas;
pub mod header;
pub mod image_bytes;
pub mod photo;

pub use blob_url::BlobUrl;
