//! The rules, seen through the door.

use super::{Door, DoorAnswer, DoorOptions, DoorRequest, PIXEL};
use serde_json::{Value, json};

const O: &str = "/api/v2/organizations/20003827";

/// A door and a token, for short calls.
struct Visit {
    door: Door,
    token: String,
}

impl Visit {
    fn new(dialect: &[(&str, &str)]) -> Self {
        let dialect = dialect.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let options = DoorOptions { cards: 12, balance_cents: 20_000, dialect, seed: 7, ..DoorOptions::default() };
        let mut door = Door::new(&options).unwrap();
        let token = door.issue_token();
        Self { door, token }
    }

    fn ask(&mut self, method: &str, path: &str, form: Option<&[(&str, &str)]>) -> (u16, Value) {
        let path = format!("{O}{path}");
        let request = DoorRequest { method, path_and_query: &path, bearer: Some(&self.token), form };
        let DoorAnswer { status, body } = self.door.request(request);
        (status, serde_json::from_str(&body).unwrap())
    }

    fn get(&mut self, path: &str) -> Value {
        let (status, body) = self.ask("GET", path, None);
        assert_eq!(status, 200, "{body}");
        body
    }

    fn post(&mut self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        self.ask("POST", path, Some(form))
    }

    /// A job with an address and a provider, and finalized cards in it.
    fn job(&mut self, cards: &str) -> u64 {
        let form = [
            ("print_job[address_id]", "9301"),
            ("print_job[shipping_provider_id]", "13"),
            ("print_job[card_ids]", cards),
        ];
        let (status, job) = self.post("/print_jobs", &form);
        assert_eq!(status, 200, "{job}");
        job["id"].as_u64().unwrap()
    }

    fn add(&mut self, job: u64, cards: &str) -> (u16, Value) {
        self.post(&format!("/print_jobs/{job}/add_cards"), &[("print_job[card_ids]", cards)])
    }
}

fn anonymous<'a>(method: &'a str, path_and_query: &'a str) -> DoorRequest<'a> {
    DoorRequest { method, path_and_query, bearer: None, form: None }
}

#[test]
fn the_same_seed_answers_to_the_letter() {
    let walk = |seed: u64| {
        let mut door = Door::new(&DoorOptions { seed, cards: 12, ..DoorOptions::default() }).unwrap();
        let sign_in = [("email", "api@instantcard.net"), ("password", "instantcardapi")];
        let signed_in = door.request(DoorRequest { form: Some(&sign_in), ..anonymous("POST", "/api/v2/authenticate") });
        let token: Value = serde_json::from_str(&signed_in.body).unwrap();
        let bearer = token["auth_token"].as_str();
        let mut answers = vec![signed_in.body.clone()];
        for path in ["/cards", "/cards?page=1&page_size=3", "/addresses", "/financial_transactions"] {
            door.advance_ms(1234);
            let path = format!("{O}{path}");
            answers.push(door.request(DoorRequest { bearer, ..anonymous("GET", &path) }).body);
            assert_eq!(door.request(anonymous("GET", &path)).status, 401);
        }
        answers
    };
    assert_eq!(walk(3), walk(3));
    assert_ne!(walk(3)[0], walk(4)[0]);
    assert_eq!(walk(3)[1..], walk(4)[1..], "the seed is the tokens' only");
}

#[test]
fn a_copy_goes_its_own_way() {
    let mut first = Visit::new(&[]);
    let mut second = Visit { door: first.door.clone(), token: first.token.clone() };
    first.job("[264501]");
    let name = json!([{"token": "FULL_NAME", "value": "Somebody else"}]).to_string();
    assert_eq!(first.ask("PATCH", "/cards/264501", Some(&[("card[data]", &name)])).0, 200);
    assert_eq!((first.door.jobs().count(), second.door.jobs().count()), (1, 0));
    assert_eq!(second.get("/print_jobs"), json!([]));
    let named = |door: &Door| door.card(264_501).unwrap().texts.iter().any(|(_, text)| *text == "Somebody else");
    assert!(named(&first.door) && !named(&second.door));
}

