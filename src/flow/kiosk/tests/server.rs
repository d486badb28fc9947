//! The server of these tests, which has its days.

use super::*;

/// What the server does.
#[derive(Default)]
pub(super) struct Server {
    /// It cannot be reached.
    pub(super) is_away: Cell<bool>,
    /// It takes so long for calls whose method and path end so, in milliseconds.
    pub(super) late: Cell<Option<(Method, &'static str, u32)>>,
    /// What it says to whoever deletes.
    pub(super) delete_status: Cell<Option<u16>>,
    /// What it says to whoever finalizes, instead of doing so.
    pub(super) finalize_status: Cell<Option<u16>>,
    /// Whether each card there is was finalized.
    pub(super) cards: RefCell<BTreeMap<u64, bool>>,
    pub(super) made: Cell<u64>,
    /// Its print jobs.
    pub(super) desk: ending::Jobs,
    /// What it knows of devices and their sessions, where it is a gateway.
    pub(super) gate: device::Gate,
    /// The same behind a gateway.
    pub(super) orders: ending::gateway::Orders,
}

impl Server {
    pub(super) fn answer(&self, request: &WireRequest) -> Step {
        if self.is_away.get() {
            return Step::Fail;
        }
        if request.url.ends_with("/authenticate") {
            return self.authenticates(request);
        }
        if request.url.ends_with("/profile/me") {
            let own = match request.bearer.as_ref().map(Token::as_str) {
                Some("staff") => 7,
                Some("stranger") => 8,
                _ => return Step::Answer(401, r#"{"error": "Unauthorized"}"#.into()),
            };
            return Step::Answer(200, format!(r#"{{"id": 1, "organization": {{"id": {own}, "name": "Ours"}}}}"#));
        }
        if let Some(step) = self.gate.answer(request) {
            return step;
        }
        if request.bearer.is_none() {
            return Step::Answer(401, r#"{"error": "Unauthorized"}"#.into());
        }
        if let Some(step) = self.orders.answer(request) {
            return step;
        }
        if let Some(step) = self.desk.answer(request) {
            return step;
        }
        let (status, body) = self.does(request);
        match self.late.get() {
            Some((method, end, after)) if method == request.method && request.url.ends_with(end) => {
                Step::Late(after, status, body)
            }
            _ => Step::Answer(status, body),
        }
    }

    fn authenticates(&self, request: &WireRequest) -> Step {
        assert!(request.bearer.is_none(), "nobody's token is shown to sign in");
        let form = request.form.as_deref().unwrap_or_default();
        let of = |name: &str| form.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        match (of("email"), of("password")) {
            (email @ ("staff" | "stranger"), "right") => Step::Answer(200, format!(r#"{{"auth_token": "{email}"}}"#)),
            _ => Step::Answer(401, r#"{"error": "Unauthorized"}"#.into()),
        }
    }

    fn does(&self, request: &WireRequest) -> (u16, String) {
        let path = request.url.split_once("/v2/").map_or("", |(_, path)| path);
        let number = || path.split('/').nth(3).and_then(|number| number.parse::<u64>().ok()).unwrap_or_default();
        let ok = |body: &str| (200, body.to_owned());
        match (request.method, path.rsplit('/').next().unwrap_or_default()) {
            (Method::Get, "card_templates") => ok(r#"[{"id": 4, "name": "Badge"}, {"id": 5, "name": "Pass"}]"#),
            (Method::Get, "fields") => ok(
                r#"[{"token": "N", "label": "Name", "type": "text"}, {"token": "P", "label": "Photo", "type": "image"},
                    {"token": "S", "label": "Signature", "type": "image"}]"#,
            ),
            (Method::Get, "preview") => ok(r#"{"preview_available": true, "front": "AAAAAAAAAAAA"}"#),
            (Method::Post, "cards") => {
                self.made.set(self.made.get() + 1);
                self.cards.borrow_mut().insert(self.made.get(), false);
                ok(&format!(r#"{{"id": {}}}"#, self.made.get()))
            }
            (Method::Patch, "finalize") => match self.finalize_status.get() {
                Some(status) => (status, r#"{"error": "No"}"#.to_owned()),
                None => {
                    self.cards.borrow_mut().insert(number(), true);
                    ok(&format!(r#"{{"id": {}}}"#, number()))
                }
            },
            (Method::Patch, _) => ok(&format!(r#"{{"id": {}}}"#, number())),
            (Method::Delete, _) => match self.delete_status.get() {
                Some(status) => (status, r#"{"error": "No"}"#.to_owned()),
                None => match self.cards.borrow_mut().remove(&number()) {
                    Some(is_finalized) => {
                        assert!(!is_finalized, "card {} is finalized, and is deleted", number());
                        ok(r#"{"result": "Success"}"#)
                    }
                    None => (404, r#"{"error": "Not found"}"#.to_owned()),
                },
            },
            other => panic!("nobody asks for {other:?}: {path}"),
        }
    }

    pub(super) fn cards(&self) -> Vec<(u64, bool)> {
        self.cards.borrow().iter().map(|(card, is_finalized)| (*card, *is_finalized)).collect()
    }
}
