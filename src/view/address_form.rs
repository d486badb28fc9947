//! The form of an address and of who receives there: one to be saved, one for an order alone, or a contact by itself.

use std::rc::Rc;

use crate::api::ContactId;
use crate::domain::address::{AddressForm, Entry, Flaw, Part, Use, contacts_in_order, name_of};
use crate::domain::country::{country, state, states};
use crate::flow::{Directory, Remote, worded};
use crate::i18n::checkout::Checkout as Words;
use crate::reactive::Var;
use crate::ui::button::{button, submit};
use crate::ui::clean::clean;
use crate::ui::country_names::countries_by_name;
use crate::ui::dom::{El, el, watch};
use crate::ui::fold::fold;
use crate::ui::notice::{loading, notice};
use crate::ui::select_field::{SelectField, select_field};
use crate::ui::text_field::{TextField, text_field_with};
use crate::ui::words;

fn label(words: &'static Words, part: Part) -> &'static str {
    match part {
        Part::FullName => words.full_name,
        Part::Email => words.email,
        Part::AltEmail => words.alt_email,
        Part::PhoneNumber => words.phone_number,
        Part::AltPhoneNumber => words.alt_phone_number,
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

fn autocomplete(part: Part, of: Use) -> &'static str {
    match part {
        // A browser knows its own person, and who receives an order, but no address book.
        _ if of == Use::Contact => "off",
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
        Part::AltEmail | Part::AltPhoneNumber | Part::Label => "off",
    }
}

/// What a form of an address is for.
pub(super) struct Purpose {
    /// Whether it is an address to be saved, one for an order, or a contact.
    pub(super) of: Use,
    /// The contacts that can be chosen for an address that is saved.
    pub(super) directory: Option<Directory>,
    /// What stands in it; kept when one looks elsewhere.
    pub(super) form: Var<AddressForm>,
    /// A part of it was typed, or chosen.
    pub(super) entered: Rc<dyn Fn(Entry)>,
    /// It is sent, with nothing wrong in it.
    pub(super) send: Rc<dyn Fn()>,
    /// Whether what comes of it is being waited for.
    pub(super) busy: Rc<dyn Fn() -> bool>,
    /// What its button says, and the button's hook.
    pub(super) text: Rc<dyn Fn() -> &'static str>,
    pub(super) action: &'static str,
    /// What went wrong with it.
    pub(super) trouble: Box<dyn Fn() -> Option<El>>,
    /// What stands beside its button.
    pub(super) beside: Option<El>,
}

/// Which of its parts have been left, and whether it was sent: what is wrong may be said then.
#[derive(Clone, Copy)]
struct Said {
    left: Var<Vec<Part>>,
    tried: Var<bool>,
}

/// The form.
pub(super) fn form(purpose: Purpose) -> El {
    let Purpose { of, directory, form, busy, text, action, trouble, beside, .. } = purpose;
    let said = Said { left: Var::new(Vec::new()), tried: Var::new(false) };
    let (entered, send) = (purpose.entered, purpose.send);
    let names: Rc<[(String, String)]> = countries_by_name(words().locale().tag()).into();
    let typed = entered.clone();
    let place = move |part: Part| {
        let (typed, names) = (typed.clone(), names.clone());
        // Which state there is, and whether it is one of a list, is the country's to say.
        let kind = move || match part {
            _ if !form.with(|form| form.asks_for(part, of)) => 0,
            Part::State => 2 + form.with(state_kind),
            _ => 1,
        };
        el("div").switch(kind, move |kind| (kind > 0).then(|| control(part, of, form, said, &typed, &names)))
    };
    let controls: Vec<El> = Part::ALL.into_iter().filter(|part| part.is_in(of)).map(place).collect();
    let receiver = directory.map(|directory| receiver(directory, form, entered.clone()));
    let primary = (of == Use::Saved).then(|| primary(form, entered));
    let fields = el("div").class("address-fields").children(receiver).children(controls).children(primary);
    let shown = fields.clone();
    let is_busy = busy.clone();
    let send = move || {
        if is_busy() {
            return;
        }
        said.tried.set(true);
        if let Some(part) = form.with_untracked(|form| form.first_flaw(of)) {
            let selector = ["[name=", part.name(of), "]"].concat();
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
        .child(el("div").class("actions").child(submit(action, move || text(), move || busy())).children(beside))
}

/// Who receives there, of those that are saved. They are read once somebody wants to choose one.
fn receiver(directory: Directory, form: Var<AddressForm>, entered: Rc<dyn Fn(Entry)>) -> El {
    let all = words();
    let known = directory.contacts();
    let state = move || match known.get() {
        _ if !directory.wants_contacts().get() => 0,
        Remote::Loading => 1,
        Remote::Failed(_) => 2,
        Remote::Ready(list) => 3 + list.len() as u64,
    };
    let content = move |state| match state {
        0 => Some(button("button", "choose-contact", all.checkout().choose_contact, move || directory.read_contacts())),
        1 => Some(el("div").child(loading()).child(el("div").class("skeleton input"))),
        2 => known.with_untracked(|known| match known {
            Remote::Failed(error) => Some(notice(worded(all, error), Some(Rc::new(move || directory.read_contacts())))),
            _ => None,
        }),
        3 if form.with_untracked(|form| form.contact().is_none()) => None,
        _ => Some(contacts(directory, form, &entered)),
    };
    el("div").class("receiver").switch(state, content)
}

fn contacts(directory: Directory, form: Var<AddressForm>, entered: &Rc<dyn Fn(Entry)>) -> El {
    let words = words().checkout();
    let list = directory.contacts().with_untracked(|list| list.ready().cloned());
    let list = contacts_in_order(list.as_deref().unwrap_or_default(), fold);
    let mut options: Vec<(String, String)> = Vec::new();
    for contact in &list {
        let (name, email) = (name_of(&contact.details), contact.details.email.trim());
        let text = if name == email { name.to_owned() } else { [name, " · ", email].concat() };
        options.push((contact.id.to_string(), text));
    }
    let chosen = form.with_untracked(|form| form.contact()).map(|contact| contact.to_string()).unwrap_or_default();
    // One that cannot be read is the address's contact all the same.
    if !chosen.is_empty() && options.iter().all(|(id, _)| *id != chosen) {
        options.push((chosen.clone(), words.contact_number(&chosen)));
    }
    let entered = entered.clone();
    let ids: Vec<ContactId> = list.iter().map(|contact| contact.id).collect();
    select_field(SelectField {
        id: "address-contact",
        label: words.contact,
        required: false,
        autocomplete: "off",
        name: "contact_id",
        nothing: words.new_contact,
        options: &options,
        value: &chosen,
        chosen: Box::new(move |value| {
            let contact = ids.iter().find(|id| id.to_string() == value).copied();
            entered(Entry::Contact(contact.or_else(|| value.parse().ok().map(ContactId))));
        }),
        left: Box::new(|| {}),
        error: Rc::new(|| None),
    })
}

/// Whether it is to be the primary address.
fn primary(form: Var<AddressForm>, entered: Rc<dyn Fn(Entry)>) -> El {
    let input = el("input").attr("type", "checkbox").attr("name", "primary");
    let shown = input.clone();
    watch(Box::new(move || shown.input().set_checked(form.with(AddressForm::is_primary))));
    let ticked = input.clone();
    let input = input.on("change", move |_| entered(Entry::Primary(ticked.input().checked())));
    el("label").class("tick").child(input).child(el("span").text(words().checkout().make_primary))
}

/// A number for each country with a list of states, and one for all others.
fn state_kind(form: &AddressForm) -> u64 {
    let of = form.get(Part::Country);
    // None has as many as another.
    states(of).count() as u64
}

fn control(
    part: Part,
    of: Use,
    form: Var<AddressForm>,
    said: Said,
    entered: &Rc<dyn Fn(Entry)>,
    names: &[(String, String)],
) -> El {
    let words = words().checkout();
    let Said { left, tried } = said;
    let name = part.name(of);
    let error: Rc<dyn Fn() -> Option<String>> = Rc::new(move || {
        let flaw = form.with(|form| form.flaw(part, of))?;
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
    let required = form.with_untracked(|form| form.needs(part, of));
    let now = form.with_untracked(|form| form.get(part).to_owned());
    let entered = entered.clone();
    let leave: Box<dyn Fn()> = Box::new(move || {
        if !left.is_gone() {
            left.update(|left| left.push(part));
        }
    });
    let list = match part {
        Part::Country => Some((names.to_vec(), country(&now).map(|country| country.three))),
        Part::State if form.with_untracked(AddressForm::has_states) => form.with_untracked(|form| {
            let country_of = form.get(Part::Country);
            let all = states(country_of).map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
            Some((all, state(country_of, &now).map(|(code, _)| code)))
        }),
        _ => None,
    };
    let field = match list {
        Some((options, chosen)) => select_field(SelectField {
            id: &id,
            label: label(words, part),
            required,
            autocomplete: autocomplete(part, of),
            name,
            nothing: words.choose,
            options: &options,
            value: chosen.unwrap_or_default(),
            chosen: Box::new(move |value| entered(Entry::Text(part, value))),
            left: leave,
            error,
        }),
        None => {
            let field = TextField {
                id: &id,
                label: label(words, part),
                required,
                kind: match part {
                    Part::Email | Part::AltEmail => "email",
                    Part::PhoneNumber | Part::AltPhoneNumber => "tel",
                    _ => "text",
                },
                autocomplete: autocomplete(part, of),
                enter: "next",
                name: Some(name),
                token: None,
                value: &now,
                input: Box::new(move |text| entered(Entry::Text(part, clean(&text)))),
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
