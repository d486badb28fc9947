//! The crop frame, the picker and the crop screen, with the events that a browser sends them.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use instant_card::domain::crop::Crop;
use instant_card::domain::edit::Editing;
use instant_card::media::blob_url::BlobUrls;
use instant_card::media::encode::Jpeg;
use instant_card::media::photo::{self, Picture};
use instant_card::reactive::{Lasting, Var};
use instant_card::ui::crop_frame::crop_frame;
use instant_card::ui::dom::{El, ElView};
use instant_card::view::photo::{Picker, Screen, photo_picker, photo_screen, provide_words};
use instant_card::world::{Pictures, Seen, Unseen};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::PORTRAIT;
use super::page::{blob, bytes, choose, corners, drag, file, first, mouse, paste, pause, pointer, press, until};

/// A place in the page that `view` stands in until the handle is dropped.
pub(crate) fn mounted(view: impl FnOnce() -> El + 'static) -> (HtmlElement, impl Drop) {
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&host).unwrap();
    let handle = leptos::mount::mount_to(host.clone(), move || {
        provide_words();
        ElView::from(view())
    });
    (host, handle)
}

pub(crate) fn find(host: &HtmlElement, selector: &str) -> HtmlElement {
    host.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}")).unchecked_into()
}

pub(crate) fn text(host: &HtmlElement, selector: &str) -> String {
    find(host, selector).text_content().unwrap_or_default()
}

/// A crop frame over a picture of 800 x 600, zoomed in by half, on a stage of 400 x 300 points.
async fn framed() -> (HtmlElement, Var<Editing>, impl Drop) {
    let picture = photo::open(&blob(corners(800, 600, "image/png")).await).await.unwrap();
    let editing = begun((800, 600), Crop { x: 250.0, y: 100.0, width: 300.0, height: 400.0 });
    let (host, handle) = mounted(move || crop_frame(&picture, editing, Var::new(false)));
    let stage = find(&host, ".crop-stage");
    for (property, value) in [("width", "400px"), ("height", "300px"), ("position", "relative")] {
        stage.style().set_property(property, value).unwrap();
    }
    pause(20).await;
    (host, editing, handle)
}

fn begun(picture: (u32, u32), crop: Crop) -> Var<Editing> {
    let mut editing = Editing::new(picture, PORTRAIT);
    editing.begin_at(crop);
    Var::new(editing)
}

fn crop_of(editing: Var<Editing>) -> Crop {
    editing.with_untracked(Editing::crop)
}

#[wasm_bindgen_test]
async fn keys_move_the_frame() {
    let (host, editing, _handle) = framed().await;
    let frame = find(&host, ".crop-frame");
    assert_eq!(frame.get_attribute("tabindex").as_deref(), Some("0"));
    press(&frame, "ArrowRight", false);
    press(&frame, "ArrowDown", true);
    assert_eq!(crop_of(editing), Crop { x: 256.0, y: 160.0, width: 300.0, height: 400.0 });
    press(&frame, "+", false);
    let near = crop_of(editing);
    assert!(near.width < 280.0 && near.x > 256.0, "{near:?}");
    pause(20).await;
    assert_eq!(text(&host, "[role=status]"), "34 % from the left, 30 % from the top, 34 % wide");
    let place = find(&host, ".crop-stage").style().get_property_value("--crop-x").unwrap();
    assert_eq!(place, ((near.x / 800.0 * 10_000.0).round() as u32).to_string());
    for id in frame.get_attribute("aria-describedby").unwrap().split(' ') {
        assert!(!text(&host, &format!("#{id}")).is_empty());
    }
    press(&frame, "Tab", false);
    assert_eq!(crop_of(editing), near);
}

#[wasm_bindgen_test]
async fn a_finger_drags_the_frame() {
    let (host, editing, _handle) = framed().await;
    let stage = find(&host, ".crop-stage");
    let place = stage.get_bounding_client_rect();
    let at = |kind: &str, id: i32, x: f64, y: f64| {
        pointer(&find(&host, ".crop-frame"), kind, id, place.left() + x, place.top() + y);
    };
    // Two pixels of the picture to a point.
    at("pointerdown", 1, 200.0, 150.0);
    at("pointermove", 1, 230.0, 140.0);
    assert_eq!(crop_of(editing), Crop { x: 310.0, y: 80.0, width: 300.0, height: 400.0 });
    at("pointermove", 1, 900.0, -900.0);
    assert_eq!(crop_of(editing), Crop { x: 500.0, y: 0.0, width: 300.0, height: 400.0 });
    at("pointerup", 1, 900.0, -900.0);
    at("pointermove", 1, 0.0, 0.0);
    assert_eq!(crop_of(editing).x, 500.0, "released");
    // Beside the frame: it comes.
    at("pointerdown", 1, 100.0, 150.0);
    at("pointerup", 1, 100.0, 150.0);
    assert_eq!(crop_of(editing), Crop { x: 50.0, y: 100.0, width: 300.0, height: 400.0 });
    // Two fingers come together by a half.
    at("pointerdown", 1, 80.0, 150.0);
    at("pointerdown", 2, 120.0, 150.0);
    at("pointermove", 1, 90.0, 150.0);
    at("pointermove", 2, 110.0, 150.0);
    assert_eq!(crop_of(editing), Crop { x: 125.0, y: 200.0, width: 150.0, height: 200.0 });
    at("pointercancel", 2, 110.0, 150.0);
    at("pointermove", 1, 100.0, 150.0);
    assert_eq!(crop_of(editing).x, 145.0, "the finger that is left goes on");
}

