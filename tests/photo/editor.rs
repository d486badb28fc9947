//! Turning, setting straight, mirroring and lightening: what the tools do, and what comes out of it.

use std::rc::Rc;

use instant_card::domain::crop::{Crop, Ratio};
use instant_card::domain::edit::{Edit, Editing};
use instant_card::media::encode::{Jpeg, encode};
use instant_card::media::photo::{self, Picture};
use instant_card::reactive::{Lasting, Var};
use instant_card::view::photo::{Screen, photo_screen};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::page::{blob, corners, flat, input, pause, pixel, pointer, press, until};
use super::screens::{find, mounted, text};
use super::{PORTRAIT, quarters, reopened};

/// What `change` makes of a picture, as it is sent.
async fn edited(picture: &Picture, change: impl FnOnce(&mut Editing)) -> Picture {
    let mut editing = Editing::new((picture.width(), picture.height()), None);
    change(&mut editing);
    let size = editing.size();
    reopened(&encode(picture, &editing.edit(), editing.crop(), size).await.unwrap()).await
}

fn drawn(picture: &Picture) -> HtmlCanvasElement {
    let canvas: HtmlCanvasElement = document().create_element("canvas").unwrap().unchecked_into();
    picture.draw(&canvas, 4000, &Edit::default()).unwrap();
    canvas
}

#[wasm_bindgen_test]
async fn turned_and_mirrored_is_what_is_sent() {
    let photo = photo::open(&blob(corners(800, 600, "image/png")).await).await.unwrap();
    let right = edited(&photo, |editing| editing.turn(true)).await;
    assert_eq!((right.width(), right.height()), (600, 800));
    assert_eq!(quarters(&right), "BRWG");
    assert_eq!(quarters(&edited(&photo, |editing| editing.turn(false)).await), "GWRB");
    assert_eq!(quarters(&edited(&photo, Editing::mirror).await), "GRWB");
    let both = edited(&photo, |editing| {
        editing.turn(true);
        editing.mirror();
    });
    assert_eq!(quarters(&both.await), "RBGW");
}

#[wasm_bindgen_test]
async fn a_tilt_shows_nothing_of_the_ground() {
    let photo = photo::open(&blob(flat(800, 600, "#c00000")).await).await.unwrap();
    for degrees in [-45, -7, 1, 30] {
        let tilted = edited(&photo, |editing| editing.tilt(degrees)).await;
        let canvas = drawn(&tilted);
        let (right, bottom) = (canvas.width() - 1, canvas.height() - 1);
        for (x, y) in [(0, 0), (right, 0), (0, bottom), (right, bottom), (right / 2, 0), (0, bottom / 2)] {
            let colour = pixel(&canvas, x, y);
            assert!(colour[0].abs_diff(0xc0) < 8 && colour[1] < 8, "{degrees}: {colour:?} at {x}, {y}");
        }
    }
}

#[wasm_bindgen_test]
async fn the_light_of_the_screen_is_the_light_that_is_sent() {
    let photo = photo::open(&blob(flat(300, 200, "#6496c8")).await).await.unwrap();
    let lit = edited(&photo, |editing| {
        editing.brighten(20);
        editing.set_contrast(30);
    });
    let colour = pixel(&drawn(&lit.await), 150, 100);
    // 100, 150, 200 times 1.2, then away from the middle by 1.3.
    for (channel, expected) in [118, 196, 255].into_iter().enumerate() {
        assert!(colour[channel].abs_diff(expected) < 5, "{colour:?}");
    }
}

fn mounted_screen(picture: Picture, field: Option<Ratio>) -> (HtmlElement, Var<Editing>, impl Drop) {
    let kept = Rc::new(Lasting::new(Editing::new((picture.width(), picture.height()), PORTRAIT)));
    let editing = kept.var();
    let (host, handle) = mounted(move || {
        photo_screen(Screen {
            label: "Portrait",
            picture,
            ratio: PORTRAIT,
            field,
            is_portrait: true,
            face_help: false,
            editing: kept,
            on_use: Rc::new(|_: Jpeg| {}),
            on_retake: None,
            on_cancel: Box::new(|| {}),
            focus: false,
        })
    });
    (host, editing, handle)
}

async fn screen() -> (HtmlElement, Var<Editing>, impl Drop) {
    mounted_screen(photo::open(&blob(corners(800, 600, "image/png")).await).await.unwrap(), PORTRAIT)
}

fn click(host: &HtmlElement, action: &str) {
    find(host, &format!("[data-action={action}]")).click();
}

fn slide(host: &HtmlElement, name: &str, value: &str) {
    input(&find(host, &format!("input[name={name}]")), value);
}

