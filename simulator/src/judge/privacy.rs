//! Nothing of a person who has signed out is left for the next one.

use instant_card::api::TemplateId;
use instant_card::domain::address::AddressForm;
use instant_card::domain::draft::Draft;
use instant_card::domain::idle::Phase;
use instant_card::domain::register::Look;
use instant_card::flow::card::{PreviewState, SaveState};
use instant_card::flow::ending::Progress;
use instant_card::flow::register::Opening;
use instant_card::flow::{Remote, Screen};

use super::ground::{Verdict, broken};
use crate::tab::Tab;

/// Right after somebody has signed out.
pub(super) fn has_forgotten(tab: &Tab) -> Verdict {
    let is_blank = tab.app.credentials().with_untracked(|typed| typed.email.is_empty() && typed.password.is_empty());
    if !is_blank {
        return left(tab, "what was typed to sign in");
    }
    if tab.signing.borrow().strong_count() > 0 {
        return left(tab, "the signature");
    }
    let photos = tab.app.card().photos();
    if (5801..5805).any(|template| (0..8).any(|index| photos.shot(TemplateId(template), index).is_some())) {
        return left(tab, "a photo");
    }
    nothing_left(tab)
}

/// The camera's light is on only while the person is at its screen.
pub(super) fn camera_is_seen(tab: &Tab) -> Verdict {
    let lights = tab.device.lights.get();
    let is_there = matches!(tab.app.cx().screen().get_untracked(), Screen::Camera(_));
    if lights > u32::from(is_there) {
        return broken("the camera is on only where one sees it", format!("tab {}: {lights} are on", tab.number));
    }
    Ok(())
}

/// Whoever looks at the sign-in form sees nothing of those before, also when answers come that were for them.
pub(super) fn is_blank_when_signed_out(tab: &Tab) -> Verdict {
    let is_out = matches!(tab.app.cx().screen().get_untracked(), Screen::SignIn);
    // A page that has changed the way to the server keeps what is typed.
    let is_kept = tab.app.card().draft().with_untracked(Option::is_some);
    if is_out && !is_kept && tab.app.cx().organization().get_untracked().is_none() { nothing_left(tab) } else { Ok(()) }
}

/// Whoever touches a kiosk next finds nothing of those before.
pub(super) fn is_as_new(tab: &Tab) -> Verdict {
    let app = tab.app;
    let card = app.card();
    let checks = [
        (card.draft().with_untracked(Option::is_some), "the card in work"),
        (card.is_unsaved(), "something that is not saved"),
        (card.opening().with_untracked(Option::is_some), "the template that was opened"),
        (card.touched().with_untracked(|touched| !touched.is_empty()), "fields that were left"),
        (card.tried().get_untracked(), "that sending was tried"),
        (!card.preview().with_untracked(|preview| matches!(preview, PreviewState::Nothing)), "the preview"),
        (!card.save_state().with_untracked(|state| matches!(state, SaveState::Idle)), "how saving went"),
        (app.kiosk().phase().get_untracked() != Phase::Away, "that somebody is there"),
        (app.kiosk().asking().get_untracked(), "a question"),
        (has_ending(tab), "where a card was to go, or what became of it"),
    ];
    match checks.iter().find(|(is, _)| *is) {
        Some((_, what)) => broken("nothing of who has left a kiosk is left", format!("tab {}: {what}", tab.number)),
        None => Ok(()),
    }
}

/// Whether anything is there of a card that somebody has ordered, or handed in.
fn has_ending(tab: &Tab) -> bool {
    if !tab.app.ending_is_there() {
        return false;
    }
    let ending = tab.app.ending();
    let is_typed = ending.form().with_untracked(|form| *form != AddressForm::default());
    is_typed
        || ending.is_typed().get_untracked()
        || ending.sent_to().is_some()
        || ending.card().get_untracked().is_some()
        || ending.outcome().get_untracked().is_some()
        || !ending.progress().with_untracked(|progress| matches!(progress, Progress::Nothing))
}

fn left(tab: &Tab, what: &str) -> Verdict {
    broken("nothing of who has signed out is left", format!("tab {}: {what}", tab.number))
}

