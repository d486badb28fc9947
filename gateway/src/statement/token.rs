//! A JSON Web Token in its compact form (RFC 7515, 7519), taken apart strictly. How its signature is verified is the key's to say:
//! what the token's head says has to agree, and `none` is no way at all. Keys that a token brings or points to are not looked at.

use super::Flaw;
use crate::config::Verifier;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A statement with all claims is a fraction of it.
const LONGEST: usize = 8 * 1024;

/// A token that was taken apart. Nothing of it is believed yet.
#[derive(Debug)]
pub(crate) struct Unverified<'a> {
    /// Which key it claims to be signed with.
    pub(crate) kid: String,
    algorithm: Algorithm,
    signed: &'a str,
    signature: Vec<u8>,
    claims: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
enum Algorithm {
    #[serde(rename = "ES256")]
    Es256,
    #[serde(rename = "HS256")]
    Hs256,
}

/// Takes a token apart.
pub(crate) fn read(token: &str) -> Result<Unverified<'_>, Flaw> {
    if token.len() > LONGEST {
        return Err(Flaw::Malformed);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Flaw::Malformed)?;
    let (head, claims) = signed.split_once('.').ok_or(Flaw::Malformed)?;
    let head = object(head)?;
    // Whatever an extension would have one understand (RFC 7515, 4.1.11), here nobody does.
    if head.contains_key("crit") || head.get("typ").is_some_and(|kind| !is_jwt(kind)) {
        return Err(Flaw::Malformed);
    }
    let algorithm = match head.get("alg").and_then(Value::as_str) {
        Some("ES256") => Algorithm::Es256,
        Some("HS256") => Algorithm::Hs256,
        _ => return Err(Flaw::Algorithm),
    };
    let kid = head.get("kid").and_then(Value::as_str).filter(|kid| !kid.is_empty() && kid.len() <= 64);
    let kid = kid.ok_or(Flaw::UnknownKey)?.to_owned();
    Ok(Unverified { kid, algorithm, signed, signature: decode(signature)?, claims: object(claims)? })
}

impl Unverified<'_> {
    /// Its claims, if it was signed with this key.
    pub(crate) fn verify(self, key: &Verifier) -> Result<Map<String, Value>, Flaw> {
        let is_signed = match (key, self.algorithm) {
            (Verifier::Es256(key), Algorithm::Es256) => key.verify(self.signed.as_bytes(), &self.signature).is_ok(),
            (Verifier::Hs256(key), Algorithm::Hs256) => {
                ring::hmac::verify(key, self.signed.as_bytes(), &self.signature).is_ok()
            }
            _ => return Err(Flaw::Algorithm),
        };
        is_signed.then_some(self.claims).ok_or(Flaw::Signature)
    }
}

fn is_jwt(kind: &Value) -> bool {
    kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("JWT"))
}

/// One of the two parts that are JSON objects. A name twice in one is refused: readers differ on which of them counts.
fn object(part: &str) -> Result<Map<String, Value>, Flaw> {
    let bytes = decode(part)?;
    serde_json::from_slice::<Unique>(&bytes).map(|unique| unique.0).map_err(|_| Flaw::Malformed)
}

fn decode(part: &str) -> Result<Vec<u8>, Flaw> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Flaw::Malformed)
}

/// An object whose own names are each there once.
struct Unique(Map<String, Value>);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Unique;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut access: A) -> Result<Unique, A::Error> {
                let mut map = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if map.insert(name, value).is_some() {
                        return Err(serde::de::Error::custom("a name twice"));
                    }
                }
                Ok(Unique(map))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ring::hmac;
    use ring::rand::SystemRandom;
    use ring::signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
    };

    const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

    fn encode(head: &str, claims: &str) -> String {
        format!("{}.{}", URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode(claims))
    }

    fn sign(head: &str, claims: &str) -> String {
        let signed = encode(head, claims);
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET), signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    fn shared() -> Verifier {
        Verifier::Hs256(hmac::Key::new(hmac::HMAC_SHA256, SECRET))
    }

    fn pair() -> (EcdsaKeyPair, Verifier) {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref().to_vec());
        (pair, Verifier::Es256(public))
    }

    fn claims_of(token: &str, key: &Verifier) -> Result<Map<String, Value>, Flaw> {
        read(token)?.verify(key)
    }

    #[test]
    fn a_signed_token_gives_its_claims() {
        let token = sign(r#"{"alg":"HS256","kid":"k","typ":"JWT"}"#, r#"{"sub":"a"}"#);
        assert_eq!(claims_of(&token, &shared()).unwrap()["sub"], "a");
        let (pair, public) = pair();
        let signed = encode(r#"{"alg":"ES256","kid":"k"}"#, r#"{"sub":"b"}"#);
        let signature = pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        assert_eq!(claims_of(&token, &public).unwrap()["sub"], "b");
        assert_eq!(claims_of(&token, &self::pair().1).unwrap_err(), Flaw::Signature);
    }

    #[test]
    fn the_key_says_how_it_is_signed_and_not_the_token() {
        let (_, public) = pair();
        for (head, flaw) in [
            (r#"{"alg":"none","kid":"k"}"#, Flaw::Algorithm),
            (r#"{"alg":"None","kid":"k"}"#, Flaw::Algorithm),
            (r#"{"alg":"HS512","kid":"k"}"#, Flaw::Algorithm),
            (r#"{"alg":"RS256","kid":"k"}"#, Flaw::Algorithm),
            (r#"{"kid":"k"}"#, Flaw::Algorithm),
            (r#"{"alg":"HS256"}"#, Flaw::UnknownKey),
            (r#"{"alg":"HS256","kid":7}"#, Flaw::UnknownKey),
            (r#"{"alg":"HS256","kid":"k","crit":["exp"]}"#, Flaw::Malformed),
            (r#"{"alg":"HS256","kid":"k","typ":"at+jwt"}"#, Flaw::Malformed),
            (r#"{"alg":"HS256","alg":"none","kid":"k"}"#, Flaw::Malformed),
            ("[]", Flaw::Malformed),
        ] {
            assert_eq!(claims_of(&sign(head, "{}"), &shared()).unwrap_err(), flaw, "{head}");
        }
        // The public key is public: whoever signs with it as if it were a secret is nobody.
        assert_eq!(claims_of(&sign(r#"{"alg":"HS256","kid":"k"}"#, "{}"), &public).unwrap_err(), Flaw::Algorithm);
        let unsigned = format!("{}.", encode(r#"{"alg":"HS256","kid":"k"}"#, "{}"));
        assert_eq!(claims_of(&unsigned, &shared()).unwrap_err(), Flaw::Signature);
    }

    proptest! {
        #[test]
        fn no_row_of_signs_makes_it_panic_or_pass(token in "[A-Za-z0-9_.=-]{0,200}|\\PC{0,80}") {
            prop_assert!(claims_of(&token, &shared()).is_err());
        }

        #[test]
        fn a_token_that_was_changed_anywhere_is_none(at in 0usize..1000, to in proptest::char::range('-', 'z')) {
            let token = sign(r#"{"alg":"HS256","kid":"k"}"#, r#"{"iss":"https://www.example.org","sub":"somebody"}"#);
            let at = at % token.len();
            let mut changed: Vec<char> = token.chars().collect();
            prop_assume!(changed[at] != to);
            changed[at] = to;
            let changed: String = changed.into_iter().collect();
            prop_assert!(claims_of(&changed, &shared()).is_err());
        }
    }
}
