//! What the page has a say in of a card in work: values that it gives, and what the person may do with a field.

use super::{Draft, Saved, Value};
use crate::api::{Card, CardId, Field, FieldValue, ImageValue};
use crate::domain::field::{Hold, Role};

impl Draft {
    /// Goes on with a card that the server has, as it was read. False where none of the fields is in it.
    pub fn take_up(&mut self, card: &Card) -> bool {
        let is_readable = self.fields.is_empty() || self.fields.iter().any(|field| known(field, card).is_some());
        self.values = self.fields.iter().map(|field| value_in(field, card)).collect();
        self.given.clone_from(&self.values);
        self.saved = Some(Saved { card: card.id, values: self.values.clone() });
        self.is_corrected = true;
        is_readable
    }

    /// The card that is corrected; none where it was made here.
    pub fn corrected(&self) -> Option<CardId> {
        self.card().filter(|_| self.is_corrected)
    }

    /// Makes a new card of what stands on one that the server has. Pictures that it does not give are to be chosen anew.
    pub fn copy(&mut self, card: &Card) {
        let picture = |value| if matches!(value, Value::There) { Value::Empty } else { value };
        self.values = self.fields.iter().map(|field| picture(value_in(field, card))).collect();
    }

    /// In which fields something else stands at the server than was read last, or sent. Pictures count where both can be seen and were
    /// read: what a server makes of one that was sent to it is its own matter.
    pub fn changed_by_others(&self, card: &Card) -> Vec<usize> {
        let Some(saved) = self.saved.as_ref().filter(|saved| saved.card == card.id) else { return Vec::new() };
        let is_other = |(index, field): (usize, &Field)| {
            let theirs = value_in(field, card);
            let known = saved.values.get(index)?;
            let was_read = || self.is_corrected && self.given.get(index) == Some(known);
            let is_other = match (known, &theirs) {
                (Value::There, Value::Image(_)) | (Value::Image(_), Value::There) => false,
                (Value::Image(_), Value::Image(_)) if !was_read() => false,
                (known, theirs) => known != theirs,
            };
            is_other.then_some(index)
        };
        self.fields.iter().enumerate().filter_map(is_other).collect()
    }

    /// The server has taken all of it, as it stands here.
    pub fn sent_as_it_stands(&mut self) {
        if let Some(saved) = &mut self.saved {
            saved.values.clone_from(&self.values);
        }
    }

    /// The text that the server had in field number `index`, where another one was typed since.
    pub fn typed_over(&self, index: usize) -> Option<&str> {
        match self.saved.as_ref()?.values.get(index)? {
            saved if saved == self.value(index) => None,
            Value::Text(text) => Some(text),
            Value::Empty => Some(""),
            Value::Image(_) | Value::There => None,
        }
    }

    /// What was typed into field number `index` was typed over this text, whatever the server has by now.
    pub fn was_typed_over(&mut self, index: usize, text: &str) {
        if let Some(saved) = self.saved.as_mut().and_then(|saved| saved.values.get_mut(index)) {
            *saved = Value::Text(text.into());
        }
    }

    /// The server has this by now. What the person has changed stays changed; all else is as the server has it.
    pub fn rebase(&mut self, card: &Card) {
        let Some(saved) = &mut self.saved else { return };
        for (index, field) in self.fields.iter().enumerate() {
            let theirs = value_in(field, card);
            let (Some(mine), Some(known)) = (self.values.get_mut(index), saved.values.get_mut(index)) else { continue };
            if mine == known && !matches!((&*mine, &theirs), (Value::Image(_), Value::There)) {
                mine.clone_from(&theirs);
            }
            *known = if matches!((&*known, &theirs), (Value::Image(_), Value::There)) { known.clone() } else { theirs };
        }
    }

