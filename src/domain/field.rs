//! What a template's field asks for, as far as the API lets one know.
//!
//! The API gives a field a token, a label and a type, and nothing else about what is allowed in it. What a form needs
//! beyond that is decided here, and never stands in a person's way: see [`super::draft::Draft::problems`].

use crate::api::{Field, FieldKind, has};

/// The longest text that is sent, in characters. The API names no limit; nothing longer can be read on a card.
pub const TEXT_LIMIT: usize = 255;

/// A counter stands under a text field from this many characters on.
pub const COUNT_FROM: usize = 200;

/// What a person may do with a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    /// Change it.
    #[default]
    Free,
    /// See it.
    Locked,
    /// Nothing: it is sent, and not shown.
    Hidden,
}

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A text; also every type that is not known.
    Text,
    /// A person's portrait.
    Photo,
    /// A signature.
    Signature,
    /// Any other picture.
    Picture,
}

impl Role {
    /// What `field` is for, by its type, its legacy token (`PHOTO`, `SIGNATURE`), and its label.
    pub fn of(field: &Field) -> Role {
        if !matches!(field.kind, FieldKind::Image) {
            return Role::Text;
        }
        let label = lower(&field.label);
        match field.legacy_token.as_deref() {
            Some("SIGNATURE") => Role::Signature,
            Some("PHOTO") => Role::Photo,
            _ if ["signature", "firma"].iter().any(|word| has(&label, word)) => Role::Signature,
            _ if ["photo", "foto", "portrait", "retrato"].iter().any(|word| has(&label, word)) => Role::Photo,
            _ => Role::Picture,
        }
    }

    /// Whether the field takes a picture.
    pub fn is_image(self) -> bool {
        self != Role::Text
    }
}

/// `label` in small letters, of those that the words looked for here are made of. All of Unicode's would be tables of
/// several kilobytes, for every visitor.
fn lower(label: &str) -> String {
    const CAPITALS: [(char, char); 6] = [('Á', 'á'), ('É', 'é'), ('Í', 'í'), ('Ó', 'ó'), ('Ú', 'ú'), ('Ñ', 'ñ')];
    let small = |letter: char| CAPITALS.iter().find(|(capital, _)| *capital == letter).map(|(_, small)| *small);
    label.chars().map(|letter| small(letter).unwrap_or(letter.to_ascii_lowercase())).collect()
}

/// Whether a field is asked for. The API does not say, so a template's own label does, where its author wrote that the
/// field may stay empty.
pub fn is_required(field: &Field) -> bool {
    let label = lower(&field.label);
    !["optional", "opcional", "if any", "si aplica"].iter().any(|word| has(&label, word))
}

/// The `autocomplete` hint for a text field with this label, or `off`.
///
/// In a kiosk or at a staff desk the browser's owner is not the card's, so hints are only for a person's own card.
pub fn autocomplete(label: &str) -> &'static str {
    const HINTS: [(&[&str], &str); 9] = [
        (&["first name", "given name", "nombre de pila"], "given-name"),
        (&["last name", "surname", "family name", "apellido"], "family-name"),
        (&["company", "organization", "empresa", "organización"], "organization"),
        (&["title", "position", "cargo", "puesto"], "organization-title"),
        (&["email", "e-mail", "correo"], "email"),
        (&["phone", "mobile", "teléfono", "móvil"], "tel"),
        (&["birth", "nacimiento"], "bday"),
        (&["emergency", "host", "emergencia", "anfitrión", "supervisor"], "off"),
        (&["name", "nombre"], "name"),
    ];
    let label = lower(label);
    HINTS.iter().find(|(words, _)| words.iter().any(|word| has(&label, word))).map_or("off", |(_, hint)| hint)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A field as the API gives it.
    pub(crate) fn field(token: &str, label: &str, kind: FieldKind, legacy: Option<&str>) -> Field {
        Field { token: token.into(), label: label.into(), kind, legacy_token: legacy.map(Into::into), dimensions: None }
    }

    #[test]
    fn the_legacy_token_decides_before_the_label() {
        assert_eq!(Role::of(&field("a", "Foto", FieldKind::Image, Some("SIGNATURE"))), Role::Signature);
        assert_eq!(Role::of(&field("a", "Signature", FieldKind::Image, Some("PHOTO"))), Role::Photo);
    }

    #[test]
    fn the_label_decides_where_there_is_no_legacy_token() {
        assert_eq!(Role::of(&field("a", "Firma del titular", FieldKind::Image, None)), Role::Signature);
        assert_eq!(Role::of(&field("a", "Portrait", FieldKind::Image, None)), Role::Photo);
        assert_eq!(Role::of(&field("a", "Logo", FieldKind::Image, None)), Role::Picture);
    }

    #[test]
    fn an_unknown_type_is_text() {
        assert_eq!(Role::of(&field("a", "Photo", FieldKind::Other("barcode".into()), None)), Role::Text);
    }

    #[test]
    fn a_label_may_say_that_the_field_can_stay_empty() {
        assert!(is_required(&field("a", "Full name", FieldKind::Text, None)));
        assert!(!is_required(&field("a", "Middle name (Optional)", FieldKind::Text, None)));
        assert!(!is_required(&field("a", "Segundo nombre (opcional)", FieldKind::Text, None)));
    }

    #[test]
    fn the_hint_follows_the_label() {
        assert_eq!(autocomplete("Full name"), "name");
        assert_eq!(autocomplete("First Name"), "given-name");
        assert_eq!(autocomplete("Host's name"), "off");
        assert_eq!(autocomplete("Badge number"), "off");
        assert_eq!(autocomplete("ORGANIZACIÓN"), "organization");
    }
}
