//! Every operation's method, URL and parameters, exactly: the server refuses a parameter that it does not know.

use super::*;
use Method::{Delete, Get, Patch, Post};

const CARD: &str = r#"{"id": 3}"#;
const JOB: &str = r#"{"id": 5, "status": "Created"}"#;
pub(super) const DONE: &str = r#"{"result": "Success"}"#;
pub(super) const PAGE: Option<Page> = Some(Page { number: 2, size: 25 });

/// Makes a call that succeeds with `body`, and returns the one request that it sent.
#[track_caller]
pub(super) fn sent<T, F: Future<Output = Result<T, Error>>>(body: &str, call: impl FnOnce(Client) -> F) -> Sent {
    let fake = Fake::once(body);
    if let Err(error) = fake.run(call(fake.client())) {
        panic!("{error:?}");
    }
    let mut sent = fake.sent();
    assert_eq!(sent.len(), 1);
    sent.remove(0)
}

#[track_caller]
pub(super) fn assert_sent(sent: &Sent, method: Method, path: &str, form: Option<&[(&str, &str)]>) {
    assert_eq!(sent.method, method);
    assert_eq!(sent.url, ["https://api.test/v2/", path].concat());
    let entries: Option<Vec<(&str, &str)>> =
        sent.form.as_ref().map(|form| form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect());
    assert_eq!(entries.as_deref(), form);
    assert_eq!(sent.bearer.as_deref(), (path != "authenticate").then_some("T1"));
}

fn text(value: &str) -> FieldValue {
    FieldValue { token: "t1".into(), label: "Name".into(), kind: FieldKind::Text, value: value.into() }
}

fn photo() -> FieldValue {
    FieldValue { token: "t2".into(), label: "Photo".into(), kind: FieldKind::Image, value: "AAA=".into() }
}

