//! The API as a plain function: a request and the world go in, an answer comes out. There is no network here and nothing
//! waits; `server` brings the requests over HTTP, `door` without.

use crate::auth;
use crate::cards::{self, Drawing};
use crate::dialect::Dialect;
use crate::error::{ApiError, Spelling};
use crate::form::{Call, Params};
use crate::json::Json;
use crate::routes::{Operation, route};
use crate::world::World;

/// A request, taken apart.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// The token that it brings.
    pub(crate) token: Option<&'a str>,
    pub(crate) params: &'a Params<'a>,
}

/// What becomes of a request.
#[derive(Debug)]
pub(crate) enum Reply {
    /// It is answered.
    Json { status: u16, body: String },
    /// It is answered by a picture, of a kind.
    Picture { mime: &'static str, bytes: Vec<u8> },
    /// It is answered by [`drawn`], as soon as somebody has drawn the card.
    Draw(Box<Drawing>),
}

/// Carries a request out, and words the result in the present dialect.
pub(crate) fn answer(world: &mut World, request: &Request<'_>) -> Reply {
    let mut out = Json::new(world.dialect);
    match try_answer(world, request, &mut out) {
        Ok(None) => Reply::Json { status: 200, body: out.finish() },
        Ok(Some(reply)) => reply,
        Err(error) => {
            out.clear();
            refuse(&error, world.dialect, &mut out);
            Reply::Json { status: error.status, body: out.finish() }
        }
    }
}

fn try_answer(world: &mut World, request: &Request<'_>, out: &mut Json) -> Result<Option<Reply>, ApiError> {
    if let Some(operation) = request.path.strip_prefix("/api/v2/") {
        auth::gate(world, request.token, operation)?;
    }
    let route = route(request.path).ok_or_else(|| ApiError::not_found("Endpoint"))?;
    let found = route.methods.iter().find(|(method, _)| *method == request.method);
    let (_, operation) = found.ok_or_else(|| ApiError::new(405, "Method not allowed"))?;
    let call = Call { params: request.params, ids: route.ids };
    match operation {
        Operation::Answer(operation) => operation(world, &call, out).map(|()| None),
        Operation::Preview => cards::preview(world, &call).map(|drawing| Some(Reply::Draw(Box::new(drawing)))),
        Operation::Picture => cards::picture(world, &call).map(|(mime, bytes)| Some(Reply::Picture { mime, bytes })),
    }
}

/// The body of a refusal.
fn refuse(error: &ApiError, dialect: Dialect, out: &mut Json) {
    let as_list = error.spelling == Spelling::List || dialect.is("errors", "list");
    match error.spelling {
        Spelling::False => out.flag(false),
        _ if as_list => {
            out.object(|out| out.member("error").list(&error.texts, |out, text| out.text(text)));
        }
        _ => out.object(|out| {
            out.member("error").text(error.texts.first().map_or("Bad Request", String::as_str));
        }),
    }
}

/// The body of a preview's answer; `sides` are pictures in Base64, if they could be drawn.
pub(crate) fn drawn(world: &World, drawing: &Drawing, sides: Option<(&str, &str)>) -> String {
    let mut out = Json::new(world.dialect);
    cards::write_preview(world, drawing, sides, &mut out);
    out.finish()
}

/// The methods that a path takes, as the `Allow` header lists them.
pub(crate) fn allowed(path: &str) -> String {
    let methods = route(path).map_or(&[][..], |route| route.methods);
    methods.iter().map(|(method, _)| *method).collect::<Vec<_>>().join(", ")
}
