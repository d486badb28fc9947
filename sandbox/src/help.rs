//! The part of `--help` that is no option: faults, dialects, and the paths of the admin.

use crate::dialect::POINTS;
use std::fmt::Write as _;

/// What stands below the options.
pub(crate) fn after_help() -> String {
    let mut text = String::from(
        "Faults: --fault 'ACTION [method=GET] [path=PART] [times=N] [skip=N] [slow_ms=N] [per_path] [no_cors]', or the same as
  JSON:
  {\"match\":{\"method\":\"GET\",\"path_contains\":\"/fields\"},\"times\":1,\"skip\":0,\"per_path\":false,\"action\":\"html_502\"}
  html_502, empty_503   what a gateway in front answers
  json_500              a worded server error
  error_400_list        a refusal with several sentences
  cut_before            an answer begins, and the connection closes in the middle of it; nothing was done
  cut_after             the request is carried out, and then the same: the page sees a call that failed
  drop_before           the connection closes before the first byte of an answer, and nothing was done
  drop_after            the request is carried out, and then the same. Browsers repeat by themselves, without telling
                        the page, what was dropped on a connection that was used before, a POST too: drop_after with
                        times=1 then shows as two. What was cut nobody repeats
  hang                  no answer, ever
  garbage_json          the request is carried out, and its answer cut off in the middle
  bad_characters        half an emoji, a raw tab, a raw control character and a byte that is no UTF-8 in one of the answer's texts
  bad_entries           two entries in the answer's list that are none: null, and one without a number
  expire                the token that the request brings is no longer good: 401
  slow                  nothing goes wrong; with slow_ms it takes its time, half of it before the request is carried out
  {\"status\":418,\"body\":…,\"headers\":{…}}  (JSON only) any answer, e.g. a page with \"Retry-After\", a redirect with
                        \"Location\"
  A match's \"target\" (JSON only) is the path with its query, to the letter.
  A client that goes away does not stop what the server has begun.
  With per_path each method and path counts for itself: 'html_502 method=GET times=1 per_path' fails the first GET of
  every URL.

Dialects (the first value is the default):
",
    );
    for point in POINTS {
        let _ = writeln!(text, "  {:<18}{}\n  {:<18}  {}", point.key, point.values.join(" | "), "", point.about);
    }
    text.push_str(
        "
While it runs (JSON; no sign-in; CORS always on):
  GET  /__sandbox/state          everything it holds, the log of requests, and an audit: {patches, lost_providers,
                                 charges, faults, under_way, repeats} (updates of print jobs, those that left a job
                                 without the shipping provider it had, every charge, faults struck by kind, requests
                                 under way, requests that a browser repeated by itself after their answer was lost)
  PUT  /__sandbox/faults         {latency_ms, preview_delay_ms, preview_unavailable_times, token_ttl_seconds,
                                 read_bytes_per_second (how fast the bodies of requests are read), cors:
                                 \"on\"|\"off\", careless_print, rules: [RULE…], dialect: {KEY: VALUE}, random: {seed,
                                 share: 0…1, kinds: [ACTION…], path_contains, slow_ms}}; kinds are cut_before,
                                 cut_after, json_500, html_502, empty_503, slow and expire unless named; members not
                                 named stay as they are, \"replace\": true begins from the command line's
  PUT  /__sandbox/templates      [{id, name, orientation, two_sided, fields: [{token, label, type, dimensions}]}]
  PUT  /__sandbox/balance        {\"cents\": N}
  POST /__sandbox/reset          back to the start
  POST /__sandbox/token          {token}: a new one, as a site's own backend would hand it to its page
  PUT  /__sandbox/site           {gateway: \"HOST:PORT\", issuer, audience, kid, secret}: a gateway for the pages served here, which
                                 is at /gateway/ from then on, and the site's key (HS256)
  POST /__sandbox/statement      {statement}: who a visitor is, signed for the gateway; the body's claims (mode, ends_with, …) are in it
  POST /__sandbox/expire_tokens  every token so far is invalid from now on
  POST /__sandbox/print_all      the printers work off what was submitted

Example:
  sandbox --port 8787 --cards 12 --static dist --static /fixtures=tests/e2e/pages --latency 300",
    );
    text
}
