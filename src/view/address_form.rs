//! The form of an address: a new one, to be saved with its contact, or one for an order alone.

use std::rc::Rc;

use crate::domain::address::{AddressForm, Flaw, Part};
use crate::domain::country::{country, state, states};
use crate::i18n::checkout::Checkout as Words;
use crate::reactive::Var;
use crate::ui::button::submit;
use crate::ui::clean::clean;
use crate::ui::country_names::countries_by_name;
use crate::ui::dom::{El, el};
use crate::ui::select_field::{SelectField, select_field};
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

/// What a form of an address is for.
pub(super) struct Purpose {
    /// Whether it is to be saved, or for one order.
    pub(super) saved: bool,
    /// What stands in it; kept when one looks elsewhere.
    pub(super) form: Var<AddressForm>,
    /// A part of it was typed, or chosen.
    pub(super) typed: Rc<dyn Fn(Part, String)>,
    /// It is sent, with nothing wrong in it.
    pub(super) send: Rc<dyn Fn()>,
    /// Whether what comes of it is being waited for.
    pub(super) busy: Rc<dyn Fn() -> bool>,
    /// What its button says, and the button's hook.
    pub(super) text: Rc<dyn Fn() -> &'static str>,
    pub(super) action: &'static str,
    /// What went wrong with it.
    pub(super) trouble: Box<dyn Fn() -> Option<El>>,
}

/// Which of its parts have been left, and whether it was sent: what is wrong may be said then.
#[derive(Clone, Copy)]
struct Said {
    left: Var<Vec<Part>>,
    tried: Var<bool>,
}

/// The form.
pub(super) fn form(purpose: Purpose) -> El {
    let Purpose { saved, form, busy, text, action, trouble, .. } = purpose;
    let said = Said { left: Var::new(Vec::new()), tried: Var::new(false) };
    let (typed, send) = (purpose.typed, purpose.send);
    let names: Rc<[(String, String)]> = countries_by_name(words().locale().tag()).into();
    let place = move |part: Part| {
        let (typed, names) = (typed.clone(), names.clone());
        // Which state there is, and whether it is one of a list, is the country's to say.
        let kind = move || if part == Part::State { form.with(state_kind) } else { 0 };
        el("div").switch(kind, move |_| Some(control(part, saved, form, said, &typed, &names)))
    };
    let controls: Vec<El> = Part::ALL.into_iter().filter(|part| saved || part.is_in_one_off()).map(place).collect();
    let fields = el("div").class("address-fields").children(controls);
    let shown = fields.clone();
    let is_busy = busy.clone();
    let send = move || {
        if is_busy() {
            return;
        }
        said.tried.set(true);
        if let Some(part) = form.with_untracked(|form| form.first_flaw(saved)) {
            let selector = ["[name=", part.name(saved), "]"].concat();
            if let Ok(Some(input)) = shown.element().query_selector(&selector) {
                El::from(input).focus_soon();
            }
            return;
        }
        send();
    };
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            send();
        })
        .child(fields)
        .live(trouble)
        .child(el("div").class("actions").child(submit(action, move || text(), move || busy())))
}

/// A number for each country with a list of states, and one for all others.
fn state_kind(form: &AddressForm) -> u64 {
    let of = form.get(Part::Country);
    // None has as many as another.
    states(of).count() as u64
}

fn control(
    part: Part,
    saved: bool,
    form: Var<AddressForm>,
    said: Said,
    typed: &Rc<dyn Fn(Part, String)>,
    names: &[(String, String)],
) -> El {
    let words = words().checkout();
    let Said { left, tried } = said;
    let name = part.name(saved);
    let error: Rc<dyn Fn() -> Option<String>> = Rc::new(move || {
        let flaw = form.with(|form| form.flaw(part, saved))?;
        let is_due = tried.get() || (flaw != Flaw::Missing && left.with(|left| left.contains(&part)));
        is_due.then(|| match flaw {
            Flaw::Missing => words.missing(label(words, part)),
            Flaw::NoEmail => words.email_wrong.to_string(),
            Flaw::NoState => words.state_wrong.to_string(),
            Flaw::NoZipCode => words.zip_code_wrong.to_string(),
            Flaw::NoCountry => words.country_wrong.to_string(),
        })
    });
    let id = ["address-", name].concat();
    let required = form.with_untracked(|form| form.needs(part, saved));
    let now = form.with_untracked(|form| form.get(part).to_owned());
    let typed = typed.clone();
    let leave: Box<dyn Fn()> = Box::new(move || {
        if !left.is_gone() {
            left.update(|left| left.push(part));
        }
    });
    let list = match part {
        Part::Country => Some((names.to_vec(), country(&now).map(|country| country.three))),
        Part::State if form.with_untracked(AddressForm::has_states) => form.with_untracked(|form| {
            let of = form.get(Part::Country);
            let all = states(of).map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
            Some((all, state(of, &now).map(|(code, _)| code)))
        }),
        _ => None,
    };
    let field = match list {
        Some((options, chosen)) => select_field(SelectField {
            id: &id,
            label: label(words, part),
            required,
            autocomplete: autocomplete(part),
            name,
            nothing: words.choose,
            options: &options,
            value: chosen.unwrap_or_default(),
            chosen: Box::new(move |value| typed(part, value)),
            left: leave,
            error,
        }),
        None => {
            let field = TextField {
                id: &id,
                label: label(words, part),
                required,
                kind: match part {
                    Part::Email => "email",
                    Part::PhoneNumber => "tel",
                    _ => "text",
                },
                autocomplete: autocomplete(part),
                enter: "next",
                name: Some(name),
                token: None,
                value: &now,
                input: Box::new(move |text| typed(part, clean(&text))),
                left: leave,
                error,
                count: None,
            };
            let (field, input) = text_field_with(field, "");
            if part == Part::ZipCode {
                input.attr("dir", "ltr");
            }
            field
        }
    };
    field.attr("data-part", name)
}