#[test]
fn each_print_charges_and_every_entry_counts() {
    let mut visit = Visit::new(&[]);
    let job = visit.job("[264501]");
    // Once more the same card, which is then in it twice.
    assert_eq!(visit.add(job, "[264501,264502]").1["extract"]["total_cards"], 3);
    assert_eq!(visit.add(job, "[264503,264503]"), (404, json!({"error": "Card not found"})));
    assert_eq!(visit.door.job(job).unwrap().cards, [264_501, 264_501, 264_502]);
    let print = format!("/print_jobs/{job}/print");
    for time in 1..=3 {
        visit.door.advance_ms(1000);
        assert_eq!(visit.post(&print, &[]).0, 200);
        assert_eq!((visit.door.times_charged(job), visit.door.balance_cents()), (time, 20_000 - 2900 * time as i64));
    }
    let entry = visit.door.ledger().next_back().unwrap();
    assert_eq!((entry.job, entry.cents, entry.direction), (Some(job), -2900, "Debit"));
    assert!(entry.description.contains(&job.to_string()));
    assert_eq!(entry.at_ms, visit.door.now_ms());
    assert_eq!(visit.door.card(264_501).unwrap().prints.len() - visit.door.card(264_502).unwrap().prints.len(), 4);
    assert_eq!(visit.get(&format!("/print_jobs/{job}/charge_details"))["items"].as_array().unwrap().len(), 3);
    assert_eq!(visit.ask("DELETE", &format!("/print_jobs/{job}/remove_cards/264501"), None), (404, json!(false)));
}

#[test]
fn one_entry_is_taken_out_at_a_time() {
    let mut visit = Visit::new(&[]);
    let job = visit.job("[264501]");
    visit.add(job, "[264501]");
    let remove = format!("/print_jobs/{job}/remove_cards/264501");
    for (left, was_in) in [(1, true), (0, true), (0, false)] {
        assert_eq!(visit.ask("DELETE", &remove, None), (200, json!(was_in)));
        assert_eq!(visit.door.job(job).unwrap().cards.len(), left);
    }
}

#[test]
fn dialects_of_the_older_server_and_of_others() {
    let mut strict = Visit::new(&[("print", "once"), ("add_cards", "once"), ("create_job", "requires")]);
    let missing = |name: &str| (400, json!({ "error": format!("Missing parameter '{name}'") }));
    assert_eq!(strict.post("/print_jobs", &[]), missing("address_id"));
    let address = ("print_job[address_id]", "9301");
    assert_eq!(strict.post("/print_jobs", &[address]), missing("shipping_provider_id"));
    let job = strict.job("[264501,264501]");
    strict.add(job, "[264501]");
    assert_eq!(strict.door.job(job).unwrap().cards, [264_501]);
    assert_eq!(strict.post(&format!("/print_jobs/{job}/print"), &[]).0, 200);
    assert_eq!(strict.post(&format!("/print_jobs/{job}/print"), &[]).0, 400);
    assert_eq!(strict.door.times_charged(job), 1);

    let mut old = Visit::new(&[("print", "asks_nothing"), ("check_balance", "always_true")]);
    old.door.set_balance_cents(-100);
    let job = old.job("[]");
    assert_eq!(old.get(&format!("/print_jobs/{job}/check_balance")), json!(true));
    assert_eq!(old.post(&format!("/print_jobs/{job}/print"), &[]).0, 200);
    assert_eq!(old.door.balance_cents(), -1350);
    old.door.set_dialect("check_balance", "honest").unwrap();
    let job = old.job("[]");
    assert_eq!(old.get(&format!("/print_jobs/{job}/check_balance")), json!(false));
    assert!(old.door.set_dialect("check_balance", "sometimes").is_err());
}

