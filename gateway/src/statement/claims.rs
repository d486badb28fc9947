//! What a statement says, and whether it holds for this gateway, this page, and now.

use super::Flaw;
use crate::config::{EndsWith, Statements};
use serde_json::{Map, Value};

/// More cards than one person has use for.
const MOST_CARDS: u64 = 100;

/// Which of the widget's modes the session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    Request,
    Kiosk,
}

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Mode::Request => "request",
            Mode::Kiosk => "kiosk",
        }
    }
}

/// The claims of a statement that was verified.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claims {
    /// Who signed it.
    pub(crate) issuer: String,
    /// The page's origin.
    pub(crate) origin: String,
    /// When it ends, in seconds since 1970.
    pub(crate) expires: u64,
    /// Its own name, used once.
    pub(crate) id: String,
    /// Who the visitor is, as the site calls them.
    pub(crate) subject: Option<String>,
    pub(crate) mode: Mode,
    /// The only template.
    pub(crate) template: Option<u64>,
    pub(crate) ends_with: EndsWith,
    /// How many cards they may make.
    pub(crate) cards: u32,
    /// A card that there is already, and is theirs to correct.
    pub(crate) card: Option<u64>,
    pub(crate) shipping_provider: Option<u64>,
    /// What stands in the fields to begin with.
    pub(crate) prefill: Map<String, Value>,
    /// What stands in the fields whatever the browser sends.
    pub(crate) locked: Map<String, Value>,
}

impl Claims {
    /// Reads the claims of a verified statement, and checks what has to hold. `issuer` is the key's, `origin` the page's, as the
    /// browser names it.
    pub(crate) fn read(
        claims: &Map<String, Value>,
        rules: &Statements,
        issuer: &str,
        origin: Option<&str>,
        now: u64,
    ) -> Result<Claims, Flaw> {
        let text = |name: &'static str| {
            claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).ok_or(Flaw::Claim(name))
        };
        if text("iss")? != issuer {
            return Err(Flaw::Issuer);
        }
        let is_ours = match claims.get("aud") {
            Some(Value::String(audience)) => *audience == rules.audience,
            Some(Value::Array(all)) => all.iter().any(|audience| audience.as_str() == Some(&rules.audience)),
            _ => return Err(Flaw::Claim("aud")),
        };
        if !is_ours {
            return Err(Flaw::Audience);
        }
        let expires = times(claims, rules, now)?;
        let claimed = text("origin")?;
        if origin != Some(claimed) {
            return Err(Flaw::Origin);
        }
        let id = text("jti")?;
        if id.len() > 128 {
            return Err(Flaw::Claim("jti"));
        }
        let mode = match claims.get("mode").map(Value::as_str) {
            None | Some(Some("request")) => Mode::Request,
            Some(Some("kiosk")) => Mode::Kiosk,
            Some(_) => return Err(Flaw::Claim("mode")),
        };
        let ends_with = match claims.get("ends_with") {
            None => EndsWith::Finalized,
            Some(given) => serde_json::from_value(given.clone()).map_err(|_| Flaw::Claim("ends_with"))?,
        };
        let cards = number(claims, "cards")?.unwrap_or(1);
        let subject = match claims.get("sub") {
            None => None,
            Some(_) => Some(text("sub")?.to_owned()),
        };
        Ok(Claims {
            issuer: issuer.to_owned(),
            origin: claimed.to_owned(),
            expires,
            id: id.to_owned(),
            subject,
            mode,
            template: number(claims, "template_id")?,
            ends_with,
            cards: u32::try_from(cards.min(MOST_CARDS)).map_err(|_| Flaw::Claim("cards"))?,
            card: number(claims, "card_id")?,
            shipping_provider: number(claims, "shipping_provider_id")?,
            prefill: values(claims, "prefill")?,
            locked: values(claims, "locked")?,
        })
    }
}

/// When it ends, if it holds now.
fn times(claims: &Map<String, Value>, rules: &Statements, now: u64) -> Result<u64, Flaw> {
    let time = |name: &'static str| instant(claims.get(name)).ok_or(Flaw::Claim(name));
    let (issued, expires, skew) = (time("iat")?, time("exp")?, rules.skew.as_secs());
    let starts = match claims.get("nbf") {
        None => issued,
        Some(_) => time("nbf")?.max(issued),
    };
    if expires.saturating_add(skew) <= now {
        return Err(Flaw::Expired);
    }
    if starts > now.saturating_add(skew) {
        return Err(Flaw::Future);
    }
    if expires.saturating_sub(issued) > rules.lifetime.as_secs() {
        return Err(Flaw::TooLong);
    }
    Ok(expires)
}

