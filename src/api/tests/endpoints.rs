//! `api-base` and `proxy`: what is taken, what is refused, and which URLs come of them.

use super::*;
use EndpointFlaw::*;

const PAGE: &str = "https://page.test";

fn url(base: &str, proxy: Option<&str>, page: &str) -> Result<String, EndpointError> {
    Endpoint::new(base, proxy, page).map(|endpoint| endpoint.url("organizations/7?a=b%20c"))
}

#[test]
fn bases_that_are_taken() {
    for (base, page, expected) in [
        (PRODUCTION, PAGE, "https://core.instantcard.net/api/v2/"),
        (STAGING, PAGE, "https://staging.core.instantcard.net/api/v2/"),
        ("https://core.instantcard.net/api/v2", PAGE, "https://core.instantcard.net/api/v2/"),
        ("  https://a.test:8443/x/ ", PAGE, "https://a.test:8443/x/"),
        ("https://a.test", PAGE, "https://a.test/"),
        ("HTTPS://a.test/", PAGE, "HTTPS://a.test/"),
        ("https://münchen.test/", PAGE, "https://münchen.test/"),
        ("https://[2001:db8::1]:8080/", PAGE, "https://[2001:db8::1]:8080/"),
        ("http://localhost:3000/api/v2/", PAGE, "http://localhost:3000/api/v2/"),
        ("http://localhost", PAGE, "http://localhost/"),
        ("http://127.0.0.1:3000/", PAGE, "http://127.0.0.1:3000/"),
        ("http://[::1]:3000/", PAGE, "http://[::1]:3000/"),
        ("/api/v2/", PAGE, "https://page.test/api/v2/"),
        ("/api/v2", "http://intranet:8080", "http://intranet:8080/api/v2/"),
        ("/", PAGE, "https://page.test/"),
    ] {
        assert_eq!(url(base, None, page), Ok([expected, "organizations/7?a=b%20c"].concat()), "{base}");
        // As a proxy, it stands in for the base.
        assert_eq!(url(PRODUCTION, Some(base), page), Ok([expected, "organizations/7?a=b%20c"].concat()), "{base}");
    }
}

#[test]
fn bases_that_are_refused() {
    for (base, page, flaw) in [
        ("", PAGE, Empty),
        ("  ", PAGE, Empty),
        ("core.instantcard.net/api/v2/", PAGE, NotAnAddress),
        ("//core.instantcard.net/", PAGE, NotAnAddress),
        ("api/v2/", PAGE, NotAnAddress),
        ("ftp://a.test/", PAGE, NotAnAddress),
        ("javascript:alert(1)", PAGE, NotAnAddress),
        ("javascript://a.test/%0aalert(1)", PAGE, NotAnAddress),
        ("https://", PAGE, NotAnAddress),
        ("https:///x", PAGE, NotAnAddress),
        ("https://a b.test/", PAGE, NotAnAddress),
        ("https://a.test\\@evil.test/", PAGE, NotAnAddress),
        ("https://a.test/\tx", PAGE, NotAnAddress),
        ("https://a.test:/", PAGE, NotAnAddress),
        ("https://a.test:80x/", PAGE, NotAnAddress),
        ("https://a:1:2/", PAGE, NotAnAddress),
        ("https://[::1/", PAGE, NotAnAddress),
        ("https://[evil]/", PAGE, NotAnAddress),
        ("https://a%2eb/", PAGE, NotAnAddress),
        ("http://core.instantcard.net/api/v2/", PAGE, NotHttps),
        ("http://core.instantcard.net/api/v2/", "http://core.instantcard.net", NotHttps),
        ("http://localhost.evil.test/", PAGE, NotHttps),
        ("http://127.0.0.1.evil.test/", PAGE, NotHttps),
        ("http://192.168.0.1/", PAGE, NotHttps),
        ("https://user:pass@a.test/", PAGE, Credentials),
        ("https://user@a.test/", PAGE, Credentials),
        ("https://a.test/?x=1", PAGE, Query),
        ("https://a.test?x=1", PAGE, Query),
        ("/api/?x=1", PAGE, Query),
        ("https://a.test/#x", PAGE, Fragment),
        ("https://a.test/?x#y", PAGE, Fragment),
        ("/api/v2/", "null", NoPageOrigin),
        ("/api/v2/", "file://", NoPageOrigin),
        ("/api/v2/", "", NoPageOrigin),
    ] {
        assert_eq!(url(base, None, page), Err(EndpointError { attribute: Attribute::ApiBase, flaw }), "{base}");
        assert_eq!(
            url(PRODUCTION, Some(base), page),
            Err(EndpointError { attribute: Attribute::Proxy, flaw }),
            "{base}"
        );
    }
    let placeholder = EndpointError { attribute: Attribute::ApiBase, flaw: Placeholder };
    assert_eq!(url("https://a.test/{url}/", None, PAGE), Err(placeholder));
}

