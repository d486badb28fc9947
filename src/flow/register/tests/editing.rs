//! Cards that are there are corrected, while others are at work on them.

use super::Stage;
use crate::api::{CardId, Error, Template};
use crate::flow::card::SaveState;
use crate::flow::{DeskPage, HostEvent, Screen};
use crate::world::Method;

/// With card 2 in the form, and `typed` into it.
fn editing(typed: &str) -> Stage {
    let stage = Stage::new(3);
    let register = stage.register();
    register.read();
    stage.pass(0);
    stage.app.go_to_desk(DeskPage::Card(CardId(2)));
    register.edit(CardId(2));
    stage.pass(0);
    stage.app.card().typed(0, typed);
    stage
}

fn name(stage: &Stage, id: u64) -> String {
    stage.server.cards.borrow()[&id].clone()
}

#[test]
fn what_somebody_else_has_changed_is_not_overwritten_without_a_word() {
    let on_card = Screen::Desk(DeskPage::Card(CardId(2)));
    let stage = editing("mine");
    let (register, card) = (stage.register(), stage.app.card());
    stage.server.cards.borrow_mut().insert(2, "theirs".to_owned());
    stage.told.take();
    card.show_preview();
    stage.pass(0);
    assert_eq!((stage.app.cx().screen().get_untracked(), name(&stage, 2)), (on_card, "theirs".to_owned()));
    let told = |told: &HostEvent| matches!(told, HostEvent::Error { code: "card-changed", .. });
    assert!(stage.told.borrow().iter().any(told) && !card.is_saving());
    let conflict = register.conflict().get_untracked().unwrap();
    assert_eq!(
        (conflict.fields[0].theirs.as_deref(), conflict.fields[0].mine.as_deref()),
        (Some("theirs"), Some("mine"))
    );
    register.go_on_with_mine();
    card.save_draft();
    stage.pass(0);
    assert_eq!((name(&stage, 2), register.conflict().get_untracked().is_none()), ("mine".to_owned(), true));
    assert!(!card.draft().with_untracked(|draft| draft.as_ref().unwrap().is_unsaved()));

    let stage = editing("mine");
    let register = stage.register();
    stage.server.cards.borrow_mut().insert(2, "theirs".to_owned());
    stage.app.card().save_draft();
    stage.pass(0);
    register.take_theirs();
    stage.pass(0);
    assert!(name(&stage, 2) == "theirs" && stage.app.card().draft().with_untracked(Option::is_none));
    assert_eq!(stage.asked(Method::Patch, "/cards/2"), 0);
}

#[test]
fn what_was_overwritten_in_the_same_moment_is_told() {
    let stage = editing("mine");
    let (register, card) = (stage.register(), stage.app.card());
    stage.server.meanwhile.replace(Some((2, "theirs".to_owned())));
    card.save_draft();
    stage.pass(0);
    let conflict = register.conflict().get_untracked().unwrap();
    assert!(conflict.is_after && conflict.fields[0].theirs.as_deref() == Some("theirs"));
    register.go_on_with_mine();
    assert_eq!(stage.app.cx().screen().get_untracked(), Screen::CardForm);
    card.typed(0, "both");
    card.save_draft();
    stage.pass(0);
    assert_eq!((name(&stage, 2), register.conflict().get_untracked().is_none()), ("both".to_owned(), true));
    assert_eq!(stage.asked(Method::Patch, "/cards/2"), 2);
}

#[test]
fn a_copy_is_a_card_of_its_own() {
    let stage = Stage::new(2);
    let register = stage.register();
    register.read();
    stage.pass(0);
    register.duplicate(CardId(2));
    stage.pass(0);
    let card = stage.app.card();
    assert!(card.is_unsaved() && stage.app.cx().screen().get_untracked() == Screen::CardForm);
    card.save_draft();
    stage.pass(0);
    assert_eq!((stage.asked(Method::Post, "/cards"), stage.asked(Method::Patch, "/cards")), (1, 0));
}

fn text(stage: &Stage) -> String {
    stage
        .app
        .card()
        .draft()
        .with_untracked(|draft| draft.as_ref().map(|draft| draft.text(0).to_string()))
        .unwrap_or_default()
}

fn badge(stage: &Stage) -> Template {
    stage.app.templates().list().get_untracked().ready().unwrap()[0].clone()
}

#[test]
fn what_was_saved_though_its_answer_was_lost_is_nobody_elses_change() {
    let stage = editing("mine");
    stage.server.cards.borrow_mut().insert(2, "mine".to_owned());
    stage.app.card().save_draft();
    stage.pass(0);
    assert!(stage.register().conflict().get_untracked().is_none());
    assert!(!stage.app.card().draft().with_untracked(|draft| draft.as_ref().unwrap().is_unsaved()));
}

#[test]
fn what_was_saved_and_not_heard_of_is_nobody_elses_change_though_more_was_typed_since() {
    let stage = editing("mine");
    stage.server.is_lost.set(true);
    stage.app.card().save_draft();
    stage.pass(60_000);
    assert!(matches!(stage.app.card().save_state().get_untracked(), SaveState::Failed(_)));
    assert_eq!(name(&stage, 2), "mine");
    stage.server.is_lost.set(false);
    stage.app.card().typed(0, "mine too");
    stage.app.card().save_draft();
    stage.pass(0);
    assert!(stage.register().conflict().get_untracked().is_none());
    assert_eq!(name(&stage, 2), "mine too");
}