#[wasm_bindgen_test]
async fn one_finger_moves_after_one_whose_end_nobody_reported() {
    let (host, editing, _handle) = framed().await;
    let place = find(&host, ".crop-stage").get_bounding_client_rect();
    let at = |kind: &str, id: i32, x: f64, y: f64| {
        first(&find(&host, ".crop-frame"), kind, id, place.left() + x, place.top() + y);
    };
    // Only the loss of its capture is told; then nothing at all.
    at("pointerdown", 1, 200.0, 150.0);
    at("lostpointercapture", 1, 200.0, 150.0);
    at("pointermove", 1, 100.0, 100.0);
    assert_eq!(crop_of(editing), Crop { x: 250.0, y: 100.0, width: 300.0, height: 400.0 }, "it is over");
    for (id, moved) in [(2, 270.0), (3, 290.0), (4, 310.0)] {
        at("pointerdown", id, 200.0, 150.0);
        at("pointermove", id, 210.0, 150.0);
        assert_eq!(crop_of(editing), Crop { x: moved, y: 100.0, width: 300.0, height: 400.0 }, "finger {id}");
    }
    // A mouse that comes back without a button pressed was let go of elsewhere.
    mouse(&find(&host, ".crop-frame"), "pointerdown", 1, place.left() + 200.0, place.top() + 150.0);
    mouse(&find(&host, ".crop-frame"), "pointermove", 1, place.left() + 205.0, place.top() + 150.0);
    mouse(&find(&host, ".crop-frame"), "pointermove", 0, place.left() + 20.0, place.top() + 20.0);
    mouse(&find(&host, ".crop-frame"), "pointermove", 1, place.left() + 20.0, place.top() + 20.0);
    assert_eq!(crop_of(editing), Crop { x: 320.0, y: 100.0, width: 300.0, height: 400.0 });
}

#[wasm_bindgen_test]
async fn a_corner_resizes_the_frame() {
    let (host, editing, _handle) = framed().await;
    let corner = find(&host, "[data-corner=se]");
    pointer(&corner, "pointerdown", 1, 300.0, 300.0);
    pointer(&corner, "pointermove", 1, 285.0, 290.0);
    assert_eq!(crop_of(editing), Crop { x: 250.0, y: 100.0, width: 285.0, height: 380.0 });
}

/// The size of the last picture that came from a picker, what it shows, and how often it was asked to adjust that.
type Signals = (RwSignal<Option<(u32, u32)>>, Var<Option<Seen>>, RwSignal<u32>);

fn picker() -> (HtmlElement, Signals, impl Drop) {
    let (got, shown, adjusted) = (RwSignal::new(None), Var::new(None), RwSignal::new(0));
    let (host, handle) = mounted(move || {
        let on_picture = Rc::new(move |picture: Picture| got.set(Some((picture.width(), picture.height()))));
        photo_picker(Picker {
            is_photo: true,
            token: "PHOTO_1",
            label: "Portrait",
            label_id: "field-1",
            described_by: Box::new(|| "hint-1".to_owned()),
            files: true,
            ratio: PORTRAIT,
            shown: Rc::new(move || shown.get()),
            adjustable: Box::new(|| true),
            open: instant_card::view::photo::open_in_english(),
            on_picture,
            on_camera: None,
            on_sign: None,
            on_adjust: Box::new(move || adjusted.update(|count| *count += 1)),
        })
    });
    (host, (got, shown, adjusted), handle)
}

#[wasm_bindgen_test]
async fn a_file_comes_by_button_drop_and_paste() {
    let (host, (got, ..), _handle) = picker();
    let zone = find(&host, ".photo-picker");
    let first = blob(corners(40, 30, "image/png")).await;
    choose(&find(&host, "input[type=file][data-token=PHOTO_1]"), &first);
    pause(0).await;
    assert_eq!(text(&host, "[role=status]"), "Opening the photo…");
    assert_eq!(zone.get_attribute("aria-busy").as_deref(), Some("true"));
    until("chosen", || got.get_untracked() == Some((40, 30))).await;

    let second = blob(corners(60, 20, "image/jpeg")).await;
    drag(&zone, "dragover", &second);
    pause(20).await;
    assert!(zone.class_list().contains("over"));
    drag(&zone, "drop", &second);
    until("dropped", || got.get_untracked() == Some((60, 20))).await;
    assert!(!zone.class_list().contains("over"));

    let third = blob(corners(50, 50, "image/png")).await;
    paste(&find(&host, "button[data-action=choose-file][data-token=PHOTO_1]"), &third);
    until("pasted", || got.get_untracked() == Some((50, 50))).await;
    pause(20).await;
    assert_eq!(text(&host, "[role=status]"), "");
}

