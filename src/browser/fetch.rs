//! The browser's `fetch` and timers, as the client's way to its server.

use futures_util::future::LocalBoxFuture;
use gloo_net::http::RequestBuilder;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect,
    Response,
};

use super::parts::{form_data, seconds};
use crate::world::{Method, Transport, TransportFailure, WireRequest, WireResponse};

/// The browser's `fetch` and timers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl Fetch {
    /// The window's; it keeps nothing.
    pub const fn new() -> Fetch {
        Fetch
    }
}

impl Transport for Fetch {
    fn send(&self, request: &WireRequest) -> LocalBoxFuture<'static, Result<WireResponse, TransportFailure>> {
        let started = start(request);
        Box::pin(async move { finish(started.map_err(|_| TransportFailure)?).await.map_err(|_| TransportFailure) })
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        let timer = Timer::start(milliseconds);
        Box::pin(async move {
            if let Some(timer) = timer {
                // It never rejects.
                let _ = JsFuture::from(timer.promise.clone()).await;
            }
        })
    }

    fn random(&self) -> u32 {
        (js_sys::Math::random() * f64::from(u32::MAX)) as u32
    }
}

/// A call under way; dropping it cancels it.
struct Call {
    answer: js_sys::Promise,
    abort: AbortController,
}

impl Drop for Call {
    fn drop(&mut self) {
        // Does nothing once the answer has been read.
        self.abort.abort();
    }
}

fn start(request: &WireRequest) -> Result<Call, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let abort = AbortController::new()?;
    let mut builder = match request.method {
        Method::Get => gloo_net::http::Request::get(&request.url),
        Method::Post => gloo_net::http::Request::post(&request.url),
        Method::Patch => gloo_net::http::Request::patch(&request.url),
        Method::Delete => gloo_net::http::Request::delete(&request.url),
    };
    builder = builder
        .mode(RequestMode::Cors)
        // On the page's own origin a gate may want its cookie; elsewhere the token is the only credential. The page's
        // address is nobody's business.
        .credentials(if request.apart { RequestCredentials::Omit } else { RequestCredentials::SameOrigin })
        .cache(RequestCache::NoStore)
        // The API does not redirect; a password is not sent on to where somebody else points. That there was a redirect is
        // told: it leads to a sign-in page, mostly.
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(&abort.signal()));
    if let Some(token) = &request.bearer {
        builder = builder.header("Authorization", &["bearer ", token.as_str()].concat());
    }
    if let Some(key) = &request.key {
        builder = builder.header("Idempotency-Key", key);
    }
    let init = RequestInit::new();
    // What a request does not take over once it is given anything more.
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    // What is to be deleted when a page is left goes out all the same: it has no body, and nobody waits for its answer.
    Reflect::set(&init, &"keepalive".into(), &(request.method == Method::Delete).into())?;
    let request: web_sys::Request = build(builder, request.form.as_deref())?.into();
    // Not gloo's own `send`, which panics when a page has wrapped `fetch` and rejects with something else than an Error.
    Ok(Call { answer: window.fetch_with_request_and_init(&request, &init), abort })
}

fn build(builder: RequestBuilder, form: Option<&[(&'static str, String)]>) -> Result<gloo_net::http::Request, JsValue> {
    let Some(form) = form else { return builder.build().map_err(|_| JsValue::NULL) };
    builder.body(form_data(form)?).map_err(|_| JsValue::NULL)
}

async fn finish(call: Call) -> Result<WireResponse, JsValue> {
    let response: Response = JsFuture::from(call.answer.clone()).await?.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    let header = |name| response.headers().get(name).ok().flatten();
    let retry_after = header("Retry-After").and_then(|said| seconds(&said, header("Date")));
    Ok(WireResponse { status: response.status(), body: body.as_string().unwrap_or_default(), retry_after })
}

/// A timeout of the browser; dropping it clears it.
struct Timer {
    promise: js_sys::Promise,
    resolve: js_sys::Function,
    handle: i32,
}

impl Timer {
    fn start(milliseconds: u32) -> Option<Timer> {
        let window = web_sys::window()?;
        let mut started = None;
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            let handle = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).ok();
            started = handle.map(|handle| (resolve, handle));
        });
        started.map(|(resolve, handle)| Timer { promise, resolve, handle })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
        // Whoever waits for a promise lets go of it when it is settled, and never otherwise: two closures for each call.
        let _ = self.resolve.call0(&JsValue::UNDEFINED);
    }
}
