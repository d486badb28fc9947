//! Contacts and saved addresses.

use instant_card::api::{ContactId, Error};
use instant_card::domain::address::{Entry, Part};
use instant_card::flow::people::{People, Question, Subject, lacks_contact};
use instant_card::flow::{DeskPage, Remote};

use super::{Did, Person};
use crate::effect::thing;

/// What of an address is the same for all.
const PLACE: [(Part, &str); 4] =
    [(Part::City, "Albany"), (Part::State, "NY"), (Part::ZipCode, "12207"), (Part::Country, "US")];

impl Person<'_> {
    pub(super) fn is_at_people(&mut self, page: DeskPage) -> Did {
        let people = self.tab.app.people();
        if let Some(question) = people.asks().get_untracked() {
            return self.answers(people, question);
        }
        if let Some(subject) = people.edited_at(page) {
            return self.is_in_form(people, subject);
        }
        if let Some(held) = people.held().get_untracked()
            && self.dice.percent(30)
        {
            let me = self.me();
            if let Some(thing) = thing(held.subject) {
                self.for_staff(|staff| staff.keep(me, thing));
            }
            people.undo();
            return format!("keeps {:?}", held.subject).into();
        }
        if let Some((held, _)) = people.undeleted().get_untracked()
            && self.dice.percent(50)
        {
            self.may_delete(held.subject, true);
            people.delete_again();
            return format!("tries again to delete {:?}", held.subject).into();
        }
        match page {
            // Its form is put away.
            DeskPage::Address(_) => self.goes_to_page(DeskPage::Addresses),
            DeskPage::Contact(_) => self.goes_to_page(DeskPage::Contacts),
            list => self.looks_at_people(people, list),
        }
    }

    /// Notes that something may be deleted, and whether somebody is to hear of it.
    fn may_delete(&self, subject: Subject, is_owed: bool) {
        let me = self.me();
        if let Some(thing) = thing(subject) {
            self.for_staff(|staff| {
                staff.delete(me, thing);
                if !is_owed {
                    staff.let_go(me, thing);
                }
            });
        }
    }

    fn answers(&mut self, people: People, question: Question) -> Did {
        if self.dice.percent(25) {
            people.dismiss();
            return "says no".into();
        }
        if let Question::Delete(subject) = question {
            self.may_delete(subject, true);
        }
        people.confirm();
        format!("says yes to {question:?}").into()
    }

    fn looks_at_people(&mut self, people: People, page: DeskPage) -> Did {
        let directory = people.directory();
        let (new, list): (Subject, Vec<Subject>) = match page {
            DeskPage::Contacts => {
                let list = directory.contacts().get_untracked();
                if let Remote::Failed(_) = list {
                    directory.read_contacts();
                    return "reads the contacts again".into();
                }
                let ids = list.ready().map(|list| list.iter().map(|one| Subject::Contact(Some(one.id))).collect());
                (Subject::Contact(None), ids.unwrap_or_default())
            }
            _ => {
                let list = directory.addresses().get_untracked();
                if let Remote::Failed(_) = list {
                    people.read_addresses();
                    return "reads the addresses again".into();
                }
                let ids = list.ready().map(|list| list.iter().map(|one| Subject::Address(Some(one.id))).collect());
                (Subject::Address(None), ids.unwrap_or_default())
            }
        };
        let list: Vec<Subject> = list.into_iter().filter(|subject| !people.is_going(*subject)).collect();
        let any = |weight: u32| if list.is_empty() { 0 } else { weight };
        let subject = self.dice.pick(&list).copied().unwrap_or(new);
        match self.dice.weighed(&[(5, 0), (any(8), 1), (any(5), 2), (3, 3), (any(1), 4), (4, 5)]) {
            Some(0) => {
                people.open(new);
                format!("opens {new:?}").into()
            }
            Some(1) => {
                people.open(subject);
                format!("opens {subject:?}").into()
            }
            Some(2) => {
                people.ask_to_delete(subject);
                format!("would delete {subject:?}").into()
            }
            Some(3) => {
                let other = if page == DeskPage::Contacts { DeskPage::Addresses } else { DeskPage::Contacts };
                self.goes_to_page(other)
            }
            Some(4) => match subject {
                Subject::Contact(Some(id)) => {
                    people.add_address_of(id);
                    format!("adds an address of contact {id}").into()
                }
                _ => "looks at the addresses".into(),
            },
            _ => self.goes_to_work(),
        }
    }

    fn is_in_form(&mut self, people: People, subject: Subject) -> Did {
        if people.busy().get_untracked() {
            return "waits until it is saved".into();
        }
        match people.opened().get_untracked() {
            Remote::Loading => return "waits for what is in the form".into(),
            Remote::Failed(_) if self.dice.percent(70) => {
                people.read_opened();
                return "reads again what is in the form".into();
            }
            Remote::Failed(_) => {
                people.close();
                return "closes the form".into();
            }
            Remote::Ready(()) => {}
        }
        let as_new = people.failed().with_untracked(|failed| {
            failed.as_ref().is_some_and(|error| lacks_contact(error) || matches!(error, Error::NotFound { .. }))
        });
        if as_new && self.dice.percent(70) {
            people.save_as_new();
            return "saves it as something new".into();
        }
        let is_changed = people.is_unsaved();
        match self.dice.weighed(&[(10, 0), (if is_changed { 20 } else { 0 }, 1), (3, 2), (1, 3)]) {
            Some(0) => {
                self.types_in(people, subject);
                format!("types in the form of {subject:?}").into()
            }
            Some(1) => {
                // What the form does before it is sent.
                if people.form().with_untracked(|form| form.first_flaw(subject.form_use()).is_some()) {
                    self.types_in(people, subject);
                }
                // One that has no contact gives way to another one.
                if matches!(subject, Subject::Address(Some(_)))
                    && people.form().with_untracked(|form| !form.had_contact())
                {
                    self.may_delete(subject, false);
                }
                let twice = self.press(|| people.save());
                format!("saves {subject:?}{}", Self::doubled(twice)).into()
            }
            Some(2) => {
                people.close();
                "closes the form".into()
            }
            _ => self.goes_to_work(),
        }
    }

    fn types_in(&mut self, people: People, subject: Subject) {
        let (tab, who, number) = (self.tab.number, self.tab.who.get(), self.dice.below(10_000));
        let name = format!("t{tab}w{who}n{number}");
        let contacts: Vec<ContactId> = people.directory().contacts().with_untracked(|list| {
            list.ready().map(|list| list.iter().map(|one| one.id).collect()).unwrap_or_default()
        });
        let mut entries =
            vec![Entry::Text(Part::Email, format!("{name}@example.org")), Entry::Text(Part::FullName, name.clone())];
        if let Subject::Address(_) = subject {
            entries.push(Entry::Text(Part::Address1, format!("{number} Lane")));
            entries.extend(PLACE.map(|(part, text)| Entry::Text(part, text.to_owned())));
            if self.dice.percent(50) {
                entries.push(Entry::Contact(self.dice.pick(&contacts).copied()));
            }
            if self.dice.percent(30) {
                entries.push(Entry::Primary(true));
            }
        }
        entries.into_iter().for_each(|entry| people.entered(entry));
    }
}