    /// What stands in field number `index` at the server, where it is a text.
    pub fn text_in(&self, index: usize, card: &Card) -> Option<String> {
        match value_in(self.fields.get(index)?, card) {
            Value::Text(text) => Some(text.to_string()),
            Value::Empty => Some(String::new()),
            Value::Image(_) | Value::There => None,
        }
    }

    /// In which fields nothing stands at the server, as it was read once more, though something should.
    pub fn lost_in(&self, card: &Card) -> Vec<usize> {
        let is_lost = |index: &usize| {
            let field = self.fields.get(*index);
            !self.value(*index).is_blank() && field.is_some_and(|field| value_in(field, card).is_blank())
        };
        (0..self.fields.len()).filter(is_lost).collect()
    }

    /// What only the server had in a field is gone there: the person is asked for it.
    pub fn lose(&mut self, index: usize) {
        let saved = self.saved.as_mut().and_then(|saved| saved.values.get_mut(index));
        for value in self.values.get_mut(index).into_iter().chain(saved) {
            if matches!(value, Value::There) {
                *value = Value::Empty;
            }
        }
    }

    /// All that there is to send of it, for a server that takes what is not sent for taken out.
    pub fn whole(&self) -> Vec<FieldValue> {
        self.to_send(|_, value| !matches!(value, Value::Empty))
    }

    /// Says what the person may do with field number `index`.
    pub fn set_hold(&mut self, index: usize, hold: Hold) {
        if self.holds.len() <= index {
            self.holds.resize(index + 1, Hold::Free);
        }
        self.holds[index] = hold;
    }

    /// The page gives `value` for field number `index`. Where it `replaces` what stands there it does so once, unless the person
    /// may not change it; otherwise it fills what is still empty. Whether it was taken.
    pub fn give(&mut self, index: usize, value: Value, replaces: bool) -> bool {
        let is_held = self.hold(index) != Hold::Free;
        let (Some(now), Some(given)) = (self.values.get_mut(index), self.given.get_mut(index)) else { return false };
        let is_empty = matches!(now, Value::Empty);
        // A page that sets the same again, since it draws itself again, does not take away what was typed since.
        let is_new = matches!(given, Value::Empty) || *given != value;
        let is_wanted = if replaces { is_held || is_new } else { is_empty && !value.is_blank() };
        if !is_wanted {
            return false;
        }
        let is_other = is_empty || *now != value;
        given.clone_from(&value);
        *now = value;
        is_other
    }
}

/// What a card has in a field, by whichever of its names.
fn known<'a>(field: &Field, card: &'a Card) -> Option<&'a str> {
    let is_it = |name: &str| name == field.token || name == field.label;
    card.data.iter().find(|known| is_it(&known.token)).map(|known| known.value.as_str())
}

fn value_in(field: &Field, card: &Card) -> Value {
    let Some(text) = known(field, card).filter(|text| !text.trim().is_empty()) else { return Value::Empty };
    if !Role::of(field).is_image() {
        return Value::Text(text.into());
    }
    let base64 = match ImageValue::of(text) {
        ImageValue::Empty => return Value::Empty,
        ImageValue::Omitted | ImageValue::Url(_) => return Value::There,
        ImageValue::DataUri(uri) => uri.split_once(',').map_or("", |(_, base64)| base64),
        ImageValue::Base64(base64) => base64,
    };
    Value::Image(base64.split_ascii_whitespace().collect::<String>().into())
}

