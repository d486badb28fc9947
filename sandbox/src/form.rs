//! The parameters of a request: the vendor documents for each operation which it takes, and refuses all others.

use crate::error::ApiError;
use serde_json::Value;
use std::borrow::Cow;

/// A name and a value.
pub(crate) type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// A request's parameters as they arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params<'a> {
    /// From the URL.
    pub(crate) query: Vec<Pair<'a>>,
    /// From a `multipart/form-data` body.
    pub(crate) form: Vec<Pair<'a>>,
    /// There was a body, and it was not a readable form.
    pub(crate) foreign_body: bool,
    /// Where the client reached the sandbox, e.g. `http://127.0.0.1:8787`, for links in answers.
    pub(crate) base: Cow<'a, str>,
}

/// What an operation is asked: its parameters, and the ids in its path below the organization's.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) params: &'a Params<'a>,
    pub(crate) ids: [&'a str; 2],
}

/// The parameters of one operation, checked against what it documents.
#[derive(Debug)]
pub(crate) struct Fields<'a>(&'a [Pair<'a>]);

impl Call<'_> {
    /// The id in the path; one that is not a number is not found. `what` is the kind of thing that it belongs to.
    pub(crate) fn id(&self, what: &str) -> Result<u64, ApiError> {
        self.ids[0].parse().map_err(|_| ApiError::not_found(what))
    }

    /// The second one.
    pub(crate) fn second_id(&self, what: &str) -> Result<u64, ApiError> {
        self.ids[1].parse().map_err(|_| ApiError::not_found(what))
    }
}

impl<'a> Params<'a> {
    /// Takes the part of a URL behind the question mark apart.
    pub(crate) fn from_query(query: &'a str) -> Self {
        Self { query: form_urlencoded::parse(query.as_bytes()).collect(), ..Self::default() }
    }

    /// The operation takes nothing at all.
    pub(crate) fn none(&self) -> Result<(), ApiError> {
        self.query_fields(&[], &[]).map(drop)
    }

    /// The operation's parameters are form parts.
    pub(crate) fn form_fields(&self, required: &[&str], optional: &[&str]) -> Result<Fields<'_>, ApiError> {
        if self.foreign_body {
            return Err(ApiError::bad_request("The body must be multipart/form-data"));
        }
        if let Some((name, _)) = self.query.first() {
            return Err(ApiError::unknown(name));
        }
        check(&self.form, required, optional)
    }

    /// The operation's parameters are in the URL.
    pub(crate) fn query_fields(&self, required: &[&str], optional: &[&str]) -> Result<Fields<'_>, ApiError> {
        if self.foreign_body {
            return Err(ApiError::bad_request("This operation takes no body"));
        }
        if let Some((name, _)) = self.form.first() {
            return Err(ApiError::unknown(name));
        }
        check(&self.query, required, optional)
    }
}

fn check<'a>(given: &'a [Pair<'a>], required: &[&str], optional: &[&str]) -> Result<Fields<'a>, ApiError> {
    for (name, _) in given {
        if !required.contains(&name.as_ref()) && !optional.contains(&name.as_ref()) {
            return Err(ApiError::unknown(name));
        }
    }
    let fields = Fields(given);
    let missing: Vec<_> = required.iter().filter(|name| fields.filled(name).is_none()).collect();
    let Some(first) = missing.first() else {
        return Ok(fields);
    };
    let mut error = ApiError::missing(first);
    error.texts = missing.iter().map(|name| format!("Missing parameter '{name}'")).collect();
    Err(error)
}

impl Fields<'_> {
    /// The parameter as it was sent, even if empty.
    pub(crate) fn sent(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
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
