//! What holds for any input.

use proptest::prelude::*;

use super::*;
use crate::api::endpoint::percent_encode;
use crate::api::json::{Json, Node, parse, write_text};
use crate::api::wire;

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Any document, with the API's own names well represented.
fn json() -> impl Strategy<Value = Json> {
    let name = prop_oneof![
        prop::sample::select(vec![
            "id",
            "data",
            "token",
            "label",
            "value",
            "type",
            "dimensions",
            "width",
            "height",
            "status",
            "extract",
            "list_users",
            "user_datum",
            "card_id",
            "cards",
            "card_ids",
            "address",
            "contact",
            "addresses",
            "items",
            "balance",
            "front",
            "back",
            "error",
            "result",
            "organization",
            "settings",
            "url",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(|number| Json::Number(number.to_string())),
        "[0-9]{0,3}(\\.[0-9]{1,4})?".prop_map(Json::Text),
        any::<String>().prop_map(Json::Text),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::List),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(Json::Object),
        ]
    })
}

fn write(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(digits) => out.push_str(digits),
        Json::Text(text) => write_text(text, out),
        Json::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn field_values() -> impl Strategy<Value = Vec<FieldValue>> {
    let value = (any::<String>(), any::<String>(), any::<String>()).prop_map(|(token, label, value)| FieldValue {
        token,
        label,
        kind: FieldKind::Text,
        value,
    });
    prop::collection::vec(value, 0..6)
}

/// What may stand in a text of a document and is no JSON, and how it is read.
fn bad_characters() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        (r"\ud83d", "\u{fffd}"),
        (r"\udE00", "\u{fffd}"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}\u{1f600}"),
        (r"\ud83d\n", "\u{fffd}\n"),
        (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
        ("\t", "\t"),
        ("\r\n", "\r\n"),
        ("\u{0}", "\u{fffd}"),
        ("\u{1f}", "\u{fffd}"),
        (r"\x", "\u{fffd}x"),
        // Whatever follows, it is no digit of it.
        (r"\u12-", "\u{fffd}u12-"),
    ])
}

proptest! {
    #[test]
    fn a_bad_character_takes_nothing_with_it(
        names in prop::collection::vec(any::<String>(), 1..6), bad in bad_characters(), place in any::<prop::sample::Index>(),
    ) {
        let spoilt = place.index(names.len());
        let mut document = String::from("[\n");
        for (index, name) in names.iter().enumerate() {
            let mut text = String::new();
            write_text(name, &mut text);
            if index == spoilt {
                text = format!("\"{}{}", bad.0, &text[1..]);
            }
            document.push_str(&format!("{}{{\t\"id\": {index},\"name\":{text}}}", if index > 0 { ",\r\n" } else { "" }));
        }
        document.push(']');
        let templates = answered(&document, |client| client.card_templates(ORG)).unwrap().whole().unwrap();
        for (index, template) in templates.iter().enumerate() {
            let expected = if index == spoilt { format!("{}{}", bad.1, names[index]) } else { names[index].clone() };
            prop_assert_eq!((template.id.0, &template.name), (index as u64, &expected));
        }
        prop_assert_eq!(templates.len(), names.len());
    }

    #[test]
    fn whatever_stands_in_a_list_the_rest_is_read(mut items in prop::collection::vec(json(), 0..6), place in any::<prop::sample::Index>()) {
        items.insert(place.index(items.len() + 1), Json::Object(vec![("id".into(), Json::Number("77".into()))]));
        let mut document = String::new();
        write(&Json::List(items.clone()), &mut document);
        let list = answered(&document, |client| client.contacts(ORG, None)).unwrap();
        prop_assert!(list.items.iter().any(|contact| contact.id == ContactId(77)));
        prop_assert_eq!(list.items.len() + list.left_out as usize, items.len());
    }

    #[test]
    fn percent_encoding_can_be_undone(text in any::<String>()) {
        let mut encoded = String::new();
        percent_encode(&text, &mut encoded);
        prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
        prop_assert_eq!(decode(&encoded), Some(text));
    }

    #[test]
    fn a_written_text_is_json(text in any::<String>()) {
        let mut written = String::new();
        write_text(&text, &mut written);
        prop_assert_eq!(serde_json::from_str::<String>(&written).ok(), Some(text));
    }

    #[test]
    fn a_document_is_read_as_it_is(json in json()) {
        let mut written = String::new();
        write(&json, &mut written);
        prop_assert_eq!(parse(&written), Some(json));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn fractions_keep_three_digits(thousandths in -99_999_999i64..99_999_999) {
        let sign = if thousandths < 0 { "-" } else { "" };
        let written = format!("{sign}{}.{:03}", thousandths.abs() / 1000, thousandths.abs() % 1000);
        let expected = written.trim_end_matches('0').trim_end_matches('.');
        let expected = if expected == "-0" { "0" } else { expected };
        prop_assert_eq!(parse(&written), Some(Json::Number(expected.to_owned())));
    }

    #[test]
    fn no_answer_makes_reading_panic(json in json()) {
        let node = Node::root(&json);
        let _ = wire::token(&node);
        let _ = wire::profile(&node);
        let _ = wire::card(&node);
        let _ = wire::cards(&node);
        let _ = wire::preview(&node);
        let _ = wire::print_history(&node);
        let _ = wire::templates(&node);
        let _ = wire::fields(&node);
        let _ = wire::print_job(&node);
        let _ = wire::print_jobs(&node);
        let _ = wire::charge_details(&node);
        let _ = wire::organization(&node);
        let _ = wire::balance(&node);
        let _ = wire::shipping_providers(&node);
        let _ = wire::funds_added(&node);
        let _ = wire::transactions(&node);
        let _ = wire::address(&node);
        let _ = wire::addresses(&node);
        let _ = wire::contact(&node);
        let _ = wire::contacts(&node);
        let _ = wire::done(&node);
        let _ = wire::truth(&node);
    }

    #[test]
    fn any_body_under_any_status_is_read(status in 0u16..700, body in any::<String>()) {
        let fake = Fake::script((0..3).map(|_| Step::Answer(status, body.clone())));
        let _ = fake.run(fake.client().card_templates(ORG));
    }

    #[test]
    fn any_base_is_taken_or_refused(base in any::<String>(), proxy in any::<Option<String>>(), page in any::<String>()) {
        let _ = Endpoint::new(&base, proxy.as_deref(), &page);
    }

    /// Card data comes back as it was sent, whichever of its three shapes the server chooses.
    #[test]
    fn card_data_round_trip(values in field_values()) {
        let sent = wire::encode_card_data(&values);
        let Some(Json::List(items)) = parse(&sent) else { panic!("{sent}") };
        let pairs: Vec<(String, Json)> = items
            .iter()
            .map(|item| (item.get("token").text().unwrap().to_owned(), item.get("value").clone()))
            .collect();
        let single = pairs.iter().map(|pair| Json::Object(vec![pair.clone()])).collect();
        for (data, labelled) in [
            (Json::List(items), true),
            (Json::List(single), false),
            (Json::Object(pairs), false),
            (Json::Text(sent.clone()), true),
        ] {
            let card = Json::Object(vec![("id".into(), Json::Number("3".into())), ("data".into(), data)]);
            let read = wire::card(&Node::root(&card)).unwrap().data;
            prop_assert_eq!(read.len(), values.len());
            for (read, sent) in read.iter().zip(&values) {
                prop_assert_eq!(&read.token, &sent.token);
                prop_assert_eq!(&read.value, &sent.value);
                prop_assert_eq!(read.label.as_ref(), labelled.then_some(&sent.label));
            }
        }
    }
}
