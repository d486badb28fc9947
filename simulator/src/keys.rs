//! The keys of a kiosk that is enrolled at a gateway. They stay on the device, whoever loads its page anew.

use std::cell::RefCell;
use std::future::ready;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::LocalBoxFuture;
use instant_card::world::{DeviceKey, DeviceKeys, NoKey};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::places::ORIGIN;
use crate::server::Server;
use crate::timeline::Timeline;

/// A pair of keys, and what is known of it.
type Kept = Option<(Rc<EcdsaKeyPair>, String)>;

/// What a kiosk's browser keeps.
#[derive(Clone)]
pub(crate) struct Ring {
    kept: Rc<RefCell<Kept>>,
    server: Rc<Server>,
    timeline: Rc<Timeline>,
}

/// One of its keys.
struct Key {
    ring: Ring,
    pair: Rc<EcdsaKeyPair>,
}

impl Ring {
    pub(crate) fn new(server: Rc<Server>, timeline: Rc<Timeline>) -> Ring {
        Ring { kept: Rc::default(), server, timeline }
    }

    /// A key that is not kept yet.
    pub(crate) fn fresh(&self) -> Option<Rc<dyn DeviceKey>> {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).ok()?;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).ok()?;
        Some(Rc::new(Key { ring: self.clone(), pair: Rc::new(pair) }))
    }

    /// What it is on its gateway's list.
    pub(crate) fn id(&self) -> Option<String> {
        let kept = self.kept.borrow();
        Some(kept.as_ref()?.1.split_once('\n')?.0.to_owned())
    }

    /// Signs, for somebody who has got at the key.
    pub(crate) fn signed(&self, head: &str, claims: &str) -> Option<String> {
        let pair = self.kept.borrow().as_ref()?.0.clone();
        signed(&pair, head, claims)
    }
}

fn signed(pair: &EcdsaKeyPair, head: &str, claims: &str) -> Option<String> {
    let text = [URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode(claims)].join(".");
    let signature = pair.sign(&SystemRandom::new(), text.as_bytes()).ok()?;
    Some([text, URL_SAFE_NO_PAD.encode(signature)].join("."))
}

impl DeviceKey for Key {
    fn public(&self) -> String {
        let point = self.pair.public_key().as_ref();
        let part = |from: usize| URL_SAFE_NO_PAD.encode(point.get(from..from + 32).unwrap_or_default());
        serde_json::json!({"kty": "EC", "crv": "P-256", "x": part(1), "y": part(33)}).to_string()
    }

    fn sign(&self, head: &str, claims: &str) -> LocalBoxFuture<'static, Option<String>> {
        Box::pin(ready(signed(&self.pair, head, claims)))
    }

    fn keep(&self, _: &str, about: &str) -> LocalBoxFuture<'static, Result<(), NoKey>> {
        self.ring.kept.replace(Some((self.pair.clone(), about.to_owned())));
        Box::pin(ready(Ok(())))
    }
}

impl DeviceKeys for Ring {
    fn make(&self) -> LocalBoxFuture<'static, Result<Rc<dyn DeviceKey>, NoKey>> {
        Box::pin(ready(self.fresh().ok_or(NoKey::NotKept)))
    }

    fn recall(&self, _: &str) -> LocalBoxFuture<'static, Option<(Rc<dyn DeviceKey>, String)>> {
        let kept = self.kept.borrow().clone();
        let ring = self.clone();
        Box::pin(ready(kept.map(|(pair, about)| (Rc::new(Key { ring, pair }) as Rc<dyn DeviceKey>, about))))
    }

    fn forget(&self, _: &str) -> LocalBoxFuture<'static, ()> {
        self.kept.take();
        Box::pin(ready(()))
    }

    fn now(&self) -> u64 {
        (self.server.start() + self.timeline.now()) / 1_000
    }

    fn origin(&self) -> String {
        ORIGIN.to_owned()
    }
}
