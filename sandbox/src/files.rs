//! Serving built files beside the API, as a good static host would: right types, compressed siblings, validators, and a
//! Content-Security-Policy on pages.

use crate::options::Options;
use crate::response::{Response, empty, with_body};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, StatusCode};
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Component, Path, PathBuf};

pub(crate) async fn respond(options: &Options, method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return empty(StatusCode::METHOD_NOT_ALLOWED);
    }
    let Some((file, bytes)) = find(options, path).await else {
        return with_csp(with_body(StatusCode::NOT_FOUND, PLAIN, "Not found\n"), options);
    };
    let (bytes, encoding) = compressed(&file, headers).await.unwrap_or((bytes, ""));
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    let etag = format!("\"{:016x}\"", hasher.finish());
    let unchanged = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mime = mime(&file);
    // A name that carries a hash never changes its content; all else is asked for again each time.
    let caching = if is_hashed(&file) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = match unchanged {
        true => empty(StatusCode::NOT_MODIFIED),
        false => with_body(StatusCode::OK, mime, bytes),
    };
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    answer.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    answer.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Fixtures and widgets are loaded across ports in tests.
    answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    if !encoding.is_empty() {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if mime.starts_with("text/html") { with_csp(response, options) } else { response }
}

fn with_csp(mut response: Response, options: &Options) -> Response {
    if options.csp != "none"
        && let Ok(policy) = HeaderValue::from_str(&options.csp)
    {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The file under a path, from the mount with the longest matching prefix.
async fn find(options: &Options, path: &str) -> Option<(PathBuf, Vec<u8>)> {
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let mut mounts: Vec<_> = options.statics.iter().collect();
    mounts.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
    for (prefix, directory) in mounts {
        let Some(rest) = path.strip_prefix(prefix.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'))
        else {
            continue;
        };
        let relative = Path::new(rest.trim_start_matches('/'));
        // Nothing outside of the directory, whatever the path says.
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            continue;
        }
        let mut file = directory.join(relative);
        if tokio::fs::metadata(&file).await.is_ok_and(|found| found.is_dir()) {
            file = file.join("index.html");
        }
        if let Ok(bytes) = tokio::fs::read(&file).await {
            return Some((file, bytes));
        }
    }
    None
}

/// The compressed file beside this one, if there is one that the client takes.
async fn compressed(file: &Path, headers: &HeaderMap) -> Option<(Vec<u8>, &'static str)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    for (name, ending) in [("br", ".br"), ("gzip", ".gz")] {
        let accepts =
            accepted.split(',').any(|entry| entry.split(';').next().is_some_and(|coding| coding.trim() == name));
        let mut sibling = file.as_os_str().to_owned();
        sibling.push(ending);
        if accepts && let Ok(bytes) = tokio::fs::read(&sibling).await {
            return Some((bytes, name));
        }
    }
    None
}

const PLAIN: &str = "text/plain; charset=utf-8";

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" | "ts" => PLAIN,
        _ => "application/octet-stream",
    }
}

/// Whether a file's name carries a content hash, as build tools write them: `app-0123456789abcdef_bg.wasm`.
fn is_hashed(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.split(['-', '.', '_']).any(|part| part.len() >= 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
