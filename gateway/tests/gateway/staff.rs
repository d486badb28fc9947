//! Staff with an account of their own, and the devices that they enrol.

use crate::common::{Call, FUNDS, O, ROOMY, Scene, claims, now, pass};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

const STAFF: &str = "[staff]\nenabled = true\n";
const DEVICES: &str = "[devices]\ntemplate_id = 5802\n";

async fn vendor_token(scene: &Scene) -> String {
    scene.sandbox("POST", "token", &Value::Null).await["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn staff_pass_through_where_they_may_and_only_by_the_list() {
    let scene = Scene::new(&["--cards", "2"], STAFF).await;
    let form = [("email", "api@instantcard.net"), ("password", "instantcardapi")];
    let signed_in = scene.ok(Call::new("POST", "/authenticate").form(&form)).await;
    let token = signed_in["auth_token"].as_str().unwrap();
    let cards = scene.ok(Call::new("GET", format!("{O}/cards?page=1&page_size=1")).bearer(token)).await;
    assert_eq!(cards.as_array().unwrap().len(), 1);
    assert!(scene.ok(Call::new("GET", format!("{O}/balance")).bearer(token)).await["balance"].is_string());
    let wrong = [("email", "api@instantcard.net"), ("password", "wrong")];
    assert_eq!(scene.call(Call::new("POST", "/authenticate").form(&wrong)).await.status, 401);
    for path in [format!("{O}/cards/1/image"), "/organizations/1/balance".to_owned(), "/__sandbox/state".to_owned()] {
        assert_eq!(scene.call(Call::new("GET", path.clone()).bearer(token)).await.status, 404, "{path}");
    }
    let asked = scene.asked().await.len();
    let json = Call::new("POST", format!("{O}/print_jobs")).bearer(token).header("content-type", "application/json");
    assert_eq!(scene.call(json.body("{}")).await.error(), "The body must be multipart/form-data");
    assert_eq!(scene.asked().await.len(), asked);
    let session = Call::new("POST", "/session/cart").bearer(token).form(&[("card_id", "1")]);
    assert_eq!(scene.call(session).await.status, 404);
}

#[tokio::test]
async fn a_repeated_charge_of_staff_reaches_the_vendor_once() {
    let scene = Scene::new(&["--cards", "4"], STAFF).await;
    let token = vendor_token(&scene).await;
    let key = "\"a payment of the test 1\"";
    let pay = || Call::new("POST", format!("{O}/add_funds")).bearer(&token).header("idempotency-key", key).form(&FUNDS);
    let replies = futures_util::future::join_all((0..5).map(|_| scene.call(pay()))).await;
    assert!(replies.iter().all(|reply| reply.status == 200 && reply.json() == json!(true)), "{replies:?}");
    let state = scene.sandbox("GET", "state", &Value::Null).await;
    assert_eq!(state["balance_cents"], 25_000 + 1737);
    let mut other = FUNDS;
    other[0].1 = "18.00";
    let forged = Call::new("POST", format!("{O}/add_funds")).bearer(&token).header("idempotency-key", key).form(&other);
    assert_eq!(scene.call(forged).await.status, 422);
}

#[tokio::test]
async fn where_staff_may_not_pass_nothing_of_theirs_reaches_the_vendor() {
    let scene = Scene::new(&[], "").await;
    let token = vendor_token(&scene).await;
    for call in [
        Call::new("GET", format!("{O}/balance")).bearer(&token),
        Call::new("GET", "/profile/me").bearer(&token),
        Call::new("POST", "/authenticate").form(&[("email", "a"), ("password", "b")]),
    ] {
        assert_eq!(scene.call(call).await.status, 401);
    }
    assert_eq!(scene.asked().await, Vec::<String>::new());
}

struct Device {
    pair: EcdsaKeyPair,
    id: String,
}

impl Device {
    fn pair() -> EcdsaKeyPair {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap()
    }

    fn jwk(pair: &EcdsaKeyPair) -> Value {
        let point = pair.public_key().as_ref();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({"kty": "EC", "crv": "P-256", "x": part(&point[1..33]), "y": part(&point[33..])})
    }

    async fn enrol(scene: &Scene, token: &str) -> Device {
        let pair = Device::pair();
        let body = json!({"name": "Lobby", "public_key": Device::jwk(&pair)}).to_string();
        let call = Call::new("POST", "/devices").bearer(token).header("content-type", "application/json").body(body);
        let id = scene.ok(call).await["id"].as_str().unwrap().to_owned();
        Device { pair, id }
    }

    fn statement(&self, changes: Value) -> String {
        let mut all = json!({"iss": self.id});
        all.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({"alg": "ES256", "kid": self.id})), part(&claims(all)));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

#[tokio::test]
async fn a_device_is_enrolled_by_staff_signs_for_each_person_and_is_revoked() {
    let scene = Scene::new(&[], DEVICES).await;
    let staff = vendor_token(&scene).await;
    let device = Device::enrol(&scene, &staff).await;
    let listed = scene.ok(Call::new("GET", "/devices").bearer(&staff)).await;
    assert_eq!((&listed[0]["id"], &listed[0]["name"]), (&json!(device.id), &json!("Lobby")));

    // What a person at it may do is the configuration's to say, and not the device's.
    let greedy = json!({"ends_with": "order", "cards": 50, "template_id": 5801, "card_id": 1, "sub": "x", "locked": {"HOST": "x"}});
    let begin = |statement: String| Call::new("POST", "/session").bearer(&statement).body("");
    let begun = scene.ok(begin(device.statement(greedy))).await;
    assert_eq!(
        (&begun["mode"], &begun["ends_with"], &begun["cards"], &begun["template_id"]),
        (&json!("kiosk"), &json!("finalized"), &json!(1), &json!(5802))
    );
    assert_eq!((&begun["card_id"], &begun["locked"]), (&Value::Null, &json!({})));
    let first = begun["token"].as_str().unwrap().to_owned();
    let card = scene.card(&first).await;
    let second = scene.ok(begin(device.statement(json!({})))).await["token"].as_str().unwrap().to_owned();
    assert_eq!(scene.call(Call::new("GET", format!("{O}/cards/{card}")).bearer(&second)).await.status, 404);
    assert_eq!(scene.call(pass(&second, "Bo")).await.status, 200);

    scene.ok(Call::new("DELETE", format!("/devices/{}", device.id)).bearer(&staff)).await;
    assert_eq!(scene.call(begin(device.statement(json!({})))).await.status, 401);
    assert_eq!(scene.call(Call::new("GET", "/profile/me").bearer(&first)).await.status, 401);
    assert_eq!(scene.call(Call::new("DELETE", format!("/devices/{}", device.id)).bearer(&staff)).await.status, 404);
}

#[tokio::test]
async fn at_the_kiosk_itself_staff_sign_in_for_enrolling_and_for_nothing_else() {
    let scene = Scene::new(&[], DEVICES).await;
    let form = [("email", "api@instantcard.net"), ("password", "instantcardapi")];
    let signed_in = scene.ok(Call::new("POST", "/authenticate").form(&form)).await;
    let token = signed_in["auth_token"].as_str().unwrap();
    assert_eq!(scene.ok(Call::new("GET", "/profile/me").bearer(token)).await["organization"]["id"], 20_003_827);
    for path in [format!("{O}/balance"), format!("{O}/cards"), format!("{O}/card_templates")] {
        assert_eq!(scene.call(Call::new("GET", path.clone()).bearer(token)).await.status, 401, "{path}");
    }
    // As a browser's form, with a key, whatever the line does.
    let pair = Device::pair();
    let key = Device::jwk(&pair).to_string();
    let form = [("name", "Lobby north"), ("public_key", key.as_str())];
    let enrol =
        || Call::new("POST", "/devices").bearer(token).header("idempotency-key", "\"a device of 1 test\"").form(&form);
    let (enrolled, again) = (scene.ok(enrol()).await, scene.ok(enrol()).await);
    assert_eq!(enrolled, again);
    assert_eq!(enrolled["audience"], claims(json!({}))["aud"]);
    let listed = scene.ok(Call::new("GET", "/devices").bearer(token)).await;
    assert_eq!(listed.as_array().unwrap().iter().map(|device| &device["name"]).collect::<Vec<_>>(), ["Lobby north"]);
    let device = Device { pair, id: enrolled["id"].as_str().unwrap().to_owned() };
    let begin = |statement: String| Call::new("POST", "/session").bearer(&statement).body("");
    assert_eq!(scene.ok(begin(device.statement(json!({})))).await["mode"], "kiosk");
    let unknown = [("name", "x"), ("public_key", key.as_str()), ("id", "mine")];
    assert_eq!(scene.call(Call::new("POST", "/devices").bearer(token).form(&unknown)).await.status, 400);
}

#[tokio::test]
async fn nobody_but_staff_enrols_and_no_device_speaks_for_another() {
    let scene = Scene::new(&[], &format!("{DEVICES}{ROOMY}")).await;
    let staff = vendor_token(&scene).await;
    let device = Device::enrol(&scene, &staff).await;
    let session = scene.token(json!({})).await;
    let body = json!({"name": "Mine", "public_key": Device::jwk(&Device::pair())}).to_string();
    let enrol = || Call::new("POST", "/devices").header("content-type", "application/json").body(body.clone());
    for (call, status) in [
        (enrol(), 401),
        (enrol().bearer("a token of nobody"), 401),
        (enrol().bearer(&session), 404),
        (Call::new("GET", "/devices").bearer(&session), 404),
        (Call::new("DELETE", format!("/devices/{}", device.id)).bearer(&session), 404),
        (enrol().bearer(&staff).body(json!({"name": "", "public_key": {}}).to_string()), 400),
    ] {
        assert_eq!(scene.call(call).await.status, status);
    }
    let other = Device { pair: Device::pair(), id: device.id.clone() };
    let begin = |statement: String| Call::new("POST", "/session").bearer(&statement);
    for (statement, text) in [
        (other.statement(json!({})), "The statement's signature is wrong"),
        (device.statement(json!({"iss": "site"})), "The statement's issuer is not its key's"),
        (device.statement(json!({"exp": now() + 4000})), "The statement is good for too long"),
        (device.statement(json!({"origin": "https://evil.example"})), "The statement is for another origin"),
    ] {
        assert_eq!(scene.call(begin(statement)).await.error(), text);
    }
}