#[test]
fn proxies_around_the_url() {
    let target = "https%3A%2F%2Fcore.instantcard.net%2Fapi%2Fv2%2Forganizations%2F7%3Fa%3Db%2520c";
    for (proxy, before, after) in [
        ("https://p.test/?url={url}", "https://p.test/?url=", ""),
        ("https://p.test/{url}", "https://p.test/", ""),
        ("https://p.test/?u={url}&key=1", "https://p.test/?u=", "&key=1"),
        ("https://p.test?{url}", "https://p.test?", ""),
        ("http://localhost:1/{url}", "http://localhost:1/", ""),
        ("/proxy?url={url}", "https://page.test/proxy?url=", ""),
    ] {
        assert_eq!(url(PRODUCTION, Some(proxy), PAGE), Ok([before, target, after].concat()));
    }
    for (proxy, flaw) in [
        ("{url}", Empty),
        ("https://{url}", NotAnAddress),
        ("https://p.test{url}", Placeholder),
        ("https://p.test:{url}/", NotAnAddress),
        ("https://p.test/{url}/{url}", Placeholder),
        ("http://p.test/{url}", NotHttps),
        ("https://u:p@p.test/{url}", Credentials),
        ("https://p.test/#{url}", Fragment),
        ("https://p.test/{url}#x", Fragment),
        ("https://p.test/{url} x", NotAnAddress),
        ("//p.test/{url}", NotAnAddress),
    ] {
        let error = EndpointError { attribute: Attribute::Proxy, flaw };
        assert_eq!(url(PRODUCTION, Some(proxy), PAGE), Err(error), "{proxy}");
    }
    // A path as the base is the page's own, also for a proxy elsewhere.
    let own = url("/api/", Some("https://p.test/{url}"), PAGE);
    assert_eq!(own, Ok("https://p.test/https%3A%2F%2Fpage.test%2Fapi%2Forganizations%2F7%3Fa%3Db%2520c".into()));
}

#[test]
fn a_base_beside_a_proxy_is_checked_too() {
    let error = EndpointError { attribute: Attribute::ApiBase, flaw: NotHttps };
    assert_eq!(url("http://a.test/", Some("https://p.test/"), PAGE), Err(error));
}

#[test]
fn payments_do_not_pass_a_relay() {
    let takes = |proxy| Endpoint::new(PRODUCTION, proxy, PAGE).unwrap().takes_payments();
    assert!(takes(None));
    assert!(takes(Some("https://p.test/instantcard/")));
    assert!(!takes(Some("https://p.test/?url={url}")));

    let fake = Fake::script([]);
    let endpoint = Endpoint::new(PRODUCTION, Some("https://p.test/?url={url}"), PAGE).unwrap();
    let client = Client::new(
        endpoint,
        std::rc::Rc::new(fake.clone()),
        std::rc::Rc::new(crate::api::fake::Fixed(Some("T"))),
        std::rc::Rc::default(),
    );
    assert!(!client.takes_payments());
    assert_eq!(fake.run(client.add_funds(ORG, &operations::payment())), Err(Error::PaymentThroughProxy));
    assert!(fake.sent().is_empty());
}
