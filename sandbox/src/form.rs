//! The parameters of a request: the vendor documents for each operation which it takes, and refuses all others.

use crate::error::ApiError;
use bytes::Bytes;
use serde_json::Value;

/// A request's parameters as they arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    /// From the URL.
    pub(crate) query: Vec<(String, String)>,
    /// From a `multipart/form-data` body.
    pub(crate) form: Vec<(String, String)>,
    /// There was a body, and it was not a readable form.
    pub(crate) foreign_body: bool,
    /// Where the client reached the sandbox, e.g. `http://127.0.0.1:8787`, for links in answers.
    pub(crate) base: String,
}

/// The parameters of one operation, checked against what it documents.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Params {
    /// Takes a request apart.
    pub(crate) async fn read(query: &str, content_type: &str, body: Bytes) -> Self {
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        if body.is_empty() {
            return Self { query, ..Self::default() };
        }
        match read_form(content_type, body).await {
            Some(form) => Self { query, form, ..Self::default() },
            None => Self { query, foreign_body: true, ..Self::default() },
        }
    }

    /// The operation takes nothing at all.
    pub(crate) fn none(&self) -> Result<(), ApiError> {
        self.query_fields(&[], &[]).map(drop)
    }

    /// The operation's parameters are form parts.
    pub(crate) fn form_fields(&self, required: &[&str], optional: &[&str]) -> Result<Fields, ApiError> {
        if self.foreign_body {
            return Err(ApiError::bad_request("The body must be multipart/form-data"));
        }
        if let Some((name, _)) = self.query.first() {
            return Err(ApiError::unknown(name));
        }
        check(&self.form, required, optional)
    }

    /// The operation's parameters are in the URL.
    pub(crate) fn query_fields(&self, required: &[&str], optional: &[&str]) -> Result<Fields, ApiError> {
        if self.foreign_body {
            return Err(ApiError::bad_request("This operation takes no body"));
        }
        if let Some((name, _)) = self.form.first() {
            return Err(ApiError::unknown(name));
        }
        check(&self.query, required, optional)
    }
}

fn check(given: &[(String, String)], required: &[&str], optional: &[&str]) -> Result<Fields, ApiError> {
    for (name, _) in given {
        if !required.contains(&name.as_str()) && !optional.contains(&name.as_str()) {
            return Err(ApiError::unknown(name));
        }
    }
    let fields = Fields(given.to_vec());
    let missing: Vec<_> = required.iter().filter(|name| fields.filled(name).is_none()).collect();
    let Some(first) = missing.first() else {
        return Ok(fields);
    };
    let mut error = ApiError::missing(first);
    error.texts = missing.iter().map(|name| format!("Missing parameter '{name}'")).collect();
    Err(error)
}

/// A request body is small next to a photo of a good camera; beyond this something is wrong.
pub(crate) const BODY_LIMIT: usize = 32 * 1024 * 1024;

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

impl Fields {
    /// The parameter as it was sent, even if empty.
    pub(crate) fn sent(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The parameter, unless it is blank.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        self.sent(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The parameter, or "".
    pub(crate) fn text(&self, name: &str) -> &str {
        self.filled(name).unwrap_or_default()
    }

    /// A parameter that must be a whole number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, ApiError> {
        let Some(text) = self.filled(name) else {
            return Ok(None);
        };
        let wrong = |_| ApiError::bad_request(format!("Invalid value for parameter '{name}'"));
        text.parse::<u64>().map(Some).map_err(wrong)
    }

    /// A parameter whose value is a JSON array of ids, each a number or a text of digits.
    pub(crate) fn ids(&self, name: &str) -> Result<Option<Vec<u64>>, ApiError> {
        let Some(text) = self.filled(name) else {
            return Ok(None);
        };
        let read = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
        let ids = match serde_json::from_str(text) {
            Ok(Value::Array(items)) => items.iter().map(read).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        let wrong = || ApiError::bad_request(format!("Parameter '{name}' must be an array of card ids, e.g. [264561]"));
        ids.map(Some).ok_or_else(wrong)
    }

    /// The part of `items` that `page` and `page_size` ask for. Both are needed for paging to happen.
    pub(crate) fn page<T>(&self, items: impl Iterator<Item = T>) -> Result<Vec<T>, ApiError> {
        let (page, size) = (self.number("page")?, self.number("page_size")?);
        let (Some(page), Some(size)) = (page, size) else {
            return Ok(items.collect());
        };
        if page == 0 || size == 0 {
            return Err(ApiError::bad_request("Parameters 'page' and 'page_size' start at 1"));
        }
        let (page, size) = (page as usize, size as usize);
        Ok(items.skip((page - 1).saturating_mul(size)).take(size).collect())
    }
}