#[test]
fn authenticate() {
    let sent = sent(r#"{"token": "x"}"#, |client| client.authenticate("a@b.c", "secret"));
    assert_sent(&sent, Post, "authenticate", Some(&[("email", "a@b.c"), ("password", "secret")]));
}

#[test]
fn profile() {
    assert_sent(&sent("{}", |client| client.profile()), Get, "profile/me", None);
}

#[test]
fn create_card() {
    let values = [text("Ana \"A\" Luz"), photo()];
    let sent = sent(CARD, |client| client.create_card(ORG, TemplateId(4), &values));
    let data = r#"[{"token":"t1","label":"Name","type":"text","value":"Ana \"A\" Luz"},{"token":"t2","label":"Photo","type":"image","value":"AAA="}]"#;
    assert_sent(&sent, Post, "organizations/7/cards", Some(&[("card[card_template_id]", "4"), ("card[data]", data)]));
}

#[test]
fn card_preview() {
    let sent = sent("{}", |client| client.card_preview(ORG, CardId(3)));
    assert_sent(&sent, Get, "organizations/7/cards/3/preview", None);
}

#[test]
fn update_card() {
    let sent = sent(CARD, |client| client.update_card(ORG, CardId(3), &[text("x\ny")]));
    let data = r#"[{"token":"t1","label":"Name","type":"text","value":"x\ny"}]"#;
    assert_sent(&sent, Patch, "organizations/7/cards/3", Some(&[("card[data]", data)]));
}

#[test]
fn finalize_card() {
    let sent = sent(CARD, |client| client.finalize_card(ORG, CardId(3)));
    assert_sent(&sent, Patch, "organizations/7/cards/3/finalize", None);
}

#[test]
fn search_cards() {
    let all = sent("[]", |client| client.search_cards(ORG, "ana & co/ñ", None));
    assert_sent(&all, Get, "organizations/7/cards/search?term=ana%20%26%20co%2F%C3%B1", None);
    let page = sent("[]", |client| client.search_cards(ORG, "ana", PAGE));
    assert_sent(&page, Get, "organizations/7/cards/search?term=ana&page=2&page_size=25", None);
}

#[test]
fn delete_card() {
    let sent = sent(DONE, |client| client.delete_card(ORG, CardId(3)));
    assert_sent(&sent, Delete, "organizations/7/cards/3", None);
}

#[test]
fn cards() {
    assert_sent(&sent("[]", |client| client.cards(ORG, None)), Get, "organizations/7/cards", None);
    let page = sent("[]", |client| client.cards(ORG, PAGE));
    assert_sent(&page, Get, "organizations/7/cards?page=2&page_size=25", None);
}

#[test]
fn card() {
    assert_sent(&sent(CARD, |client| client.card(ORG, CardId(3))), Get, "organizations/7/cards/3", None);
}

#[test]
fn print_history() {
    let sent = sent("[]", |client| client.print_history(ORG, CardId(3)));
    assert_sent(&sent, Get, "organizations/7/cards/3/print_history", None);
}

fn one_off() -> OneOffAddress {
    OneOffAddress {
        full_name: "Ana Luz".into(),
        organization_name: Some("Acme".into()),
        address_1: "1 Main".into(),
        address_2: Some("".into()),
        city: "Oz".into(),
        state: "KS".into(),
        zip_code: "01234".into(),
        country: "USA".into(),
    }
}

#[test]
fn create_print_job() {
    let empty = sent(JOB, |client| client.create_print_job(ORG, &PrintJobChange::default()));
    assert_sent(&empty, Post, "organizations/7/print_jobs", None);
    let change = PrintJobChange {
        destination: Some(Destination::Saved(AddressId(8))),
        shipping_provider_id: Some(ShippingProviderId(2)),
        number_of_copies: Some(3),
        card_ids: vec![CardId(264561), CardId(4)],
    };
    let saved = sent(JOB, |client| client.create_print_job(ORG, &change));
    let form = [
        ("print_job[address_id]", "8"),
        ("print_job[shipping_provider_id]", "2"),
        ("print_job[number_of_copies]", "3"),
        ("print_job[card_ids]", "[264561,4]"),
    ];
    assert_sent(&saved, Post, "organizations/7/print_jobs", Some(&form));
    let change = PrintJobChange { destination: Some(Destination::OneOff(one_off())), ..PrintJobChange::default() };
    let form = [
        ("print_job[address][contact][full_name]", "Ana Luz"),
        ("print_job[address][organization_name]", "Acme"),
        ("print_job[address][address_1]", "1 Main"),
        ("print_job[address][address_2]", ""),
        ("print_job[address][city]", "Oz"),
        ("print_job[address][state]", "KS"),
        ("print_job[address][zip_code]", "01234"),
        ("print_job[address][country]", "USA"),
    ];
    let once = sent(JOB, |client| client.create_print_job(ORG, &change));
    assert_sent(&once, Post, "organizations/7/print_jobs", Some(&form));
}

#[test]
fn update_print_job() {
    let mut update = PrintJobUpdate::new(Some(ShippingProviderId(2)));
    update.number_of_copies = Some(3);
    update.card_ids = vec![CardId(4)];
    let saved = sent(JOB, |client| client.update_print_job(ORG, PrintJobId(5), &update));
    let query =
        "print_job%5Bshipping_provider_id%5D=2&print_job%5Bnumber_of_copies%5D=3&print_job%5Bcard_ids%5D=%5B4%5D";
    assert_sent(&saved, Patch, &["organizations/7/print_jobs/5?", query].concat(), None);

    let mut update = PrintJobUpdate::new(None);
    update.destination =
        Some(Destination::OneOff(OneOffAddress { organization_name: None, address_2: None, ..one_off() }));
    let once = sent(JOB, |client| client.update_print_job(ORG, PrintJobId(5), &update));
    let query = "print_job%5Baddress%5D%5Bcontact%5D%5Bfull_name%5D=Ana%20Luz&print_job%5Baddress%5D%5Baddress_1%5D=1%20Main\
        &print_job%5Baddress%5D%5Bcity%5D=Oz&print_job%5Baddress%5D%5Bstate%5D=KS\
        &print_job%5Baddress%5D%5Bzip_code%5D=01234&print_job%5Baddress%5D%5Bcountry%5D=USA";
    assert_sent(&once, Patch, &["organizations/7/print_jobs/5?", query].concat(), None);
}

#[test]
fn add_cards() {
    let sent = sent(JOB, |client| client.add_cards(ORG, PrintJobId(5), &[CardId(264561)]));
    let form = [("print_job[card_ids]", "[264561]")];
    assert_sent(&sent, Post, "organizations/7/print_jobs/5/add_cards", Some(&form));
}

#[test]
fn remove_card() {
    let sent = sent("true", |client| client.remove_card(ORG, PrintJobId(5), CardId(3)));
    assert_sent(&sent, Delete, "organizations/7/print_jobs/5/remove_cards/3", None);
}

#[test]
fn check_balance() {
    let sent = sent("true", |client| client.check_balance(ORG, PrintJobId(5)));
    assert_sent(&sent, Get, "organizations/7/print_jobs/5/check_balance", None);
}

#[test]
fn submit_print_job() {
    let sent = sent(JOB, |client| client.submit_print_job(ORG, PrintJobId(5)));
    assert_sent(&sent, Post, "organizations/7/print_jobs/5/print", None);
}

#[test]
fn charge_details() {
    let sent = sent("{}", |client| client.charge_details(ORG, PrintJobId(5)));
    assert_sent(&sent, Get, "organizations/7/print_jobs/5/charge_details", None);
}

#[test]
fn print_job() {
    let sent = sent(JOB, |client| client.print_job(ORG, PrintJobId(5)));
    assert_sent(&sent, Get, "organizations/7/print_jobs/5", None);
}

#[test]
fn print_jobs() {
    assert_sent(&sent("[]", |client| client.print_jobs(ORG, None, None)), Get, "organizations/7/print_jobs", None);
    let open = sent("[]", |client| client.print_jobs(ORG, PAGE, Some(JobFilter::Open)));
    assert_sent(&open, Get, "organizations/7/print_jobs?page=2&page_size=25&status=0", None);
    let submitted = sent("[]", |client| client.print_jobs(ORG, None, Some(JobFilter::Submitted)));
    assert_sent(&submitted, Get, "organizations/7/print_jobs?status=1", None);
}

#[test]
fn organization() {
    assert_sent(&sent(r#"{"id": 7}"#, |client| client.organization(ORG)), Get, "organizations/7", None);
}

#[test]
fn balance() {
    assert_sent(&sent(r#""$1""#, |client| client.balance(ORG)), Get, "organizations/7/balance", None);
}

#[test]
fn shipping_providers() {
    let sent = sent("[]", |client| client.shipping_providers(ORG));
    assert_sent(&sent, Get, "organizations/7/shipping_providers", None);
}

pub(super) fn payment() -> Payment {
    Payment {
        amount: "17.37".into(),
        number: "4242424242424242".into(),
        exp_month: "06".into(),
        exp_year: "2029".into(),
        cvc: "424".into(),
        full_name: "InstantCard API".into(),
        billing_address1: "418 Highland Rd.".into(),
        billing_address2: None,
        billing_country: "USA".into(),
        billing_city: "Feasterville".into(),
        billing_state: "PA".into(),
        billing_zip_code: "19053".into(),
    }
}

#[test]
fn add_funds() {
    let mut payment = payment();
    let mut form = vec![
        ("amount", "17.37"),
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
    let one_line = sent("true", |client| client.add_funds(ORG, &payment));
    assert_sent(&one_line, Post, "organizations/7/add_funds", Some(&form));
    payment.billing_address2 = Some("Suite 2".into());
    form.insert(7, ("billing_address2", "Suite 2"));
    let two_lines = sent("true", |client| client.add_funds(ORG, &payment));
    assert_sent(&two_lines, Post, "organizations/7/add_funds", Some(&form));
}

#[test]
fn financial_transactions() {
    let sent = sent("[]", |client| client.financial_transactions(ORG));
    assert_sent(&sent, Get, "organizations/7/financial_transactions", None);
}

#[test]
fn card_templates() {
    assert_sent(&sent("[]", |client| client.card_templates(ORG)), Get, "organizations/7/card_templates", None);
}

#[test]
fn template_fields() {
    let sent = sent("[]", |client| client.template_fields(ORG, TemplateId(4)));
    assert_sent(&sent, Get, "organizations/7/card_templates/4/fields", None);
}
