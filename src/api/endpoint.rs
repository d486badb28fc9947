//! Where the API is and how it is reached: the `api-base` and `proxy` attributes, checked, and made into URLs.

use super::find::{cut, has};

/// The vendor's production base.
pub const PRODUCTION: &str = "https://core.instantcard.net/api/v2/";

/// The vendor's staging base, where the published test account lives.
pub const STAGING: &str = "https://staging.core.instantcard.net/api/v2/";

/// What a proxy's text contains where the percent-encoded target goes.
const PLACEHOLDER: &str = "{url}";

/// The way to the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The API's own base, absolute, ending in `/`.
    base: String,
    proxy: Proxy,
    /// Whether what is asked is on the page's own origin, where a gate may want the page's cookies.
    is_own: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Proxy {
    None,
    /// Stands in for the API's base; ends in `/`.
    Base(String),
    /// What stands before and after the target's percent-encoded URL.
    Around(String, String),
    /// The base is a gateway's: see [`Endpoint::by_gateway`].
    Gateway {
        is_scoped: bool,
    },
}

/// An attribute that names a way to the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `api-base`
    ApiBase,
    /// `proxy`
    Proxy,
    /// `gateway`
    Gateway,
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointFlaw {
    /// It is empty.
    Empty,
    /// It is neither an absolute http(s) URL nor a path on the page's own origin.
    NotAnAddress,
    /// It is http, and not on localhost, 127.0.0.1 or `[::1]`.
    NotHttps,
    /// It carries a user name or a password.
    Credentials,
    /// It carries a query (`?`). Only a proxy with `{url}` may.
    Query,
    /// It carries a fragment (`#`).
    Fragment,
    /// It is a path, and the page has no origin that it could belong to (`file:`, a sandboxed frame).
    NoPageOrigin,
    /// `{url}` stands in the host, more than once, or in `api-base`.
    Placeholder,
}

/// An attribute that cannot be used, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndpointError {
    /// Which attribute.
    pub attribute: Attribute,
    /// What is wrong with it.
    pub flaw: EndpointFlaw,
}

impl Endpoint {
    /// Checks the two attributes.
    ///
    /// `api_base` is a base as [`PRODUCTION`], or a path on the page's own origin; its last slash may be missing.
    /// `proxy` is a base that stands in for it, or a text with `{url}` in it. `page_origin` is the page's
    /// `location.origin`.
    pub fn new(api_base: &str, proxy: Option<&str>, page_origin: &str) -> Result<Endpoint, EndpointError> {
        let base = base(api_base, page_origin).map_err(|flaw| EndpointError { attribute: Attribute::ApiBase, flaw })?;
        let proxy = match proxy {
            None => Proxy::None,
            Some(text) => {
                read_proxy(text, page_origin).map_err(|flaw| EndpointError { attribute: Attribute::Proxy, flaw })?
            }
        };
        let (Proxy::Base(asked) | Proxy::Around(asked, _)) = &proxy else {
            let is_own = is_within(&base, page_origin);
            return Ok(Endpoint { base, proxy, is_own });
        };
        let is_own = is_within(asked, page_origin);
        Ok(Endpoint { base, proxy, is_own })
    }

    /// Checks the attribute `gateway`, whose server carries each change out once, by its `Idempotency-Key`. `is_scoped`: what the
    /// page gives is a statement of who the person is, for which the gateway opens a session of their own card and no more.
    pub fn by_gateway(gateway: &str, is_scoped: bool, page_origin: &str) -> Result<Endpoint, EndpointError> {
        let base = base(gateway, page_origin).map_err(|flaw| EndpointError { attribute: Attribute::Gateway, flaw })?;
        let is_own = is_within(&base, page_origin);
        Ok(Endpoint { base, proxy: Proxy::Gateway { is_scoped }, is_own })
    }

    /// Whether it is a gateway.
    pub(super) fn is_gateway(&self) -> bool {
        matches!(self.proxy, Proxy::Gateway { .. })
    }

    /// Whether it is a gateway that opens one person's own card and no more.
    pub fn is_scoped(&self) -> bool {
        matches!(self.proxy, Proxy::Gateway { is_scoped: true })
    }

    /// The same for staff, who come to a gateway with an account of their own.
    pub fn for_staff(&self) -> Endpoint {
        let mut own = self.clone();
        if let Proxy::Gateway { is_scoped } = &mut own.proxy {
            *is_scoped = false;
        }
        own
    }

    /// Whether payment data may go this way: a `{url}`-style proxy is a relay for anybody's requests, which has no
    /// business with a payment card.
    pub fn takes_payments(&self) -> bool {
        !matches!(self.proxy, Proxy::Around(..))
    }

    /// Where the API is, as an address for staff to read.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether what is asked is on the page's own origin.
    pub(super) fn is_own(&self) -> bool {
        self.is_own
    }

