//! The keys of a device, as browsers have them: made and used by WebCrypto, kept in IndexedDB. No script reads a private one.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::js::{call, get, make, object, set};
use crate::world::{DeviceKey, DeviceKeys, NoKey};

/// The database, and the one store in it: an entry for each gateway, `{key, about}`.
const DATABASE: &str = "instant-card-kiosk";
const STORE: &str = "keys";

/// The browser's keys.
#[derive(Debug)]
pub struct Keys;

struct Key {
    private: JsValue,
    /// As a JWK.
    public: String,
}

fn global() -> JsValue {
    js_sys::global().into()
}

/// WebCrypto. A page that did not come by https has none.
fn subtle() -> Option<JsValue> {
    Some(get(&get(&global(), "crypto"), "subtle")).filter(JsValue::is_object)
}

/// What a promise comes to; none where it fails, or is none.
async fn settled(promise: Option<JsValue>) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(&promise?)).await.ok()
}

/// Waits for one of these events of it; none where another one comes, which says that it has failed.
async fn one_of(source: &JsValue, good: &[&str]) -> Option<JsValue> {
    let made = call(&get(&global(), "Promise"), "withResolvers", &[])?;
    for failed in ["onerror", "onabort", "onblocked"] {
        set(source, failed, &get(&made, "reject"));
    }
    for end in good {
        set(source, end, &get(&made, "resolve"));
    }
    settled(Some(get(&made, "promise"))).await
}

/// The store with its transaction, which has to be used at once.
async fn store() -> Option<(JsValue, JsValue)> {
    let opening = call(&get(&global(), "indexedDB"), "open", &[DATABASE.into(), 1.into()])?;
    let event = one_of(&opening, &["onupgradeneeded", "onsuccess"]).await?;
    let database = get(&opening, "result");
    if get(&event, "type").as_string().as_deref() == Some("upgradeneeded") {
        call(&database, "createObjectStore", &[STORE.into()])?;
        one_of(&opening, &["onsuccess"]).await?;
    }
    let transaction = call(&database, "transaction", &[STORE.into(), "readwrite".into()])?;
    // Once the transaction is over: another tab may want another database.
    call(&database, "close", &[]);
    Some((call(&transaction, "objectStore", &[STORE.into()])?, transaction))
}

/// Does one thing with the store, and waits until it is done.
async fn change(method: &str, given: &[JsValue]) -> Option<()> {
    let (store, transaction) = store().await?;
    call(&store, method, given)?;
    one_of(&transaction, &["oncomplete"]).await.map(drop)
}

/// What keys are made for, and used with.
fn algorithm() -> JsValue {
    object([("name", "ECDSA".into()), ("namedCurve", "P-256".into()), ("hash", "SHA-256".into())])
}

fn bytes_of(text: &str) -> Option<JsValue> {
    call(&make("TextEncoder", &[])?, "encode", &[text.into()])
}

/// Base64 as it stands in addresses.
fn base64url(bytes: &JsValue) -> Option<String> {
    let string = get(&global(), "String");
    let of_codes: Function = get(&string, "fromCharCode").dyn_into().ok()?;
    // Any list of numbers does.
    let letters = Reflect::apply(&of_codes, &string, bytes.unchecked_ref()).ok()?;
    let text = call(&global(), "btoa", &[letters])?.as_string()?;
    let letter = |letter| match letter {
        '+' => '-',
        '/' => '_',
        other => other,
    };
    Some(text.trim_end_matches('=').chars().map(letter).collect())
}

impl DeviceKey for Key {
    fn public(&self) -> String {
        self.public.clone()
    }

    fn sign(&self, head: &str, claims: &str) -> LocalBoxFuture<'static, Option<String>> {
        let part = |text| base64url(&bytes_of(text)?);
        let signed = part(head).zip(part(claims)).map(|(head, claims)| [&head, ".", &claims].concat());
        let private = self.private.clone();
        Box::pin(async move {
            let signed = signed?;
            let signature = call(&subtle()?, "sign", &[algorithm(), private, bytes_of(&signed)?]);
            let signature = base64url(&make("Uint8Array", &[settled(signature).await?])?)?;
            Some([&signed, ".", &signature].concat())
        })
    }

    fn keep(&self, place: &str, about: &str) -> LocalBoxFuture<'static, Result<(), NoKey>> {
        let entry = object([("key", self.private.clone()), ("about", about.into())]);
        let place = JsValue::from_str(place);
        Box::pin(async move {
            change("put", &[entry, place]).await.ok_or(NoKey::NotKept)?;
            // Asked for, not waited for: a browser that says no keeps it as long as there is room.
            call(&get(&get(&global(), "navigator"), "storage"), "persist", &[]);
            Ok(())
        })
    }
}

impl DeviceKeys for Keys {
    fn make(&self) -> LocalBoxFuture<'static, Result<Rc<dyn DeviceKey>, NoKey>> {
        Box::pin(async {
            let subtle = subtle().ok_or(NoKey::Insecure)?;
            let usages: Array = [JsValue::from("sign")].iter().collect();
            let making = call(&subtle, "generateKey", &[algorithm(), false.into(), usages.into()]);
            let pair = settled(making).await.ok_or(NoKey::Insecure)?;
            let public = call(&subtle, "exportKey", &["jwk".into(), get(&pair, "publicKey")]);
            let public = settled(public).await.ok_or(NoKey::Insecure)?;
            let public = call(&get(&global(), "JSON"), "stringify", &[public]).and_then(|text| text.as_string());
            let key = Key { private: get(&pair, "privateKey"), public: public.unwrap_or_default() };
            Ok(Rc::new(key) as Rc<dyn DeviceKey>)
        })
    }

    fn recall(&self, place: &str) -> LocalBoxFuture<'static, Option<(Rc<dyn DeviceKey>, String)>> {
        let place = JsValue::from_str(place);
        Box::pin(async move {
            let (store, _) = store().await?;
            let asking = call(&store, "get", &[place])?;
            one_of(&asking, &["onsuccess"]).await?;
            let kept = get(&asking, "result");
            let about = get(&kept, "about").as_string()?;
            let key = Key { private: get(&kept, "key"), public: String::new() };
            Some((Rc::new(key) as Rc<dyn DeviceKey>, about))
        })
    }

    fn forget(&self, place: &str) -> LocalBoxFuture<'static, ()> {
        let place = JsValue::from_str(place);
        Box::pin(async move {
            // What cannot be removed is of no use either: it is on no list.
            let _ = change("delete", &[place]).await;
        })
    }

    fn now(&self) -> u64 {
        (js_sys::Date::now() / 1000.0) as u64
    }

    fn origin(&self) -> String {
        get(&global(), "origin").as_string().unwrap_or_default()
    }
}
