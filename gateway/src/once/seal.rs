//! What makes an answer in the store unreadable to whoever has the store alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};

use super::call::Call;

/// What belongs to one key of one caller.
pub(super) struct Seal {
    place: String,
    mark: String,
    key: LessSafeKey,
}

impl Seal {
    /// `None` only if the algorithms do not fit together, which their lengths rule out.
    pub(super) fn new(call: &Call) -> Option<Self> {
        let place = place(call);
        let mut secret = call.secret.clone();
        secret.push(0);
        secret.extend(call.key.as_str().as_bytes());
        // The mark has to be the same after a new token, so it is of the key alone. A body may hold what can be guessed.
        let marker = hmac::Key::new(hmac::HMAC_SHA256, call.key.as_str().as_bytes());
        let mark = URL_SAFE_NO_PAD.encode(hmac::sign(&marker, &call.fingerprint));
        let salt = Salt::new(HKDF_SHA256, b"instant-card-gateway answer 1");
        let derived = salt.extract(&secret);
        let info = [place.as_bytes()];
        let key = UnboundKey::from(derived.expand(&info, &AES_256_GCM).ok()?);
        Some(Self { place, mark, key: LessSafeKey::new(key) })
    }

    /// Where it is kept.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// What is asked for, in a form that tells nothing else.
    pub(super) fn mark(&self) -> &str {
        &self.mark
    }

    pub(super) fn close(&self, plain: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let mut sealed = plain.to_vec();
        let aad = Aad::from(self.mark.as_bytes());
        self.key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    /// `None`: it was closed with another secret, or changed.
    pub(super) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN)?;
        let mut plain = rest.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let length = self.key.open_in_place(nonce, Aad::from(self.mark.as_bytes()), &mut plain).ok()?.len();
        plain.truncate(length);
        Some(plain)
    }
}

fn place(call: &Call) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(&(call.caller.len() as u64).to_be_bytes());
    context.update(call.caller.as_bytes());
    context.update(call.key.as_str().as_bytes());
    URL_SAFE_NO_PAD.encode(context.finish())
}

/// Something that nobody can guess.
pub(super) fn random_name() -> Option<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}