#[wasm_bindgen_test]
async fn the_zoom_slider_and_the_frame_agree() {
    let (host, editing, _handle) = screen().await;
    let crop = || editing.with_untracked(Editing::crop);
    slide(&host, "zoom", "100");
    assert_eq!(crop().height, 75.0);
    press(&find(&host, ".crop-frame"), "-", false);
    pause(20).await;
    let slider = find(&host, "input[name=zoom]");
    assert_eq!(slider.unchecked_ref::<web_sys::HtmlInputElement>().value(), "99");
    assert_eq!(slider.get_attribute("aria-valuetext").as_deref(), Some("99 %"));
    slide(&host, "zoom", "0");
    assert_eq!(crop(), Crop { x: 175.0, y: 0.0, width: 450.0, height: 600.0 });
}

#[wasm_bindgen_test]
async fn tools_change_the_picture_and_undo_takes_it_back() {
    let (host, editing, _handle) = screen().await;
    let canvas: HtmlCanvasElement = find(&host, "canvas").unchecked_into();
    let is_off = |action: &str| find(&host, &format!("[data-action={action}]")).get_attribute("aria-disabled");
    assert_eq!((is_off("undo").as_deref(), is_off("reset").as_deref()), (Some("true"), Some("true")));
    click(&host, "undo");
    assert_eq!(text(&host, ".tools [role=status]"), "", "it is off, and did nothing");
    click(&host, "rotate-right");
    pause(20).await;
    assert_eq!(text(&host, ".tools [role=status]"), "Rotate right: done.");
    assert_eq!((canvas.width(), canvas.height()), (600, 800));
    assert_eq!(find(&host, ".crop").style().get_property_value("--w").unwrap(), "600");
    assert_eq!((is_off("undo"), is_off("reset")), (None, None));
    slide(&host, "straighten", "-12");
    slide(&host, "straighten", "10");
    slide(&host, "brightness", "25");
    pause(20).await;
    assert!(canvas.width() < 600);
    assert_eq!(text(&host, "label:has([name=straighten]) .value"), "10°");
    assert_eq!(canvas.style().get_property_value("filter").unwrap(), "brightness(125%) contrast(100%)");
    click(&host, "show-original");
    pause(20).await;
    assert_eq!((canvas.width(), canvas.height()), (800, 600));
    assert!(find(&host, ".crop-frame").hidden());
    assert_eq!(find(&host, "[data-action=show-original]").get_attribute("aria-pressed").as_deref(), Some("true"));
    // A hand on the picture finds no frame to move, and brings it back.
    let place = find(&host, ".crop-stage").get_bounding_client_rect();
    let before = editing.with_untracked(Editing::crop);
    pointer(&find(&host, ".crop-stage"), "pointerdown", 1, place.left() + 2.0, place.top() + 2.0);
    pointer(&find(&host, ".crop-stage"), "pointerup", 1, place.left() + 2.0, place.top() + 2.0);
    pause(20).await;
    assert_eq!(editing.with_untracked(Editing::crop), before);
    assert!(!find(&host, ".crop-frame").hidden());
    click(&host, "show-original");
    // Whatever is done next is done to the edited picture, and seen.
    click(&host, "undo");
    pause(20).await;
    assert!(!find(&host, ".crop-frame").hidden());
    assert_eq!(editing.with_untracked(Editing::edit).brightness(), 0);
    click(&host, "undo");
    assert_eq!(editing.with_untracked(Editing::edit).tilt(), 0);
    click(&host, "flip");
    assert!(editing.with_untracked(Editing::edit).is_mirrored());
    click(&host, "reset");
    pause(20).await;
    assert!(!editing.with_untracked(Editing::is_changed));
    assert_eq!((canvas.width(), canvas.height()), (800, 600));
    click(&host, "undo");
    assert!(editing.with_untracked(Editing::edit).is_mirrored(), "a reset can be taken back");
}

#[wasm_bindgen_test]
async fn a_frame_with_few_pixels_is_doubted_until_it_is_larger() {
    let (host, _, _handle) = screen().await;
    let doubts = || text(&host, "[part=photo-warnings]");
    assert_eq!(doubts(), "");
    let small = Some(Ratio { width: 500, height: 600 });
    let (host, editing, _handle) =
        mounted_screen(photo::open(&blob(corners(1600, 1200, "image/png")).await).await.unwrap(), small);
    let doubts = || text(&host, "[part=photo-warnings]");
    pause(600).await;
    assert!(!doubts().contains("pixels wide"), "{}", doubts());
    slide(&host, "zoom", "70");
    until("doubted", || doubts().contains("pixels wide; a sharp print needs 500")).await;
    let wide = editing.with_untracked(Editing::crop).width.round().to_string();
    assert!(doubts().contains(&wide), "{} {wide}", doubts());
    slide(&host, "zoom", "0");
    until("large enough", || !doubts().contains("pixels wide")).await;
}

#[wasm_bindgen_test]
async fn a_dark_photo_is_doubted_until_it_is_lighter() {
    let photo = photo::open(&blob(flat(800, 600, "#3c3c3c")).await).await.unwrap();
    let (host, _, _handle) = mounted_screen(photo, PORTRAIT);
    until("dark", || text(&host, "[part=photo-warnings]").contains("too dark")).await;
    slide(&host, "brightness", "50");
    until("lighter", || text(&host, "[part=photo-warnings]").is_empty()).await;
}