    /// The URL to ask for `target`, a path below the base with its query, already percent-encoded.
    pub(crate) fn url(&self, target: &str) -> String {
        let mut url;
        match &self.proxy {
            Proxy::None | Proxy::Gateway { .. } => {
                url = self.base.clone();
                url.push_str(target);
            }
            Proxy::Base(proxy) => {
                url = proxy.clone();
                url.push_str(target);
            }
            Proxy::Around(before, after) => {
                url = before.clone();
                percent_encode(&self.base, &mut url);
                percent_encode(target, &mut url);
                url.push_str(after);
            }
        }
        url
    }
}

fn is_within(url: &str, origin: &str) -> bool {
    url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'))
}

fn read_proxy(text: &str, page_origin: &str) -> Result<Proxy, EndpointFlaw> {
    let Some((before, after)) = cut(text.trim(), PLACEHOLDER) else {
        return base(text, page_origin).map(Proxy::Base);
    };
    if has(after, PLACEHOLDER) {
        return Err(EndpointFlaw::Placeholder);
    }
    let before = absolute(before, page_origin)?;
    // In the host's place, the target would choose where the token goes.
    let path_starts = cut(&before, "://").and_then(|(_, rest)| rest.find(['/', '?', '#']));
    if path_starts.is_none() {
        return Err(EndpointFlaw::Placeholder);
    }
    if before.contains('#') || after.contains('#') {
        return Err(EndpointFlaw::Fragment);
    }
    if !is_clean(after) {
        return Err(EndpointFlaw::NotAnAddress);
    }
    Ok(Proxy::Around(before, after.to_owned()))
}

/// A base: an absolute URL without query or fragment, ending in `/`.
fn base(text: &str, page_origin: &str) -> Result<String, EndpointFlaw> {
    let mut url = absolute(text.trim(), page_origin)?;
    if has(&url, PLACEHOLDER) {
        return Err(EndpointFlaw::Placeholder);
    }
    if url.contains('#') {
        return Err(EndpointFlaw::Fragment);
    }
    if url.contains('?') {
        return Err(EndpointFlaw::Query);
    }
    if !url.ends_with('/') {
        url.push('/');
    }
    Ok(url)
}

/// The absolute form of an address, with its scheme, host and port checked.
fn absolute(text: &str, page_origin: &str) -> Result<String, EndpointFlaw> {
    if text.is_empty() {
        return Err(EndpointFlaw::Empty);
    }
    if !is_clean(text) {
        return Err(EndpointFlaw::NotAnAddress);
    }
    if text.starts_with('/') && !text.starts_with("//") {
        // The page itself is as safe as it is: its own origin may be http.
        return match split(page_origin) {
            Ok((_, _, "")) => Ok([page_origin, text].concat()),
            _ => Err(EndpointFlaw::NoPageOrigin),
        };
    }
    let (secure, host, _) = split(text)?;
    if !secure && !matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
        return Err(EndpointFlaw::NotHttps);
    }
    Ok(text.to_owned())
}

/// What stands before and from this place on; all of it before, where there is none. What a slice says that cannot be is
/// kilobytes of code.
fn parted(text: &str, at: Option<usize>) -> (&str, &str) {
    let at = at.unwrap_or(text.len());
    (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default())
}

/// Whether the scheme is https, the host without its port, and what follows the authority.
fn split(url: &str) -> Result<(bool, &str, &str), EndpointFlaw> {
    let (scheme, rest) = cut(url, "://").ok_or(EndpointFlaw::NotAnAddress)?;
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        return Err(EndpointFlaw::NotAnAddress);
    }
    let (authority, rest) = parted(rest, rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')));
    if authority.bytes().any(|byte| byte == b'@') {
        return Err(EndpointFlaw::Credentials);
    }
    // An IPv6 address has colons of its own, within brackets.
    let host_ends = authority.bytes().rposition(|byte| byte == b']').map_or(0, |at| at + 1);
    let port_at = authority.bytes().skip(host_ends).position(|byte| byte == b':').map(|at| host_ends + at);
    let (host, port) = parted(authority, port_at);
    let is_port = port.is_empty() || (port.len() > 1 && port.bytes().skip(1).all(|byte| byte.is_ascii_digit()));
    let is_host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => {
            address.contains(':') && address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        }
        None => {
            !host.is_empty()
                && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') || c > '\u{7f}')
        }
    };
    if is_port && is_host { Ok((secure, host, rest)) } else { Err(EndpointFlaw::NotAnAddress) }
}

/// Whether a text has nothing in it that a browser would drop or read as something else in a URL.
fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| {
        c <= ' ' || c == '\u{7f}' || matches!(c, '\\' | '"' | '<' | '>' | '`' | '^' | '|') || c.is_whitespace()
    })
}

/// Appends `text` percent-encoded: all but RFC 3986's unreserved characters, brackets among them.
pub(super) fn percent_encode(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}
