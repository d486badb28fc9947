//! The control of an image field: chooses a file, takes a dropped or a pasted one, and shows the photo there is.

use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Event, File, FileList, HtmlInputElement};

use super::words::explain;
use crate::domain::crop::Ratio;
use crate::media::photo::{self, PhotoError, Picture};
use crate::ui::icon::{PERSON, icon};
use crate::ui::words;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Ready,
    Opening,
    Failed(PhotoError),
}

/// The control of the image field `token`.
///
/// It opens what it is given and hands over a [`Picture`]; cropping, and what becomes of it, is the caller's. `shown` is an
/// object URL of the photo that the field holds now.
#[component]
pub fn PhotoPicker(
    /// The field's token, for `data-token` on the button and on the file input.
    #[prop(into)]
    token: String,
    /// The field's label, as the photo's alternative text.
    #[prop(into)]
    label: String,
    /// The id of the element that shows the label. The picker's own ids are derived from it.
    #[prop(into)]
    label_id: String,
    /// The ids of elements that describe the field (a hint, an error of the form), with spaces between them.
    #[prop(into)]
    described_by: Signal<String>,
    /// The photo that the field holds.
    #[prop(into)]
    shown: Signal<Option<String>>,
    /// The field's ratio, in which the empty slot is drawn.
    #[prop(default = None)]
    ratio: Option<Ratio>,
    /// Whether the shown photo can be adjusted; false where its picture is no longer at hand.
    #[prop(into, default = Signal::stored(true))]
    adjustable: Signal<bool>,
    /// A picture was chosen and opened.
    on_picture: UnsyncCallback<Picture>,
    /// The shown photo's crop is to be adjusted.
    on_adjust: UnsyncCallback<()>,
) -> impl IntoView {
    let words = words();
    let state = RwSignal::new(State::Ready);
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    // Which choice is the latest: a large photo that is still opening does not replace the one chosen after it.
    let latest = StoredValue::new(0u32);

    let open = move |file: File| {
        let turn = latest.get_value().wrapping_add(1);
        latest.set_value(turn);
        state.set(State::Opening);
        wasm_bindgen_futures::spawn_local(async move {
            let opened = photo::open(&file).await;
            // None when the field is gone by now.
            if latest.try_get_value() != Some(turn) {
                return;
            }
            match opened {
                Ok(picture) => {
                    state.set(State::Ready);
                    on_picture.try_run(picture);
                }
                Err(error) => state.set(State::Failed(error)),
            }
        });
    };
    let chosen = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(file) = first(input.files()) {
            open(file);
        }
        // Otherwise choosing the same file again, mended in between, would be no change.
        input.set_value("");
    };
    let dragged = move |event: DragEvent| {
        if event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0)) {
            event.prevent_default();
            over.set(true);
        }
    };
    let dropped = move |event: DragEvent| {
        over.set(false);
        if let Some(file) = event.data_transfer().and_then(|data| first(data.files())) {
            event.prevent_default();
            open(file);
        }
    };
    let pasted = move |event: Event| {
        let event: ClipboardEvent = event.unchecked_into();
        if let Some(file) = event.clipboard_data().and_then(|data| first(data.files())) {
            event.prevent_default();
            open(file);
        }
    };

    let error_id = format!("{label_id}-photo-error");
    let described_by = {
        let error_id = error_id.clone();
        move || {
            let mut ids = described_by.get();
            if matches!(state.get(), State::Failed(_)) {
                ids.push(' ');
                ids.push_str(&error_id);
            }
            ids
        }
    };
    let error = move || match state.get() {
        State::Failed(error) => explain(error),
        _ => String::new(),
    };
    let aspect = ratio.map(|ratio| format!("{} / {}", ratio.width.max(1), ratio.height.max(1)));

    view! {
        <div
            class="photo-picker"
            class:over=over
            part="photo-picker"
            role="group"
            aria-labelledby=label_id
            aria-describedby=described_by
            aria-busy=move || if state.get() == State::Opening { "true" } else { "false" }
            on:dragenter=dragged
            on:dragover=dragged
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
            on:paste=move |event| pasted(event.unchecked_into())
        >
            <div class="photo-slot" part="photo-slot" style:aspect-ratio=aspect>
                {move || match shown.get() {
                    Some(url) => view! { <img src=url alt=label.clone() /> }.into_any(),
                    None => icon(PERSON).into_any(),
                }}
            </div>
            <div class="photo-choices">
                <div class="photo-buttons">
                    <button
                        type="button"
                        class="button"
                        data-action="choose-file"
                        data-token=token.clone()
                        on:click=move |_| {
                            if let Some(input) = input.get_untracked() {
                                input.click();
                            }
                        }
                    >
                        {move || if shown.with(Option::is_some) { words.photo.change } else { words.photo.choose }}
                    </button>
                    // The camera's `data-action="take-photo"` goes here. What it takes is a `Picture` too, so it ends in
                    // `on_picture` like a file.
                    {move || {
                        (shown.with(Option::is_some) && adjustable.get())
                            .then(|| {
                                view! {
                                    <button
                                        type="button"
                                        class="button"
                                        data-action="adjust-photo"
                                        on:click=move |_| on_adjust.run(())
                                    >
                                        {words.photo.adjust}
                                    </button>
                                }
                            })
                    }}
                </div>
                <p class="help photo-drop">{words.photo.drop_or_paste}</p>
                <p class="help" role="status">
                    {move || if state.get() == State::Opening { words.photo.opening } else { "" }}
                </p>
                <p class="error" role="alert" id=error_id>
                    {error}
                </p>
            </div>
            <input
                type="file"
                accept="image/*"
                hidden
                tabindex="-1"
                data-token=token
                aria-hidden="true"
                node_ref=input
                on:change=chosen
            />
        </div>
    }
}

/// The first file of a list; the field holds one photo.
fn first(files: Option<FileList>) -> Option<File> {
    files?.get(0)
}
