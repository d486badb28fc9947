//! The screen on which a photo is cropped.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::words::explain;
use crate::domain::crop::{Crop, MAX_LONG_SIDE, Ratio, output_size};
use crate::media::photo::{self, Jpeg, PhotoError, Picture};
use crate::ui::crop_frame::CropFrame;
use crate::ui::heading::heading;
use crate::ui::words;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Ready,
    Encoding,
    Failed(PhotoError),
}

/// Crops `picture` for the field with this label and ratio.
///
/// `crop` belongs to the caller, so that it outlives this screen: it is where the frame stands when the language changes
/// or the photo is adjusted again.
#[component]
pub fn PhotoScreen(
    /// The field's label.
    #[prop(into)]
    label: String,
    /// What is cropped.
    picture: Picture,
    /// The field's proportions.
    ratio: Option<Ratio>,
    /// The part that is kept.
    crop: RwSignal<Crop>,
    /// The photo as it is to be sent.
    on_use: UnsyncCallback<Jpeg>,
    /// The field is to stay as it was.
    on_cancel: UnsyncCallback<()>,
    /// Whether the title takes the focus; false where the screen is only drawn again.
    #[prop(default = true)]
    focus: bool,
) -> impl IntoView {
    let words = words();
    let state = RwSignal::new(State::Ready);
    let source = StoredValue::new_local(picture.clone());

    let encode = move || {
        if state.get_untracked() == State::Encoding {
            return;
        }
        state.set(State::Encoding);
        let picture = source.get_value();
        let crop = crop.get_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            let encoded = photo::encode(&picture, crop, output_size(crop, ratio, MAX_LONG_SIDE)).await;
            // None when the screen was left meanwhile; then nobody waits for the photo.
            match (state.try_set(State::Ready), encoded) {
                (Some(_), _) => {}
                (None, Ok(jpeg)) => {
                    on_use.try_run(jpeg);
                }
                (None, Err(error)) => state.set(State::Failed(error)),
            }
        });
    };
    let enter = move |event: KeyboardEvent| {
        // On a button, Enter presses that button.
        let on_button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| target.tag_name() == "BUTTON");
        if event.key() == "Enter" && !on_button {
            event.prevent_default();
            encode();
        }
    };
    let error = move || match state.get() {
        State::Failed(error) => explain(error),
        _ => String::new(),
    };

    view! {
        <section class="photo-screen" part="photo-screen" data-screen="photo" on:keydown=enter>
            {heading(words.photo.title, &label, focus)}
            <CropFrame picture ratio crop />
            <p class="help" role="status">
                {move || if state.get() == State::Encoding { words.photo.preparing } else { "" }}
            </p>
            <p class="error" role="alert">
                {error}
            </p>
            <div class="actions">
                <button
                    type="button"
                    class="button primary"
                    data-action="use-photo"
                    aria-disabled=move || (state.get() == State::Encoding).then_some("true")
                    on:click=move |_| encode()
                >
                    {words.photo.use_photo}
                </button>
                <button type="button" class="button" data-action="cancel" on:click=move |_| on_cancel.run(())>
                    {words.photo.cancel}
                </button>
            </div>
        </section>
    }
}