#[test]
fn an_order_that_means_nothing_is_the_same_each_time() {
    let mut visit = Visit::new(&[("list_order", "unordered")]);
    let ids = |list: Value| -> Vec<u64> {
        list.as_array().unwrap().iter().map(|card| card["id"].as_u64().unwrap()).collect()
    };
    let all = ids(visit.get("/cards"));
    let mut sorted = all.clone();
    sorted.sort_unstable();
    assert!(sorted.len() == 12 && all != sorted && all.iter().rev().ne(&sorted));
    let pages: Vec<_> = (1..=4).flat_map(|page| ids(visit.get(&format!("/cards?page={page}&page_size=5")))).collect();
    assert_eq!(pages, all);
}

#[test]
fn addresses_are_refused_in_either_way() {
    let fields = [
        ("address[address1]", "1 Main St"),
        ("address[city]", "Erie"),
        ("address[state]", "PA"),
        ("address[zip_code]", "16501"),
        ("address[country]", "USA"),
        ("address[contact_id]", "1"),
    ];
    let mut visit = Visit::new(&[]);
    assert_eq!(visit.post("/addresses", &fields), (406, json!({"error": "Contact not found"})));
    visit.door.set_dialect("address_refusals", "400_list").unwrap();
    assert_eq!(visit.post("/addresses", &fields), (400, json!({"error": ["Unknown contact id"]})));
    let (status, refused) = visit.post("/addresses", &fields[2..]);
    assert_eq!((status, refused["error"].as_array().unwrap().len()), (400, 2));
    assert_eq!(visit.door.addresses().count(), 2);
}

#[test]
fn previews_are_there_and_a_back_may_fail() {
    let mut visit = Visit::new(&[]);
    let preview = visit.get("/cards/264501/preview");
    assert_eq!((&preview["front"], &preview["back"]), (&json!(PIXEL), &json!(PIXEL)));
    visit.door.set_dialect("back_side", "fails").unwrap();
    let preview = visit.get("/cards/264501/preview");
    assert_eq!((&preview["preview_available"], preview.get("back")), (&json!(true), None));
    assert_eq!(visit.get("/cards/264504/preview")["back"], "", "one-sided");
    visit.door.set_preview_unavailable_times(1);
    assert_eq!(visit.get("/cards/264501/preview")["preview_available"], false);
}

#[test]
fn tokens_run_out_with_the_worlds_clock_and_one_by_one() {
    let mut visit = Visit::new(&[]);
    let other = visit.door.issue_token();
    visit.door.set_token_ttl_ms(Some(1000));
    visit.door.advance_ms(999);
    visit.get("/balance");
    visit.door.advance_ms(1);
    assert_eq!(visit.ask("GET", "/balance", None).0, 401);
    visit.door.set_token_ttl_ms(None);
    visit.get("/balance");
    assert!(visit.door.expire_token(&visit.token.clone()));
    assert_eq!(visit.ask("GET", "/balance", None).0, 401);
    visit.token = other;
    visit.get("/balance");
    assert_eq!(visit.door.tokens().count(), 1);
}

#[test]
fn payments_have_receipts_and_paths_have_ends() {
    let mut visit = Visit::new(&[]);
    let payment = [
        ("amount", "10.00"),
        ("number", "4242424242424242"),
        ("exp_month", "06"),
        ("exp_year", "2029"),
        ("cvc", "424"),
        ("full_name", "InstantCard API"),
        ("billing_address1", "418 Highland Rd."),
        ("billing_country", "USA"),
        ("billing_city", "Feasterville"),
        ("billing_state", "PA"),
        ("billing_zip_code", "19053"),
    ];
    assert_eq!(visit.post("/add_funds", &payment), (200, json!(true)));
    assert!(visit.get("/financial_transactions")[0]["receipt"].is_string());
    assert_eq!(visit.door.balance_cents(), 21_000);
    assert_eq!(visit.ask("DELETE", "/balance", None), (405, json!({"error": "Method not allowed"})));
    for path in ["/nothing", "/balance/", "/cards/1/2/3", "/print_jobs//print"] {
        assert_eq!(visit.ask("GET", path, None), (404, json!({"error": "Endpoint not found"})), "{path}");
    }
}

#[test]
fn doors_go_to_other_threads() {
    fn moves<T: Send + Sync + Clone>() {}
    moves::<Door>();
}