// As the tests of what it belongs to.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::super::tests::{draft, save};
    use super::*;
    use crate::domain::draft::Pending;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn what_is_known_fills_what_is_empty() {
        let mut card = draft();
        card.set(1, text("mine"));
        assert!(card.give(0, text("Ana"), false) && !card.give(1, text("theirs"), false));
        assert!(!card.give(9, text("nobody's"), false));
        assert_eq!((&*card.text(0), &*card.text(1)), ("Ana", "mine"));
        card.set(0, text(""));
        assert!(!card.give(0, text("Ana"), false), "what was taken out stays out");
        assert!(!card.give(2, Value::Image("".into()), false), "nothing is nothing");
    }

    #[test]
    fn what_the_page_gives_would_not_be_lost() {
        let mut card = draft();
        card.give(0, text("Ana"), false);
        card.give(2, Value::Image("/9j/".into()), true);
        assert!(card.is_changed() && !card.is_unsaved());
        card.set(2, Value::Image("/9j/mine".into()));
        assert!(card.is_unsaved());
    }

    #[test]
    fn a_value_replaces_once_and_then_leaves_the_person_alone() {
        let mut card = draft();
        card.set(0, text("typed"));
        assert!(card.give(0, text("Ana"), true));
        card.set(0, text("Anna"));
        assert!(!card.give(0, text("Ana"), true), "it is the same as before");
        assert_eq!(&*card.text(0), "Anna");
        assert!(card.give(0, text("Eva"), true));
        assert_eq!(&*card.text(0), "Eva");
        save(&mut card);
        assert!(card.give(0, text(""), true));
        let Pending::Update(_, fields, _) = card.pending() else { panic!("emptied is changed") };
        assert_eq!(fields[0].value, "");
    }

    fn on_the_server(data: &[(&str, &str)]) -> Card {
        let data = data.iter().map(|(token, value)| crate::api::CardValue {
            token: (*token).to_owned(),
            label: None,
            value: (*value).to_owned(),
        });
        Card {
            id: CardId(9),
            template_id: None,
            organization_id: None,
            data: data.collect(),
            last_printed_at: None,
            last_submitted_at: None,
        }
    }

    #[test]
    fn a_card_is_gone_on_with_and_no_other_is_made_in_its_place() {
        let mut card = draft();
        assert!(!card.take_up(&on_the_server(&[("ELSE", "x")])), "nothing of it is known");
        // By a field's label, too.
        assert!(card.take_up(&on_the_server(&[
            ("NAME", "Ana"),
            ("Note (optional)", "hi"),
            ("PIC", "data:image/png;base64,AA\nBB")
        ])));
        assert_eq!((&*card.text(0), &*card.text(1)), ("Ana", "hi"));
        assert!(matches!(card.value(2), Value::Image(base64) if **base64 == *"AABB"));
        assert!(matches!(card.pending(), Pending::Nothing(CardId(9))));
        card.set(1, text(""));
        card.forget_server();
        let Pending::Update(CardId(9), fields, _) = card.pending() else { panic!("it is the same card") };
        assert_eq!((fields.len(), fields[0].token.as_str()), (1, "NOTE"));
    }

    #[test]
    fn a_picture_that_only_the_server_has_is_never_sent() {
        for shown in ["image", "https://cards.test/9.jpg"] {
            let mut card = draft();
            card.take_up(&on_the_server(&[("NAME", "Ana"), ("PIC", shown)]));
            assert!(card.problem(2).is_none() && !card.value(2).is_blank());
            assert_eq!(card.whole().iter().map(|field| field.value.as_str()).collect::<Vec<_>>(), ["Ana"]);
            assert_eq!(card.lost_in(&on_the_server(&[("NAME", ""), ("PIC", "")])), [0, 2]);
            card.lose(2);
            assert!(card.value(2).is_blank(), "it is to be asked for");
            assert!(matches!(card.pending(), Pending::Nothing(_)));
            card.set(2, Value::Image("/9j/".into()));
            let Pending::Update(_, fields, _) = card.pending() else { panic!("the new one is sent") };
            assert_eq!(fields.iter().map(|field| field.token.as_str()).collect::<Vec<_>>(), ["PIC"]);
        }
    }

    #[test]
    fn what_others_have_changed_is_told_and_what_one_has_changed_stays() {
        let mut card = draft();
        card.take_up(&on_the_server(&[("NAME", "Ana"), ("NOTE", "hi"), ("PIC", "image")]));
        card.set(0, text("Anna"));
        let theirs = on_the_server(&[("NAME", "Eva"), ("NOTE", "hello"), ("PIC", "/9j/")]);
        assert_eq!(card.changed_by_others(&theirs), [0, 1], "a picture that was not seen may be the same");
        assert_eq!(card.text_in(0, &theirs).as_deref(), Some("Eva"));
        card.rebase(&theirs);
        assert_eq!((&*card.text(0), &*card.text(1)), ("Anna", "hello"));
        assert!(card.changed_by_others(&theirs).is_empty());
        let Pending::Update(_, fields, _) = card.pending() else { panic!("one's own is still to be sent") };
        assert_eq!(fields.iter().map(|field| field.token.as_str()).collect::<Vec<_>>(), ["NAME"]);
        assert!(card.changed_by_others(&Card { id: CardId(8), ..theirs }).is_empty(), "it is another card");
    }

    #[test]
    fn what_a_server_makes_of_a_picture_that_was_sent_is_nobodys_change() {
        let mut card = draft();
        card.take_up(&on_the_server(&[("NAME", "Ana"), ("PIC", "/9j/read")]));
        assert_eq!(card.changed_by_others(&on_the_server(&[("NAME", "Ana"), ("PIC", "/9j/theirs")])), [2]);
        card.set(2, Value::Image("/9j/mine".into()));
        card.sent_as_it_stands();
        assert!(
            card.changed_by_others(&on_the_server(&[("NAME", "Ana"), ("PIC", "/9j/mine-made-smaller")])).is_empty()
        );
        assert_eq!(card.changed_by_others(&on_the_server(&[("NAME", "Ana")])), [2], "that it is gone is told");
    }

    #[test]
    fn what_was_typed_over_is_known_again() {
        let mut card = draft();
        card.take_up(&on_the_server(&[("NAME", "Ana"), ("NOTE", "hi")]));
        assert_eq!((card.typed_over(0), card.typed_over(2)), (None, None));
        card.set(0, text("Anna"));
        assert_eq!(card.typed_over(0), Some("Ana"));
        let theirs = on_the_server(&[("NAME", "Eva"), ("NOTE", "hi")]);
        let mut again = draft();
        again.take_up(&theirs);
        again.set(0, text("Anna"));
        assert!(again.changed_by_others(&theirs).is_empty(), "it is not known what was there when it was typed");
        again.was_typed_over(0, "Ana");
        assert_eq!(again.changed_by_others(&theirs), [0]);
    }

    #[test]
    fn a_copy_is_a_new_card_whose_hidden_pictures_are_asked_for() {
        let mut card = draft();
        card.copy(&on_the_server(&[("NAME", "Ana"), ("PIC", "image")]));
        assert!(card.card().is_none() && card.is_unsaved() && card.value(2).is_blank());
        assert!(matches!(card.pending(), Pending::Create(..)));
        card.copy(&on_the_server(&[("NAME", "Ana"), ("PIC", "data:image/jpeg;base64,/9j/")]));
        assert!(matches!(card.value(2), Value::Image(base64) if **base64 == *"/9j/"));
    }

    #[test]
    fn what_is_held_is_the_pages() {
        let mut card = draft();
        card.give(0, text("Ana"), true);
        card.set(0, text("typed"));
        card.set_hold(0, Hold::Locked);
        assert!(card.give(0, text("Ana"), true), "what was typed before it was locked");
        for hold in [Hold::Locked, Hold::Hidden] {
            card.set_hold(0, hold);
            card.set(0, text("typed"));
            assert_eq!((&*card.text(0), card.hold(0)), ("Ana", hold));
        }
        assert!(card.takes_pictures());
        card.set_hold(2, Hold::Locked);
        assert!(!card.takes_pictures(), "there is nothing to be asked for");
        card.set_hold(0, Hold::Free);
        card.set(0, text("typed"));
        assert_eq!(&*card.text(0), "typed");
    }
}