#[wasm_bindgen_test]
async fn the_file_chosen_last_is_the_one_that_counts() {
    let (host, (got, ..), _handle) = picker();
    let zone = find(&host, ".photo-picker");
    let large = blob(corners(4000, 3000, "image/png")).await;
    let small = blob(corners(40, 30, "image/png")).await;
    drag(&zone, "drop", &large);
    drag(&zone, "drop", &small);
    until("opened", || got.get_untracked().is_some()).await;
    pause(600).await;
    assert_eq!(got.get_untracked(), Some((40, 30)));
}

#[wasm_bindgen_test]
async fn an_error_stands_beside_the_field() {
    let (host, (got, ..), _handle) = picker();
    let zone = find(&host, ".photo-picker");
    assert_eq!(zone.get_attribute("aria-describedby").as_deref(), Some("hint-1 field-1-photo-error"));
    drag(&zone, "drop", &file(b"Dear Sir or Madam"));
    until("refused", || text(&host, "[role=alert]") == "This file is not a photo. Choose a JPEG or PNG file.").await;
    assert_eq!(find(&host, "#field-1-photo-error").get_attribute("role").as_deref(), Some("alert"));
    drag(&zone, "drop", &file(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"));
    until("unsupported", || text(&host, "[role=alert]").starts_with("Your browser cannot open HEIC photos.")).await;
    assert_eq!(got.get_untracked(), None);
    drag(&zone, "drop", &blob(corners(40, 30, "image/png")).await);
    until("opened", || got.get_untracked().is_some()).await;
    pause(20).await;
    assert_eq!(text(&host, "[role=alert]"), "");
}

#[wasm_bindgen_test]
async fn the_shown_photo_can_be_changed_and_adjusted() {
    let (host, (_, shown, adjusted), _handle) = picker();
    assert_eq!(text(&host, "[data-action=choose-file]"), "Choose a photo");
    assert!(find(&host, "[data-action=adjust-photo]").hidden());
    let pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    shown.set(Some(BlobUrls.show(pixel).await));
    pause(20).await;
    assert_eq!(text(&host, "[data-action=choose-file]"), "Change photo");
    assert_eq!(find(&host, "img").get_attribute("alt").as_deref(), Some("Portrait"));
    assert!(!find(&host, "[data-action=adjust-photo]").hidden());
    find(&host, "[data-action=adjust-photo]").click();
    assert_eq!(adjusted.get_untracked(), 1);
    shown.set(Some(Err(Unseen::Blocked)));
    pause(20).await;
    assert_eq!(text(&host, ".photo-slot"), "Chosen. It cannot be shown here.");
    assert_eq!(text(&host, "[data-action=choose-file]"), "Change photo");
}

#[wasm_bindgen_test]
async fn what_begins_as_a_picture_and_goes_on_as_noise_is_none() {
    let png = bytes(&blob(corners(80, 60, "image/png")).await).await;
    let noise: Vec<u8> = (0..400u32).map(|at| ((at * 7919) >> 3) as u8).collect();
    for (what, bytes) in
        [("after its signature", [&png[..8], &noise].concat()), ("after its header", [&png[..33], &noise].concat())]
    {
        let shown = BlobUrls.show(&STANDARD.encode(bytes)).await;
        assert_eq!(shown.err(), Some(Unseen::NoPicture), "{what}");
    }
    assert!(BlobUrls.show(&STANDARD.encode(png)).await.is_ok());
}

#[wasm_bindgen_test]
async fn the_screen_hands_over_the_crop() {
    let picture = photo::open(&blob(corners(800, 600, "image/png")).await).await.unwrap();
    let editing = Rc::new(Lasting::new(Editing::new((800, 600), PORTRAIT)));
    let (used, left) = (RwSignal::new(None::<Jpeg>), RwSignal::new(false));
    let (host, handle) = mounted(move || {
        let on_use = Rc::new(move |jpeg: Jpeg| used.set(Some(jpeg)));
        let on_cancel = Box::new(move || left.set(true));
        photo_screen(Screen {
            label: "Portrait",
            picture,
            ratio: PORTRAIT,
            field: PORTRAIT,
            is_portrait: true,
            face_help: false,
            editing,
            on_use,
            on_retake: None,
            on_cancel,
            focus: true,
        })
    });
    assert!(text(&host, "[data-screen=photo]").contains("Portrait"));
    pause(20).await;
    assert!(document().active_element().unwrap().matches("h1").unwrap(), "the title is read out");
    press(&find(&host, ".crop-frame"), "ArrowRight", true);
    press(&find(&host, ".crop-frame"), "Enter", false);
    until("used", || used.with_untracked(Option::is_some)).await;
    let jpeg = used.get_untracked().unwrap();
    assert_eq!((jpeg.width, jpeg.height), (450, 600));
    used.set(None);
    find(&host, "[data-action=cancel]").click();
    assert!(left.get_untracked());
    // Left while it encodes: nobody is told, and nothing breaks.
    find(&host, "[data-action=use-photo]").click();
    drop(handle);
    pause(300).await;
    assert!(used.with_untracked(Option::is_none));
}
