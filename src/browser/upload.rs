//! The browser's `XMLHttpRequest`, for what has photos in it: `fetch` does not tell how much has gone out.
//!
//! It follows redirects by itself, so what comes from elsewhere than was asked counts as one; and it is used for nothing
//! that has a password or a payment card in it.

use futures_util::future::LocalBoxFuture;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ProgressEvent, Url, XmlHttpRequest};

use super::parts::{form_data, method_name, seconds};
use crate::world::{TransportFailure, Upload, WentOut, WireRequest, WireResponse};

/// The browser's `XMLHttpRequest`.
#[derive(Clone, Copy, Debug)]
pub struct Xhr;

impl Upload for Xhr {
    fn upload(
        &self,
        request: &WireRequest,
        went_out: WentOut,
    ) -> LocalBoxFuture<'static, Result<WireResponse, TransportFailure>> {
        let started = Call::start(request, went_out);
        Box::pin(async move { started.map_err(|_| TransportFailure)?.finish().await })
    }
}

/// A call under way; dropping it cancels it.
struct Call {
    request: XmlHttpRequest,
    address: String,
    done: Promise,
    _went_out: Closure<dyn FnMut(ProgressEvent)>,
}

impl Drop for Call {
    fn drop(&mut self) {
        self.request.upload().iter().for_each(|upload| upload.set_onprogress(None));
        // Does nothing once the answer is there.
        let _ = self.request.abort();
    }
}

impl Call {
    /// Sends `wire`.
    fn start(wire: &WireRequest, went_out: WentOut) -> Result<Call, JsValue> {
        let address = Url::new(&wire.url)?.href();
        let request = XmlHttpRequest::new()?;
        request.open_with_async(method_name(wire.method), &address, true)?;
        // As `fetch` reads texts, whatever the server calls them.
        request.override_mime_type("text/plain;charset=utf-8")?;
        if let Some(token) = &wire.bearer {
            request.set_request_header("Authorization", &["bearer ", token.as_str()].concat())?;
        }
        if let Some(key) = &wire.key {
            request.set_request_header("Idempotency-Key", key)?;
        }
        let listen: Box<dyn FnMut(ProgressEvent)> =
            Box::new(move |event| went_out(event.loaded() as u64, event.total() as u64));
        let listen = Closure::wrap(listen);
        request.upload()?.set_onprogress(Some(listen.as_ref().unchecked_ref()));
        let done = Promise::new(&mut |resolve, _| {
            // Whatever ends it: an answer, a failure, or that it was cancelled.
            request.set_onloadend(Some(&resolve));
        });
        request.send_with_opt_form_data(wire.form.as_deref().map(form_data).transpose()?.as_ref())?;
        Ok(Call { request, address, done, _went_out: listen })
    }

    /// The answer, once it is there.
    async fn finish(self) -> Result<WireResponse, TransportFailure> {
        let lost = |_: JsValue| TransportFailure;
        JsFuture::from(self.done.clone()).await.map_err(lost)?;
        let status = self.request.status().map_err(lost)?;
        if status == 0 {
            return Err(TransportFailure);
        }
        if self.request.response_url() != self.address {
            return Ok(WireResponse::new(WireResponse::REDIRECT, ""));
        }
        let body = self.request.response_text().map_err(lost)?.unwrap_or_default();
        // A browser complains of each header that a page is not let see.
        let header = |name| self.request.get_response_header(name).ok().flatten();
        let retry_after = if status == 429 { header("Retry-After") } else { None };
        let retry_after = retry_after.and_then(|said| seconds(&said, header("Date")));
        Ok(WireResponse { status, body, retry_after })
    }
}
