//! What the page gives for a card's fields, in plain values, and what is wrong with it.

use std::rc::Rc;

use super::draft::{Draft, Value};
use super::field::{Hold, Role, TEXT_LIMIT, is_required};
use super::text::{clean, printed};
use crate::api::{Field, ImageValue, SessionValues};

/// A value that the page gives.
#[derive(Clone, PartialEq, Eq)]
pub enum Worth {
    /// A text; for a picture, one that is a `data:` URI.
    Text(String),
    /// A file, by the number under which it is kept where it was given.
    File(u32),
    /// Something that no field takes.
    Neither,
}

/// Without what it is: it may be somebody's photo.
impl std::fmt::Debug for Worth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Worth")
    }
}

/// Values that the page gives, by their names.
pub type Named = Vec<(String, Worth)>;

/// What the page wants of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// What is to stand in it.
    pub value: Option<Worth>,
    /// Whether it is shown, and not to be changed.
    pub locked: bool,
    /// Whether it is not shown.
    pub hidden: bool,
}

impl Wish {
    /// What the person may do with the field.
    pub fn hold(&self) -> Hold {
        match self {
            Wish { hidden: true, .. } => Hold::Hidden,
            Wish { locked: true, .. } => Hold::Locked,
            _ => Hold::Free,
        }
    }
}

/// All that the page gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What it knows of the fields already, by token (`prefill`).
    pub prefill: Named,
    /// What it wants of them (`fields`).
    pub fields: Vec<(String, Wish)>,
    /// Where a card that is ordered goes, to begin with, by the API's names of its parts (`shippingAddress`).
    pub address: Named,
    /// What the gateway adds to it, whose word counts where the two contradict each other.
    pub session: Rc<SessionValues>,
    /// What could not be read of it.
    pub flaws: Vec<Flaw>,
}

/// Why something that the page gives cannot be used. The texts say where it stands, as a page's author would write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is no object.
    NoObject(String),
    /// It is neither true nor false.
    NoTruth(String),
    /// It is a member that nothing is known of.
    NoMember(String),
    /// The template has no such field.
    NoField(String),
    /// The field takes a text, and this is none.
    NoText(String),
    /// The field takes a picture, and this is none.
    NoPicture(String),
    /// It has this many characters, which is more than [`TEXT_LIMIT`].
    TooLong(String, usize),
    /// The person cannot fill it in, the card needs it, and there is nothing in it.
    NoValue(String),
}

impl Given {
    /// What the page wants of `field`.
    pub fn wish(&self, field: &Field) -> Option<Wish> {
        let page = of(&self.fields, field).cloned();
        if let Some(text) = of(&self.session.locked, field) {
            let hidden = page.is_some_and(|page| page.hidden);
            return Some(Wish { value: Some(Worth::Text(text.clone())), locked: true, hidden });
        }
        match (page, of(&self.session.prefill, field)) {
            (Some(Wish { value: Some(_), locked, hidden }), Some(text)) => {
                Some(Wish { value: Some(Worth::Text(text.clone())), locked, hidden })
            }
            (page, _) => page,
        }
    }

    /// What it knows of `field`.
    pub fn known(&self, field: &Field) -> Option<Worth> {
        match of(&self.session.prefill, field) {
            Some(text) => Some(Worth::Text(text.clone())),
            None => of(&self.prefill, field).cloned(),
        }
    }

    /// Where it stands what is wanted of `field`.
    pub fn place(&self, field: &Field) -> String {
        match of(&self.session.locked, field) {
            Some(_) => ["locked.", &field.token].concat(),
            None => place(&field.token),
        }
    }

    /// What is wrong with it for `draft`, into which it was put.
    pub fn flaws_for(&self, draft: &Draft) -> Vec<Flaw> {
        let fields = draft.fields();
        let is_there = |token: &str| fields.iter().any(|field| field.token == token);
        let unknown = self.fields.iter().filter(|(token, _)| !is_there(token));
        let mut flaws: Vec<Flaw> = unknown.map(|(token, _)| Flaw::NoField(place(token))).collect();
        for (index, field) in fields.iter().enumerate() {
            if draft.hold(index) != Hold::Free && is_required(field) && draft.value(index).is_blank() {
                flaws.push(Flaw::NoValue(self.place(field)));
            }
        }
        flaws
    }
}

fn of<'a, T>(list: &'a [(String, T)], field: &Field) -> Option<&'a T> {
    list.iter().find(|(token, _)| *token == field.token).map(|(_, value)| value)
}

/// Where what the page wants of a field stands.
pub fn place(token: &str) -> String {
    ["fields.", token].concat()
}

