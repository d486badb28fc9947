//! What tells one request from another under the same key.

use ring::digest::{Context, SHA256};

/// Of everything that the request asks for. Where the body is `multipart/form-data`, its boundary does not count: a client
/// that builds the same form once more has another.
#[must_use]
pub fn fingerprint(method: &str, target: &str, content_type: &str, body: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    let mut add = |part: &[u8]| {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    };
    add(method.as_bytes());
    add(target.as_bytes());
    match boundary(content_type) {
        Some(boundary) => {
            add(b"multipart/form-data");
            let delimiter = [b"--", boundary.as_bytes()].concat();
            let mut rest = body;
            while let Some(at) = find(rest, &delimiter) {
                add(&rest[..at]);
                rest = &rest[at + delimiter.len()..];
            }
            add(rest);
        }
        None => {
            add(content_type.as_bytes());
            add(body);
        }
    }
    let mut fingerprint = [0; 32];
    fingerprint.copy_from_slice(context.finish().as_ref());
    fingerprint
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
    });
    value.filter(|value| !value.is_empty())
}

fn find(body: &[u8], delimiter: &[u8]) -> Option<usize> {
    // A delimiter begins with `-`, which pictures in Base64 do not have.
    let mut from = 0;
    while let Some(at) = body.get(from..)?.iter().position(|byte| *byte == b'-') {
        if body[from + at..].starts_with(delimiter) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(boundary: &str, value: &str) -> [u8; 32] {
        let body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"amount\"\r\n\r\n{value}\r\n--{boundary}--\r\n"
        );
        let content_type = format!("multipart/form-data; boundary={boundary}");
        fingerprint("POST", "/organizations/1/add_funds", &content_type, body.as_bytes())
    }

    #[test]
    fn a_form_is_the_same_whatever_its_boundary_is() {
        assert_eq!(form("----WebKitFormBoundaryA", "17.37"), form("x-2", "17.37"));
        assert_ne!(form("x", "17.37"), form("x", "17.38"));
    }

    #[test]
    fn all_else_counts() {
        let one = fingerprint("POST", "/a", "", b"");
        for other in [
            fingerprint("PATCH", "/a", "", b""),
            fingerprint("POST", "/a?b", "", b""),
            fingerprint("POST", "/a", "text/plain", b""),
            fingerprint("POST", "/a", "", b"b"),
            fingerprint("POST", "/", "a", b""),
        ] {
            assert_ne!(one, other);
        }
    }
}
