//! What may be wrong with the photo as it is framed now, in words beside it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;

use crate::domain::crop::Ratio;
use crate::domain::edit::Editing;
use crate::domain::quality::{self, Doubt};
use crate::media::photo::Picture;
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{WARNING, icon};
use crate::ui::var::Var;
use crate::ui::words;

/// How long the hand must rest before the pixels are looked at: nobody reads while they drag.
const REST: Duration = Duration::from_millis(300);

/// The warnings for `picture`, which come and go as it is edited. `field` is what its field prints, in pixels.
pub(super) fn doubts(picture: Var<Picture>, editing: Var<Editing>, field: Option<Ratio>, is_portrait: bool) -> El {
    let words = words().photo();
    let found = Var::new(Vec::<Doubt>::new());
    let turn = Rc::new(Cell::new(0u32));
    watch(Box::new(move || {
        editing.with(|_| ());
        let mine = turn.get().wrapping_add(1);
        turn.set(mine);
        let turn = turn.clone();
        set_timeout(
            move || {
                if turn.get() != mine || found.is_gone() {
                    return;
                }
                let now = editing.get_untracked();
                let look = picture.try_with_untracked(|picture| picture.look(&now.edit(), now.crop()));
                // What cannot be looked at is nothing to warn of; if there is no memory, encoding says so.
                let Some(Some(gray)) = look else { return };
                let doubts = quality::doubts(&gray, now.crop(), field, is_portrait);
                if found.with_untracked(|before| *before != doubts) {
                    found.set(doubts);
                }
            },
            REST,
        );
    }));
    let say = move |doubt: &Doubt| match doubt {
        Doubt::TooSmall { has, needs } => words.too_small(&has.to_string(), &needs.to_string()),
        Doubt::Blurred => words.blurred.to_string(),
        Doubt::TooDark => words.too_dark.to_string(),
        Doubt::TooBright => words.too_bright.to_string(),
    };
    el("div").class("doubts").attr("part", "photo-warnings").attr("role", "status").live(move || {
        let doubts = found.get();
        let line = |doubt: &Doubt| el("p").child(icon(WARNING)).child(el("span").text(&say(doubt)));
        (!doubts.is_empty()).then(|| el("div").class("notice warning").children(doubts.iter().map(line)))
    })
}