/// What is to stand in `field`; none where that is a picture that is still to be opened. `place` says where the value was given.
///
/// # Errors
/// The field does not take it.
pub fn taken(field: &Field, worth: &Worth, place: &str) -> Result<Option<Value>, Flaw> {
    let is_image = Role::of(field).is_image();
    match worth {
        Worth::Text(text) if !is_image => {
            let text = clean(text);
            let length = printed(&text).chars().count();
            if length > TEXT_LIMIT {
                return Err(Flaw::TooLong(place.to_owned(), length));
            }
            Ok(Some(Value::Text(text.into())))
        }
        Worth::Text(text) => match ImageValue::of(text) {
            ImageValue::Empty => Ok(Some(Value::Empty)),
            ImageValue::DataUri(_) => Ok(None),
            _ => Err(Flaw::NoPicture(place.to_owned())),
        },
        Worth::File(_) if is_image => Ok(None),
        Worth::Neither if is_image => Err(Flaw::NoPicture(place.to_owned())),
        Worth::File(_) | Worth::Neither => Err(Flaw::NoText(place.to_owned())),
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::super::draft::tests::draft;
    use super::*;

    fn text(text: &str) -> Worth {
        Worth::Text(text.into())
    }

    #[test]
    fn each_field_takes_its_own_kind() {
        let fields = draft().fields();
        let (name, photo) = (&fields[0], &fields[2]);
        let take = |field, worth: &Worth| taken(field, worth, "x");
        let Ok(Some(Value::Text(taken))) = take(name, &text("\u{202e}Ana\u{202c}\t")) else {
            panic!("a text is taken")
        };
        assert_eq!(printed(&taken), "Ana");
        assert!(matches!(take(name, &Worth::File(1)), Err(Flaw::NoText(_))));
        assert!(matches!(take(name, &Worth::Neither), Err(Flaw::NoText(_))));
        assert!(matches!(take(name, &text(&"x".repeat(TEXT_LIMIT + 1))), Err(Flaw::TooLong(_, 256))));
        for picture in [Worth::File(1), text("data:image/png;base64,AAAA"), text(" DATA:,")] {
            assert!(matches!(take(photo, &picture), Ok(None)), "{picture:?}");
        }
        for other in [text("https://site.test/photo.jpg"), text("/9j/AAAA"), Worth::Neither] {
            assert!(matches!(take(photo, &other), Err(Flaw::NoPicture(_))), "{other:?}");
        }
        assert!(matches!(take(photo, &text(" ")), Ok(Some(Value::Empty))));
    }

    #[test]
    fn what_nobody_could_mend_is_told() {
        let mut card = draft();
        let wish = |locked, hidden| Wish { value: None, locked, hidden };
        let fields = [("NAME", wish(true, false)), ("NOTE", wish(false, true)), ("NIX", wish(false, false))];
        let given = Given { fields: fields.map(|(token, wish)| (token.to_owned(), wish)).to_vec(), ..Given::default() };
        for (index, field) in card.fields().iter().enumerate() {
            card.set_hold(index, given.wish(field).as_ref().map(Wish::hold).unwrap_or_default());
        }
        let no_field = Flaw::NoField("fields.NIX".into());
        assert_eq!(given.flaws_for(&card), [no_field.clone(), Flaw::NoValue("fields.NAME".into())]);
        card.give(0, Value::Text("Ana".into()), false);
        assert_eq!(given.flaws_for(&card), [no_field], "what it knows of a field does as well");
    }

    #[test]
    fn what_the_gateway_says_counts_before_what_the_page_gives() {
        let card = draft();
        let (name, note) = (&card.fields()[0], &card.fields()[1]);
        let texts =
            |list: &[(&str, &str)]| list.iter().map(|(token, text)| ((*token).into(), (*text).into())).collect();
        let wish = |value: &str, hidden| Wish { value: Some(text(value)), locked: false, hidden };
        let mut given = Given {
            prefill: vec![("NAME".into(), text("Page")), ("NOTE".into(), text("Page"))],
            fields: vec![("NAME".into(), wish("Page", true)), ("NOTE".into(), wish("Page", false))],
            ..Given::default()
        };
        assert_eq!(given.wish(name), Some(wish("Page", true)));
        let session = SessionValues {
            locked: texts(&[("NAME", "Ana"), ("ELSEWHERE", "x")]),
            prefill: texts(&[("NOTE", "Gate")]),
        };
        assert!(!format!("{session:?}").contains("Ana"));
        given.session = Rc::new(session);
        assert_eq!(given.wish(name), Some(Wish { value: Some(text("Ana")), locked: true, hidden: true }));
        assert_eq!(given.wish(note), Some(wish("Gate", false)));
        assert_eq!(given.known(note), Some(text("Gate")));
        assert_eq!((given.place(name), given.place(note)), ("locked.NAME".into(), "fields.NOTE".into()));
        given.fields.clear();
        assert_eq!(given.wish(note), None, "to begin with, and no more than that");
        assert!(given.flaws_for(&card).is_empty(), "a statement may be for several templates");
    }

    #[test]
    fn what_is_hidden_is_locked_too() {
        assert_eq!(Wish { locked: true, hidden: true, value: None }.hold(), Hold::Hidden);
        assert_eq!(Wish::default().hold(), Hold::Free);
    }

    #[test]
    fn nothing_that_is_given_is_logged() {
        assert_eq!(format!("{:?}", text("data:image/png;base64,AAAA")), "Worth");
    }
}
