//! A card that the server has is corrected, against servers that keep what they have and servers that do not.

use std::collections::BTreeMap;

use super::*;
use crate::api::CardId;
use crate::domain::draft::Value;
use crate::flow::card::SaveState;

/// What the server is like.
#[derive(Clone, Copy, Default, PartialEq)]
struct Server {
    /// An update takes out what is not in it.
    replaces: bool,
    /// An update takes out the picture that is not in it.
    loses: bool,
    /// It gives no pictures.
    omits: bool,
    /// It is of this organization, and from this template.
    organization: u64,
    template: u64,
    /// It has no such card.
    is_gone: bool,
    /// It says nothing of what is on the card.
    is_mute: bool,
}

const SERVER: Server = Server {
    replaces: false,
    loses: false,
    omits: false,
    organization: 7,
    template: 4,
    is_gone: false,
    is_mute: false,
};

/// What stands on the card there.
type OnCard = Rc<RefCell<BTreeMap<String, String>>>;

fn opened(server: Server, given: Given) -> (Stage, OnCard) {
    let on_card = [("N", "Ana"), ("ID", "17"), ("P", "/9j/theirs")].map(|(token, value)| (token.into(), value.into()));
    let on_card: OnCard = Rc::new(RefCell::new(on_card.into()));
    let there = on_card.clone();
    let answers = move |request: &WireRequest| {
        let path = request.url.split_once("/v2/").map_or("", |(_, path)| path);
        if !path.ends_with("cards/9") {
            return answer(request);
        }
        if server.is_gone {
            return Step::Answer(404, r#"{"error": "Not found"}"#.to_owned());
        }
        if request.method == Method::Patch {
            let data =
                request.form.as_ref().and_then(|form| form.iter().find(|(name, _)| *name == "card[data]")).unwrap();
            let sent = |token: &str| {
                let after = data.1.split_once(&format!("\"token\":\"{token}\""))?.1.split_once("\"value\":\"")?.1;
                Some(after.split_once('"').unwrap().0.to_owned())
            };
            let mut there = there.borrow_mut();
            for token in ["N", "ID", "P"] {
                match sent(token) {
                    Some(value) => there.insert(token.to_owned(), value),
                    None if server.replaces || (server.loses && token == "P") => there.remove(token),
                    None => None,
                };
            }
        }
        let shown = |(token, value): (&String, &String)| {
            let value = if server.omits && token == "P" && !value.is_empty() { "image" } else { value };
            format!(r#"{{"token": "{token}", "value": "{value}"}}"#)
        };
        let data: Vec<String> = if server.is_mute { Vec::new() } else { there.borrow().iter().map(shown).collect() };
        Step::Answer(
            200,
            format!(
                r#"{{"id": 9, "card_template_id": {}, "organization_id": {}, "data": [{}]}}"#,
                server.template,
                server.organization,
                data.join(", ")
            ),
        )
    };
    let config = Config { card: Some(CardId(9)), ..config(Mode::Request) };
    (Stage::against(answers, config, given), on_card)
}

/// What was sent in each update.
fn updates(stage: &Stage) -> Vec<String> {
    let sent = stage.fake.sent().into_iter().filter(|sent| sent.method == Method::Patch);
    sent.map(|sent| sent.value("card[data]").unwrap_or_default().to_owned()).collect()
}

fn saves(stage: &Stage) {
    stage.app.card().save_draft();
    stage.pass();
}

fn is_saved(stage: &Stage) -> bool {
    matches!(stage.app.card().save_state().get_untracked(), SaveState::Saved)
}

#[test]
fn only_what_has_changed_is_sent() {
    for omits in [false, true] {
        let (stage, on_card) = opened(Server { omits, ..SERVER }, Given::default());
        let card = stage.app.card();
        assert_eq!((stage.text(0), stage.text(1)), ("Ana".to_owned(), "17".to_owned()));
        assert_eq!(card.draft().with_untracked(|draft| draft.as_ref().unwrap().template.name.clone()), "Badge");
        assert!(card.check(false) && !card.is_unsaved(), "nothing is missing, the picture neither");
        saves(&stage);
        assert!(updates(&stage).is_empty() && is_saved(&stage));
        card.typed(0, "Anna");
        assert!(card.is_unsaved());
        saves(&stage);
        let [sent] = &updates(&stage)[..] else { panic!("one update") };
        assert!(sent.contains("Anna") && !sent.contains("17") && !sent.contains("image\",\"value"), "{sent}");
        card.use_photo(2, "/9j/mine".into());
        saves(&stage);
        let there = ["N", "ID", "P"].map(|token| on_card.borrow()[token].clone());
        assert_eq!((there, is_saved(&stage)), (["Anna", "17", "/9j/mine"].map(str::to_owned), true));
        assert!(stage.errors().is_empty());
        let made = stage.fake.sent().iter().any(|sent| sent.method == Method::Post);
        assert!(!made, "no other card is made");
    }
}

#[test]
fn what_the_page_gives_is_put_over_what_the_card_has() {
    let given = Given {
        prefill: vec![("N".to_owned(), text("Somebody"))],
        ..fields([("ID", wish(Some(text("18")), Hold::Locked))])
    };
    let (stage, on_card) = opened(SERVER, given);
    assert_eq!((stage.text(0), stage.text(1)), ("Ana".to_owned(), "18".to_owned()));
    assert!(!stage.app.card().is_unsaved(), "nobody has typed it");
    saves(&stage);
    assert_eq!(on_card.borrow()["ID"], "18");
}

#[test]
fn a_server_that_takes_out_what_is_not_sent_gets_all_of_it() {
    let (stage, on_card) = opened(Server { replaces: true, ..SERVER }, Given::default());
    stage.app.card().typed(0, "Anna");
    saves(&stage);
    let there = ["N", "ID", "P"].map(|token| on_card.borrow()[token].clone());
    assert_eq!(there, ["Anna", "17", "/9j/theirs"].map(str::to_owned));
    assert_eq!((updates(&stage).len(), is_saved(&stage)), (2, true));
}

#[test]
fn a_picture_that_is_gone_is_asked_for() {
    for server in [Server { loses: true, omits: true, ..SERVER }, Server { replaces: true, omits: true, ..SERVER }] {
        let (stage, on_card) = opened(server, Given::default());
        let card = stage.app.card();
        card.typed(0, "Anna");
        card.show_preview();
        stage.pass();
        assert_eq!(stage.app.cx().screen().get_untracked(), Screen::CardForm, "it is not gone on with");
        assert!(card.tried().get_untracked() && !card.check(false));
        let trouble = stage.owner.with(|| card.gifts().trouble(2));
        assert!(trouble.is_some_and(|trouble| trouble.contains("lost its picture")));
        assert_eq!(stage.errors(), [("photo-gone", "The card has lost “Photo” at the server.".to_owned())]);
        let never = updates(&stage).iter().any(|sent| sent.contains("\"image\"}"));
        assert!(!never, "a placeholder is never sent");
        card.use_photo(2, "/9j/mine".into());
        card.show_preview();
        stage.pass();
        assert_eq!(stage.app.cx().screen().get_untracked(), Screen::Preview);
        let there = ["N", "ID", "P"].map(|token| on_card.borrow()[token].clone());
        assert_eq!(there, ["Anna", "17", "/9j/mine"].map(str::to_owned));
    }
}

#[test]
fn a_card_that_cannot_be_corrected_is_told() {
    for (server, said) in [
        (Server { is_gone: true, ..SERVER }, "the organization has no such card"),
        (Server { organization: 8, ..SERVER }, "is a card of another organization"),
        (Server { template: 5, ..SERVER }, "from the template 5"),
    ] {
        let (stage, _) = opened(server, Given::default());
        let flaws = stage.flaws();
        assert!(flaws.len() == 1 && flaws[0].contains(said) && flaws[0].contains("card-id"), "{flaws:?}");
        assert_eq!(stage.errors(), [("configuration", flaws[0].clone())]);
        assert!(stage.app.card().draft().with_untracked(Option::is_none));
        // The page has it that one makes a new one.
        stage.app.set_up(Ok(config(Mode::Request)));
        stage.pass();
        assert_eq!((stage.flaws(), stage.text(0)), (Vec::new(), String::new()));
        assert!(
            stage.app.card().draft().with_untracked(|draft| matches!(draft.as_ref().unwrap().value(2), Value::Empty))
        );
    }
    let (stage, _) = opened(Server { is_mute: true, ..SERVER }, Given::default());
    let opening = stage.app.card().opening().get_untracked();
    assert!(matches!(opening, Some((_, Remote::Failed(crate::api::Error::Undecodable { .. })))));
}
