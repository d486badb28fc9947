//! A new address, to be saved with its contact, or one for this order alone.

use std::rc::Rc;

use crate::domain::address::{Flaw, Part};
use crate::flow::checkout::{Checkout, Saving};
use crate::flow::worded;
use crate::i18n::checkout::Checkout as Words;
use crate::reactive::Var;
use crate::ui::button::submit;
use crate::ui::clean::clean;
use crate::ui::dom::{El, el};
use crate::ui::notice::notice;
use crate::ui::text_field::{TextField, text_field_with};
use crate::ui::words;

fn label(words: &'static Words, part: Part) -> &'static str {
    match part {
        Part::FullName => words.full_name,
        Part::Email => words.email,
        Part::PhoneNumber => words.phone_number,
        Part::OrganizationName => words.organization_name,
        Part::Address1 => words.address1,
        Part::Address2 => words.address2,
        Part::City => words.city,
        Part::State => words.state,
        Part::ZipCode => words.zip_code,
        Part::Country => words.country,
        Part::Label => words.label,
    }
}

fn autocomplete(part: Part) -> &'static str {
    match part {
        Part::FullName => "shipping name",
        Part::Email => "shipping email",
        Part::PhoneNumber => "shipping tel",
        Part::OrganizationName => "shipping organization",
        Part::Address1 => "shipping address-line1",
        Part::Address2 => "shipping address-line2",
        Part::City => "shipping address-level2",
        Part::State => "shipping address-level1",
        Part::ZipCode => "shipping postal-code",
        Part::Country => "shipping country",
        Part::Label => "off",
    }
}

/// The form. What stands in it is kept when one looks elsewhere.
pub(super) fn form(checkout: Checkout, saved: bool) -> El {
    let all = words();
    let words = all.checkout();
    let saving = Saving::new();
    let Saving { busy, failed } = saving;
    // Parts that were left, whose flaws may be said; all of them once it was sent.
    let left = Var::new(Vec::<Part>::new());
    let tried = Var::new(false);
    let control = |part: Part| {
        let name = part.name(saved);
        let error = Rc::new(move || {
            let flaw = checkout.form().with(|form| form.flaw(part, saved))?;
            let is_due = tried.get() || (flaw != Flaw::Missing && left.with(|left| left.contains(&part)));
            is_due.then(|| match flaw {
                Flaw::Missing => words.missing(label(words, part)),
                Flaw::NoEmail => words.email_wrong.to_string(),
            })
        });
        let field = TextField {
            id: &["address-", name].concat(),
            label: label(words, part),
            required: part.is_required(),
            kind: match part {
                Part::Email => "email",
                Part::PhoneNumber => "tel",
                _ => "text",
            },
            autocomplete: autocomplete(part),
            enter: "next",
            name: Some(name),
            token: None,
            value: &checkout.form().with_untracked(|form| form.get(part).to_owned()),
            input: Box::new(move |text| checkout.typed(part, clean(&text))),
            left: Box::new(move || {
                if !left.is_gone() {
                    left.update(|left| left.push(part));
                }
            }),
            error,
            count: None,
        };
        let (field, input) = text_field_with(field, "");
        if part == Part::ZipCode {
            input.attr("dir", "ltr");
        }
        field.attr("data-part", name)
    };
    let controls: Vec<El> = Part::ALL.into_iter().filter(|part| saved || part.is_in_one_off()).map(control).collect();
    let fields = el("div").class("address-fields").children(controls);
    let shown = fields.clone();
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        tried.set(true);
        if let Some(part) = checkout.form().with_untracked(|form| form.first_flaw(saved)) {
            let selector = ["[name=", part.name(saved), "]"].concat();
            if let Ok(Some(input)) = shown.element().query_selector(&selector) {
                El::from(input).focus_soon();
            }
            return;
        }
        if !saved {
            checkout.use_one_off();
            return;
        }
        checkout.save_address(saving);
    };
    let send = Rc::new(send);
    let again = send.clone();
    let text = move || match (saved, busy.get()) {
        (true, true) => words.saving,
        (true, false) => words.save_and_go_on,
        (false, _) => words.go_on,
    };
    let trouble = move || {
        let again = again.clone();
        failed.get().map(|error| notice(worded(all, &error).kept(all), Some(Rc::new(move || again()))))
    };
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            send();
        })
        .child(fields)
        .live(trouble)
        .child(el("div").class("actions").child(submit("continue", text, move || busy.get())))
}
