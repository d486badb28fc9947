//! What the tests do to a page by JavaScript: pictures drawn at run time, and the events of a hand.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, HtmlCanvasElement};

#[wasm_bindgen(inline_js = r##"
    const drawn = (width, height, paint) => {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        paint(canvas.getContext('2d'));
        return canvas;
    };
    const file = (canvas, type) => new Promise(done => canvas.toBlob(done, type, 0.95));

    // Red, green / blue, white.
    export const corners = (width, height, type) => file(drawn(width, height, context => {
        ['#f00', '#0f0', '#00f', '#fff'].forEach((colour, i) => {
            context.fillStyle = colour;
            context.fillRect((i % 2) * width / 2, (i >> 1) * height / 2, width / 2, height / 2);
        });
    }), type);
    export const flat = (width, height, colour) => file(drawn(width, height, context => {
        context.fillStyle = colour;
        context.fillRect(0, 0, width, height);
    }), 'image/png');
    // Left half of it transparent, right half black.
    export const half_transparent = (width, height) => file(drawn(width, height, context =>
        context.fillRect(width / 2, 0, width / 2, height)), 'image/png');
    export const noise = (width, height) => file(drawn(width, height, context => {
        const image = context.createImageData(width, height);
        let seed = 1;
        for (let i = 0; i < image.data.length; i++) {
            seed = (seed * 1103515245 + 12345) & 0x7fffffff;
            image.data[i] = i % 4 === 3 ? 255 : seed >> 16;
        }
        context.putImageData(image, 0, 0);
    }), 'image/png');
    // What a photo is like: something everywhere.
    export const spotted = (width, height) => file(drawn(width, height, context => {
        for (let i = 0; i < 300; i++) {
            context.fillStyle = `hsl(${(i * 137) % 360} 60% ${30 + (i * 7) % 50}%)`;
            context.fillRect(((i * 71) % 97) / 97 * width, ((i * 53) % 89) / 89 * height, width / 6, height / 6);
        }
    }), 'image/jpeg');
    export const pixel = (canvas, x, y) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data];

    const transfer = blob => {
        const data = new DataTransfer();
        data.items.add(new File([blob], 'photo.jpg', { type: blob.type }));
        return data;
    };
    const init = { bubbles: true, cancelable: true, composed: true };
    export const drag = (element, type, blob) =>
        element.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: transfer(blob) }));
    export const paste = (element, blob) =>
        element.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: transfer(blob) }));
    export const choose = (input, blob) => {
        input.files = transfer(blob).files;
        input.dispatchEvent(new Event('change', init));
    };
    export const pointer = (element, type, id, x, y) => element.dispatchEvent(
        new PointerEvent(type, { ...init, pointerId: id, pointerType: 'touch', clientX: x, clientY: y }));
    // The only finger there is.
    export const first = (element, type, id, x, y) => element.dispatchEvent(
        new PointerEvent(type, { ...init, pointerId: id, pointerType: 'touch', isPrimary: true, clientX: x, clientY: y }));
    export const mouse = (element, type, buttons, x, y) => element.dispatchEvent(
        new PointerEvent(type, { ...init, pointerId: 1, pointerType: 'mouse', isPrimary: true, buttons, clientX: x, clientY: y }));
    export const press = (element, key, shiftKey) =>
        element.dispatchEvent(new KeyboardEvent('keydown', { ...init, key, shiftKey }));
    export const input = (element, value) => {
        element.value = value;
        element.dispatchEvent(new Event('input', init));
    };
    export const wait = ms => new Promise(done => setTimeout(done, ms));
    export const exists = url => fetch(url).then(() => true, () => false);
"##)]
extern "C" {
    pub(crate) fn corners(width: u32, height: u32, kind: &str) -> Promise;
    pub(crate) fn flat(width: u32, height: u32, colour: &str) -> Promise;
    pub(crate) fn half_transparent(width: u32, height: u32) -> Promise;
    pub(crate) fn noise(width: u32, height: u32) -> Promise;
    pub(crate) fn spotted(width: u32, height: u32) -> Promise;
    pub(crate) fn pixel(canvas: &HtmlCanvasElement, x: u32, y: u32) -> Vec<u32>;
    pub(crate) fn drag(element: &Element, kind: &str, blob: &Blob);
    pub(crate) fn paste(element: &Element, blob: &Blob);
    pub(crate) fn choose(input: &Element, blob: &Blob);
    pub(crate) fn pointer(element: &Element, kind: &str, id: i32, x: f64, y: f64);
    pub(crate) fn first(element: &Element, kind: &str, id: i32, x: f64, y: f64);
    pub(crate) fn mouse(element: &Element, kind: &str, buttons: u16, x: f64, y: f64);
    pub(crate) fn press(element: &Element, key: &str, shift: bool);
    pub(crate) fn input(element: &Element, value: &str);
    pub(crate) fn wait(ms: u32) -> Promise;
    pub(crate) fn exists(url: &str) -> Promise;
}

pub(crate) async fn blob(promise: Promise) -> Blob {
    JsFuture::from(promise).await.unwrap().unchecked_into()
}

pub(crate) async fn bytes(blob: &Blob) -> Vec<u8> {
    Uint8Array::new(&JsFuture::from(blob.array_buffer()).await.unwrap()).to_vec()
}

pub(crate) fn file(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).unwrap()
}

pub(crate) async fn pause(ms: u32) {
    JsFuture::from(wait(ms)).await.unwrap();
}

/// Waits, for seconds at most, until something is so.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        pause(10).await;
    }
    panic!("never: {what}");
}
