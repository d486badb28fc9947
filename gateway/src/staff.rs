//! Staff with an account of their own at the vendor pass through, by the list of operations, with their own token: what they may do
//! is the vendor's to say.

use crate::answer::{Answer, Refusal};
use crate::cards;
use crate::guard::operations::Target;
use crate::house::House;
use crate::once::Key;
use crate::upstream::Ask;
use bytes::Bytes;
use url::form_urlencoded;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) target: Target,
    pub(crate) key: Option<Key>,
    pub(crate) origin: Option<String>,
    pub(crate) query: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
    pub(crate) token: Option<String>,
}

/// Passes it on.
pub(crate) async fn pass(house: &House, asked: &Asked) -> Result<Answer, Refusal> {
    let target = &asked.target;
    if target.operation.path.starts_with("organizations/#") && target.number(0) != house.config.vendor.organization {
        return Err(Refusal::not_found("Organization", "organization"));
    }
    let path = target.path();
    let query = asked.query.as_deref().map(rewritten);
    let body = match (&asked.content_type, asked.body.is_empty()) {
        (_, true) => None,
        (Some(kind), false) if kind.to_ascii_lowercase().starts_with("multipart/form-data;") => {
            Some((kind.as_str(), asked.body.clone()))
        }
        _ => return Err(Refusal::bad_request("body", "The body must be multipart/form-data")),
    };
    let ask = Ask {
        name: target.operation.name,
        method: target.operation.method,
        path: &path,
        query: query.as_deref().filter(|query| !query.is_empty()),
        body,
        patience: target.operation.patience(),
    };
    house.upstream.pass(&ask, asked.token.as_deref()).await.map_err(|error| cards::refusal(&error))
}

/// The query, read and written anew.
fn rewritten(query: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form_urlencoded::parse(query.as_bytes())).finish()
}
