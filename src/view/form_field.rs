//! What the controls of a card's form have in common, whoever's they are.

use std::cell::RefCell;
use std::rc::Rc;

use crate::domain::draft::Value;
use crate::flow::CardFlow;
use crate::reactive::Var;
use crate::ui::dom::watch;
use crate::world::Seen;

/// The id of the control of field number `index`.
pub(super) fn id_of(index: usize) -> String {
    ["field-", &index.to_string()].concat()
}

/// The picture in field number `index` as it is shown; `Err` where it is there, and not to be seen.
pub(super) fn shown(card: CardFlow, index: usize) -> Var<Option<Seen>> {
    let seen = Var::new(None);
    let before = Rc::new(RefCell::new(Value::Empty));
    watch(Box::new(move || {
        let value =
            card.draft().with(|draft| draft.as_ref().map(|draft| draft.value(index).clone())).unwrap_or_default();
        // Decoding a photo at each letter typed elsewhere would be felt.
        if *before.borrow() == value {
            return;
        }
        before.replace(value.clone());
        let Value::Image(base64) = &value else { return seen.set(None) };
        let (picture, now) = (card.cx().picture(base64), before.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let picture = picture.await;
            // It may be another one by now, and the form may be gone.
            if *now.borrow() == value && !seen.is_gone() {
                seen.set(Some(picture));
            }
        });
    }));
    seen
}