/// A time in seconds since 1970, which may have fractions (RFC 7519, 2).
fn instant(value: Option<&Value>) -> Option<u64> {
    let value = value?;
    value.as_u64().or_else(|| {
        let seconds = value.as_f64().filter(|seconds| (0.0..=1e12).contains(seconds))?;
        Some(seconds as u64)
    })
}

fn number(claims: &Map<String, Value>, name: &'static str) -> Result<Option<u64>, Flaw> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_u64().filter(|number| *number > 0).map(Some).ok_or(Flaw::Claim(name)),
    }
}

/// Values by token.
fn values(claims: &Map<String, Value>, name: &'static str) -> Result<Map<String, Value>, Flaw> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(values)) if values.values().all(Value::is_string) => Ok(values.clone()),
        Some(_) => Err(Flaw::Claim(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use std::time::Duration;

    const NOW: u64 = 1_800_000_000;

    fn rules() -> Statements {
        Statements {
            audience: "gateway".to_owned(),
            lifetime: Duration::from_secs(300),
            skew: Duration::from_secs(30),
            keys: Vec::new(),
        }
    }

    fn good() -> Value {
        json!({"iss": "site", "aud": "gateway", "origin": "https://a.example", "iat": NOW, "exp": NOW + 60, "jti": "1"})
    }

    fn check(claims: &Value) -> Result<Claims, Flaw> {
        Claims::read(claims.as_object().unwrap(), &rules(), "site", Some("https://a.example"), NOW)
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = good();
        claims[name] = value;
        claims
    }

    #[test]
    fn what_is_not_said_is_the_least() {
        let claims = check(&good()).unwrap();
        assert_eq!((claims.mode, claims.ends_with, claims.cards), (Mode::Request, EndsWith::Finalized, 1));
        assert_eq!((claims.template, claims.card, claims.subject), (None, None, None));
        assert!(check(&with("aud", json!(["another", "gateway"]))).is_ok());
        assert_eq!(check(&with("cards", json!(1000))).unwrap().cards, 100);
    }

    #[test]
    fn what_does_not_hold_here_and_now_is_refused() {
        for (name, value, flaw) in [
            ("iss", json!("another"), Flaw::Issuer),
            ("aud", json!("another"), Flaw::Audience),
            ("aud", json!(["another"]), Flaw::Audience),
            ("aud", json!(null), Flaw::Claim("aud")),
            ("origin", json!("https://b.example"), Flaw::Origin),
            ("origin", json!("https://a.example/"), Flaw::Origin),
            ("exp", json!(NOW - 31), Flaw::Expired),
            ("exp", json!("later"), Flaw::Claim("exp")),
            ("exp", json!(-1), Flaw::Claim("exp")),
            ("exp", json!(NOW + 301), Flaw::TooLong),
            ("exp", json!(u64::MAX), Flaw::TooLong),
            ("iat", json!(NOW + 31), Flaw::Future),
            ("nbf", json!(NOW + 31), Flaw::Future),
            ("iat", json!(null), Flaw::Claim("iat")),
            ("jti", json!(""), Flaw::Claim("jti")),
            ("jti", json!("x".repeat(129)), Flaw::Claim("jti")),
            ("sub", json!(7), Flaw::Claim("sub")),
            ("mode", json!("portal"), Flaw::Claim("mode")),
            ("ends_with", json!("print"), Flaw::Claim("ends_with")),
            ("cards", json!(-1), Flaw::Claim("cards")),
            ("template_id", json!("7"), Flaw::Claim("template_id")),
            ("locked", json!({"A": 1}), Flaw::Claim("locked")),
            ("prefill", json!([]), Flaw::Claim("prefill")),
        ] {
            assert_eq!(check(&with(name, value.clone())), Err(flaw), "{name}: {value}");
        }
        let there = good();
        let from_nowhere = Claims::read(there.as_object().unwrap(), &rules(), "site", None, NOW);
        assert_eq!(from_nowhere, Err(Flaw::Origin));
    }

    #[test]
    fn clocks_may_differ_by_a_little() {
        assert!(check(&with("exp", json!(NOW - 29))).is_ok());
        let mut early = with("iat", json!(NOW + 29));
        early["exp"] = json!(NOW as f64 + 60.5);
        assert!(check(&early).is_ok());
    }

    proptest! {
        #[test]
        fn a_statement_holds_only_from_about_iat_to_about_exp(iat in 0u64..2 * NOW, exp in 0u64..2 * NOW) {
            let mut claims = with("iat", json!(iat));
            claims["exp"] = json!(exp);
            if check(&claims).is_ok() {
                prop_assert!(iat <= NOW + 30 && exp + 30 > NOW && exp <= iat + 300);
            }
        }
    }
}