#[test]
fn a_template_is_chosen_for_a_new_card_and_a_correction_is_come_back_to_by_its_card() {
    let stage = editing("mine");
    let (register, card) = (stage.register(), stage.app.card());
    card.choose(badge(&stage));
    stage.pass(0);
    assert_eq!(text(&stage), "", "a new card");
    card.typed(0, "new");
    card.save_draft();
    stage.pass(0);
    assert_eq!((stage.asked(Method::Post, "/cards"), stage.asked(Method::Patch, "/cards/2")), (1, 0));
    stage.app.go_to_desk(DeskPage::Card(CardId(2)));
    register.edit(CardId(2));
    stage.pass(0);
    assert_eq!(text(&stage), "mine", "it was laid aside");
}

#[test]
fn what_was_saved_of_a_correction_is_read_anew() {
    let stage = editing("mine");
    let (register, card) = (stage.register(), stage.app.card());
    card.save_draft();
    stage.pass(0);
    card.choose(badge(&stage));
    stage.pass(0);
    stage.server.cards.borrow_mut().insert(2, "theirs".to_owned());
    stage.app.go_to_desk(DeskPage::Card(CardId(2)));
    register.edit(CardId(2));
    stage.pass(0);
    assert_eq!(text(&stage), "theirs");
}

#[test]
fn an_answer_is_taken_for_the_card_that_was_sent_though_others_from_its_template_are_laid_aside() {
    let stage = Stage::new(3);
    let (register, card) = (stage.register(), stage.app.card());
    register.read();
    stage.pass(0);
    let templates = stage.app.templates().list().get_untracked().ready().unwrap().clone();
    card.choose(templates[0].clone());
    stage.pass(0);
    card.typed(0, "new");
    stage.app.go_to_desk(DeskPage::Card(CardId(2)));
    register.edit(CardId(2));
    stage.pass(0);
    card.typed(0, "mine");
    stage.server.is_slow.set(true);
    card.save_draft();
    stage.pass(0);
    // Somebody looks at another template while it is saved.
    card.choose(templates[1].clone());
    stage.pass(2_000);
    card.choose(templates[0].clone());
    assert_eq!(text(&stage), "new");
    card.save_draft();
    stage.pass(0);
    assert_eq!((name(&stage, 2), stage.asked(Method::Post, "/cards")), ("mine".to_owned(), 1));
}

/// With a card that was made here, saved as `saved`, in the form; nobody has looked at all cards.
fn own(saved: &str) -> Stage {
    let stage = Stage::new(0);
    let card = stage.app.card();
    card.choose(badge(&stage));
    stage.pass(0);
    card.typed(0, saved);
    card.save_draft();
    // Others that may have come of the same call are looked for.
    stage.pass(5_000);
    assert!(!stage.app.has_register());
    stage
}

#[test]
fn what_somebody_else_has_changed_of_ones_own_draft_is_not_overwritten_without_a_word() {
    let stage = own("mine");
    let card = stage.app.card();
    stage.server.cards.borrow_mut().insert(1, "theirs".to_owned());
    card.typed(0, "mine too");
    card.show_preview();
    stage.pass(0);
    let on_card = Screen::Desk(DeskPage::Card(CardId(1)));
    assert_eq!((stage.app.cx().screen().get_untracked(), name(&stage, 1)), (on_card, "theirs".to_owned()));
    let conflict = stage.register().conflict().get_untracked().unwrap();
    let fields = (conflict.fields[0].theirs.as_deref(), conflict.fields[0].mine.as_deref());
    assert_eq!((fields, conflict.is_after), ((Some("theirs"), Some("mine too")), false));
    stage.register().go_on_with_mine();
    card.save_draft();
    stage.pass(0);
    assert_eq!(name(&stage, 1), "mine too");

    // In the very moment in which it is saved.
    let stage = own("mine");
    stage.server.meanwhile.replace(Some((1, "theirs".to_owned())));
    stage.app.card().typed(0, "mine too");
    stage.app.card().save_draft();
    stage.pass(0);
    assert!(stage.register().conflict().get_untracked().is_some_and(|conflict| conflict.is_after));

    // Nobody else was at it.
    let stage = own("mine");
    stage.app.card().typed(0, "mine too");
    stage.app.card().show_preview();
    stage.pass(0);
    assert_eq!((stage.app.cx().screen().get_untracked(), name(&stage, 1)), (Screen::Preview, "mine too".to_owned()));
    assert!(stage.register().conflict().get_untracked().is_none());
}

#[test]
fn without_what_compares_it_nothing_is_saved_over_what_is_there() {
    let stage = own("mine");
    let card = stage.app.card();
    stage.app.desk().colleagues().load_by(|_| Box::pin(std::future::ready(Err(crate::flow::app::NotFetched))));
    card.typed(0, "mine too");
    card.save_draft();
    stage.pass(0);
    assert!(matches!(card.save_state().get_untracked(), SaveState::Failed(Error::Unreachable)));
    assert_eq!((text(&stage), name(&stage, 1)), ("mine too".to_owned(), "mine".to_owned()));
}
