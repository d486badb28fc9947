//! What is wrong with what the page gives, in words.

use crate::domain::field::TEXT_LIMIT;
use crate::domain::given::Flaw;
use crate::flow::context::Context;
use crate::flow::host::HostEvent;
use crate::i18n::Messages;

/// A flaw as the page's author reads it. `tokens` are the template's fields.
pub(super) fn flaw(words: Messages, flaw: &Flaw, tokens: &[String]) -> String {
    let words = words.given();
    match flaw {
        Flaw::NoObject(place) => words.no_object(place),
        Flaw::NoTruth(place) => words.no_truth(place),
        Flaw::NoMember(place) => words.no_member(place),
        Flaw::NoField(place) => words.no_field(place, &tokens.join(", ")),
        Flaw::NoText(place) => words.no_text(place),
        Flaw::NoPicture(place) => words.no_picture(place),
        Flaw::TooLong(place, length) => words.too_long(place, &length.to_string(), &TEXT_LIMIT.to_string()),
        Flaw::NoValue(place) => words.no_value(place),
    }
}

/// Tells the page.
pub(super) fn error(cx: Context, code: &'static str, message: String) {
    cx.tell(HostEvent::Error { code, message });
}
