//! What may be wrong with the photo as it is framed now, in words beside it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;

use crate::domain::crop::Ratio;
use crate::domain::edit::Editing;
use crate::domain::quality::{self, Doubt, LOOK_SIDE};
use crate::media::photo::{Picture, find_faces};
use crate::reactive::Var;
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{WARNING, icon};
use crate::ui::words;

/// How long the hand must rest before the pixels are looked at: nobody reads while they drag.
const REST: Duration = Duration::from_millis(300);

/// What the photo is for.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// What it prints, in pixels, where the template says it.
    pub(super) size: Option<Ratio>,
    /// Whether somebody's face is to be on it.
    pub(super) is_portrait: bool,
    /// Whether that face is looked for.
    pub(super) face_help: bool,
}

/// The warnings for `picture`, which come and go as it is edited.
pub(super) fn doubts(picture: Var<Picture>, editing: Var<Editing>, field: Field) -> El {
    let words = words().photo();
    let found = Var::new(Vec::<Doubt>::new());
    let turn = Rc::new(Cell::new(0u32));
    watch(Box::new(move || {
        editing.with(|_| ());
        let mine = turn.get().wrapping_add(1);
        turn.set(mine);
        let turn = turn.clone();
        let is_over = move || turn.get() != mine || found.is_gone();
        let look = move || {
            if !is_over() {
                wasm_bindgen_futures::spawn_local(async move {
                    let doubts = look(picture, editing, field).await;
                    if !is_over() && found.with_untracked(|before| *before != doubts) {
                        found.set(doubts);
                    }
                });
            }
        };
        set_timeout(look, REST);
    }));
    let say = move |doubt: &Doubt| match doubt {
        Doubt::TooSmall { has, needs } => words.too_small(&has.to_string(), &needs.to_string()),
        Doubt::Blurred => words.blurred.to_string(),
        Doubt::TooDark => words.too_dark.to_string(),
        Doubt::TooBright => words.too_bright.to_string(),
        Doubt::NoFace => words.no_face.to_string(),
        Doubt::SeveralFaces => words.several_faces.to_string(),
    };
    el("div").class("doubts").attr("part", "photo-warnings").attr("role", "status").live(move || {
        let doubts = found.get();
        let line = |doubt: &Doubt| el("p").child(icon(WARNING)).child(el("span").text(&say(doubt)));
        (!doubts.is_empty()).then(|| el("div").class("notice warning").children(doubts.iter().map(line)))
    })
}

/// What is doubtful now. What cannot be looked at is nothing to warn of; if there is no memory, encoding says so.
async fn look(picture: Var<Picture>, editing: Var<Editing>, field: Field) -> Vec<Doubt> {
    let Some(now) = editing.try_with_untracked(Editing::clone) else { return Vec::new() };
    let gray = picture.try_with_untracked(|picture| picture.look(&now.edit(), now.crop(), LOOK_SIDE));
    let Some(gray) = gray else { return Vec::new() };
    let mut doubts = quality::doubts(gray.as_ref(), now.crop(), field.size, field.is_portrait);
    let Some(gray) = gray else { return doubts };
    // Where nothing can be made out, no face is no news.
    if field.is_portrait && field.face_help && !doubts.iter().any(Doubt::is_of_light) {
        let faces = find_faces(&gray).await;
        doubts.extend(match faces.len() {
            0 => Some(Doubt::NoFace),
            1 => None,
            _ => Some(Doubt::SeveralFaces),
        });
    }
    doubts
}
