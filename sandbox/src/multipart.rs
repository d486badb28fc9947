//! Reads the bodies of requests.

use crate::form::Params;
use bytes::Bytes;
use std::borrow::Cow;

/// A request body is small next to a photo of a good camera; beyond this something is wrong.
pub(crate) const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// A request's parameters. A body that is not a readable form is a foreign one.
pub(crate) async fn read<'a>(query: &'a str, content_type: &str, body: Bytes) -> Params<'a> {
    let params = Params::from_query(query);
    if body.is_empty() {
        return params;
    }
    match read_form(content_type, body).await {
        Some(form) => {
            let form = form.into_iter().map(|(name, value)| (Cow::Owned(name), Cow::Owned(value))).collect();
            Params { form, ..params }
        }
        None => Params { foreign_body: true, ..params },
    }
}

async fn read_form(content_type: &str, body: Bytes) -> Option<Vec<(String, String)>> {
    let boundary = multer::parse_boundary(content_type).ok()?;
    let stream = futures_util::stream::once(std::future::ready(Ok::<_, std::io::Error>(body)));
    let mut parts = multer::Multipart::new(stream, boundary);
    let mut form = Vec::new();
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name()?.to_owned();
        let bytes = part.bytes().await.ok()?;
        form.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Some(form)
}