fn nothing_left(tab: &Tab) -> Verdict {
    let app = tab.app;
    let card = app.card();
    let checks = [
        (card.draft().with_untracked(Option::is_some), "the card in work"),
        (card.opening().with_untracked(Option::is_some), "the template that was opened"),
        (card.touched().with_untracked(|touched| !touched.is_empty()), "fields that were left"),
        (app.organization_name().with_untracked(Option::is_some), "the organization's name"),
        (app.templates().list().with_untracked(Remote::is_ready), "the templates"),
        (app.cx().in_cart().with_untracked(Option::is_some), "how many cards are in the cart"),
    ];
    if let Some((_, what)) = checks.iter().find(|(is, _)| *is) {
        return left(tab, what);
    }
    if !app.desk_is_there() {
        return Ok(());
    }
    let desk = app.desk();
    let (cart, checkout, account) = (desk.cart(), desk.checkout(), desk.account());
    let blank = AddressForm::default();
    let checks = [
        (cart.cart().with_untracked(Remote::is_ready), "the cart"),
        (cart.wishes().with_untracked(|wishes| !wishes.is_empty()), "wishes"),
        (cart.taken_out().with_untracked(Option::is_some), "what was taken out"),
        (cart.found().with_untracked(|found| !found.is_empty()), "what was found"),
        (cart.jobs().with_untracked(|jobs| !jobs.is_empty()), "the print jobs"),
        (checkout.form().with_untracked(|form| *form != blank), "the address that was typed"),
        (checkout.addresses().with_untracked(Remote::is_ready), "the addresses"),
        (checkout.directory().contacts().with_untracked(Remote::is_ready), "the contacts"),
        (checkout.chosen().with_untracked(Option::is_some), "the address that was chosen"),
        (checkout.provider().with_untracked(Option::is_some), "the shipping provider"),
        (checkout.review().with_untracked(Remote::is_ready), "the review"),
        (checkout.order().with_untracked(Option::is_some), "the order"),
        (checkout.done().with_untracked(Option::is_some), "the order that was submitted"),
        (has_ending(tab), "where a card was to go, or what became of it"),
        (account.balance().now().with_untracked(Remote::is_ready), "the balance"),
        (account.profile().now().with_untracked(Remote::is_ready), "who is signed in"),
        (account.organization().now().with_untracked(Remote::is_ready), "the organization"),
        (account.transactions().now().with_untracked(Remote::is_ready), "the transactions"),
        (desk.app().books().funds().payment().with_untracked(Option::is_some), "the payment"),
        (
            desk.app()
                .books()
                .funds()
                .typed()
                .with_untracked(|typed| typed.iter().take(10).any(|text| !text.is_empty())),
            "the funds' form",
        ),
        (desk.audits().findings().with_untracked(|findings| !findings.is_empty()), "findings"),
        (desk.app().books().orders().again().with_untracked(Option::is_some), "the order that was ordered again"),
        (desk.app().books().orders().providers().with_untracked(Option::is_some), "the shipping providers' names"),
    ];
    match checks.iter().find(|(is, _)| *is) {
        Some((_, what)) => left(tab, what),
        None => nothing_of_staff(tab),
    }
}

/// Of cards that are there, of people and places.
fn nothing_of_staff(tab: &Tab) -> Verdict {
    let app = tab.app;
    if app.has_register() {
        let register = app.register();
        let checks = [
            (register.cards().with_untracked(|cards| !cards.is_empty()), "the cards"),
            (register.deletions().with_untracked(|all| !all.is_empty()), "cards that were to be deleted"),
            (register.conflict().with_untracked(Option::is_some), "what others have changed"),
            (register.picked().with_untracked(|picked| !picked.is_empty()), "cards that were picked"),
            (register.batch().with_untracked(Option::is_some), "what was done with many"),
            (register.walk().with_untracked(|walk| !walk.is_empty()), "the cards that were gone through"),
            (register.look().with_untracked(|look| *look != Look::default()), "which cards were looked at"),
            (register.focus().with_untracked(Option::is_some), "the card that was looked at"),
            (!matches!(register.opening().get_untracked(), Opening::No), "the card that was opened"),
            (register.search_failed().with_untracked(Option::is_some), "that a search has failed"),
        ];
        if let Some((_, what)) = checks.iter().find(|(is, _)| *is) {
            return left(tab, what);
        }
    }
    if !app.desk().directory().has_people() {
        return Ok(());
    }
    let people = app.people();
    let checks = [
        (people.edited().with_untracked(Option::is_some), "the contact or address in work"),
        (people.form().with_untracked(|form| *form != AddressForm::default()), "what was typed of it"),
        (people.held().with_untracked(Option::is_some), "what was to be deleted"),
        (people.undeleted().with_untracked(Option::is_some), "what could not be deleted"),
        (people.failed().with_untracked(Option::is_some), "why it was not saved"),
        (people.said().with_untracked(Option::is_some), "what became of it"),
        (people.asks().with_untracked(Option::is_some), "a question"),
        (people.focus().with_untracked(Option::is_some), "what was looked at"),
        (people.term().with_untracked(|term| !term.is_empty()), "what was looked for"),
    ];
    match checks.iter().find(|(is, _)| *is) {
        Some((_, what)) => left(tab, what),
        None => Ok(()),
    }
}

/// A card in work is that of whoever is there: what was typed bears their mark.
pub(super) fn is_ones_own(tab: &Tab, draft: &Draft) -> Verdict {
    for index in 0..draft.fields().len() {
        let text = draft.text(index);
        let mark = text.strip_prefix('t').and_then(|rest| rest.split_once('w'));
        let Some((number, rest)) = mark else { continue };
        let who = rest.split('n').next().unwrap_or_default();
        let is_of_tab = number == tab.number.to_string();
        let since = tab.began.get();
        if !is_of_tab || who.parse::<u32>().is_ok_and(|who| who < since) {
            return left(tab, &format!("`{text}` in the card in work"));
        }
    }
    Ok(())
}
