//! Random tokens, and the hashes under which things are kept: the store knows no token itself.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::digest::{Context, SHA256};
use ring::hkdf::{HKDF_SHA256, Salt};
use ring::rand::{SecureRandom as _, SystemRandom};

/// So many random bytes, as URL-safe Base64. None where the system has no randomness, which it always has once it has started.
pub(crate) fn random<const N: usize>() -> Option<String> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

/// A hash of these parts, which `what` keeps apart from hashes of other things. Each part counts by itself, so that no two rows of
/// parts make the same text.
pub(crate) fn digest(what: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in [what.as_bytes()].iter().chain(parts) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// The same, as a key of the store.
pub(crate) fn hash(what: &str, parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    URL_SAFE_NO_PAD.encode(digest(what, &parts))
}

/// Seals what is kept beside the hash of a token so that only the token opens it.
pub(crate) fn seal(token: &str, text: &str) -> Option<String> {
    let mut nonce = [0; 12];
    SystemRandom::new().fill(&mut nonce).ok()?;
    let mut sealed = text.as_bytes().to_vec();
    sealing_key(token)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
        .ok()?;
    Some(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
}

/// What was sealed with this token.
pub(crate) fn unseal(token: &str, sealed: &str) -> Option<String> {
    let mut bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, text) = bytes.split_at_mut_checked(12)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let text = sealing_key(token)?.open_in_place(nonce, Aad::empty(), text).ok()?;
    String::from_utf8(text.to_vec()).ok()
}

fn sealing_key(token: &str) -> Option<LessSafeKey> {
    let secret = Salt::new(HKDF_SHA256, b"instant-card-gateway").extract(token.as_bytes());
    let key: UnboundKey = secret.expand(&[b"sealed"], &CHACHA20_POLY1305).ok()?.into();
    Some(LessSafeKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_token_alone() {
        let sealed = seal("token", "a value").unwrap();
        assert!(!sealed.contains("value"));
        assert_eq!(unseal("token", &sealed).as_deref(), Some("a value"));
        assert_eq!(unseal("another", &sealed), None);
        assert_eq!(unseal("token", "AAAA"), None);
        assert_ne!(seal("token", "a value").unwrap(), sealed);
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        assert_ne!(hash("x", &["ab", "c"]), hash("x", &["a", "bc"]));
        assert_ne!(hash("x", &["a"]), hash("y", &["a"]));
        assert_ne!(random::<32>(), random::<32>());
    }
}
