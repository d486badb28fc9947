//! A canvas of our own, for scaling a picture and turning it into a file.

use js_sys::{Object, Promise, Reflect};
use vision::Gray;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, ImageData};

use crate::domain::crop::Crop;
use crate::domain::edit::Edit;

/// The property with which a browser is asked for good smoothing; web-sys does not know it.
const SMOOTHING: &str = "imageSmoothingQuality";

/// A canvas that is in no page.
pub(super) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    /// `is_read` where its pixels are to be read by us: a browser then keeps them where that is fast.
    fn new((width, height): (u32, u32), is_read: bool) -> Option<Canvas> {
        let element: HtmlCanvasElement =
            web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        element.set_width(width);
        element.set_height(height);
        let context = if is_read {
            let options = Object::new();
            Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE).ok()?;
            smooth(element.get_context_with_context_options("2d", &options).ok()??)?
        } else {
            smooth_context(&element)?
        };
        Some(Canvas { element, context })
    }

    /// A white one, with what `draw` draws on it; `is_read` where its pixels are looked at afterwards.
    pub(super) fn drawn(
        size: (u32, u32),
        is_read: bool,
        draw: impl FnOnce(&CanvasRenderingContext2d),
    ) -> Option<Canvas> {
        let canvas = Canvas::new(size, is_read)?;
        canvas.context.set_fill_style_str("#fff");
        canvas.context.fill_rect(0.0, 0.0, size.0.into(), size.1.into());
        draw(&canvas.context);
        Some(canvas)
    }

    /// `crop` of `bitmap` as `edit` has it, on a white ground (JPEG knows no transparency, and its default is black), at
    /// `size`. Brightness and contrast are not in it yet. `is_read` where its pixels are looked at afterwards.
    ///
    /// A browser that cannot be asked for good smoothing looks at four pixels for each that it draws; there, what is to be made
    /// smaller than half is halved until the last step is short.
    pub(super) fn scaled(
        bitmap: &ImageBitmap,
        edit: &Edit,
        crop: Crop,
        size: (u32, u32),
        is_read: bool,
    ) -> Option<Canvas> {
        let first = toward((crop.width as u32, crop.height as u32), size);
        let mut from = Canvas::new(size, is_read)?;
        let mut now = size;
        if first != size && !smooths() {
            now = first;
            from = Canvas::new(now, false)?;
        }
        from.context.set_fill_style_str("#fff");
        from.context.fill_rect(0.0, 0.0, now.0.into(), now.1.into());
        from.context.scale(f64::from(now.0) / crop.width, f64::from(now.1) / crop.height).ok()?;
        from.context.translate(-crop.x, -crop.y).ok()?;
        draw_edited(&from.context, bitmap, edit)?;
        while now != size {
            now = toward(now, size);
            let to = Canvas::new(now, is_read && now == size)?;
            to.context
                .draw_image_with_html_canvas_element_and_dw_and_dh(&from.element, 0.0, 0.0, now.0.into(), now.1.into())
                .ok()?;
            from = to;
        }
        Some(from)
    }

    /// The pixels of a part of `bitmap`, as they are.
    pub(super) fn part(bitmap: &ImageBitmap, (left, top): (u32, u32), size: (u32, u32)) -> Option<Vec<u8>> {
        let canvas = Canvas::new(size, true)?;
        canvas.context.draw_image_with_image_bitmap(bitmap, -f64::from(left), -f64::from(top)).ok()?;
        canvas.pixels()
    }

    /// `crop` of what `video` shows, at `size`, to be looked at.
    pub(super) fn of_video(video: &HtmlVideoElement, crop: Crop, size: (u32, u32)) -> Option<Canvas> {
        let canvas = Canvas::new(size, true)?;
        canvas
            .context
            .draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                video,
                crop.x,
                crop.y,
                crop.width,
                crop.height,
                0.0,
                0.0,
                size.0.into(),
                size.1.into(),
            )
            .ok()?;
        Some(canvas)
    }

    /// Draws it, all of a picture of this size, as `edit` has it; a unit of `context` is a pixel of the edited picture.
    pub(super) fn draw_edited(
        &self,
        context: &CanvasRenderingContext2d,
        (width, height): (u32, u32),
        edit: &Edit,
    ) -> Option<()> {
        let (left, top) = place_edited(context, (width, height), edit)?;
        context
            .draw_image_with_html_canvas_element_and_dw_and_dh(&self.element, left, top, width.into(), height.into())
            .ok()
    }

    /// Gives each value of a colour the one that `tone` says. By hand: Safari has no filters on a canvas.
    pub(super) fn toned(self, tone: &[u8; 256]) -> Option<Canvas> {
        let across = self.element.width();
        self.each_band(|canvas, top, rows, mut pixels| {
            vision::toned(&mut pixels, tone);
            let toned = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), across, rows).ok()?;
            canvas.context.put_image_data(&toned, 0.0, top.into()).ok()
        })?;
        Some(self)
    }

    /// The element itself.
    pub(super) fn element(&self) -> &HtmlCanvasElement {
        &self.element
    }

    /// All of its pixels: red, green, blue, opacity.
    pub(super) fn pixels(&self) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        self.each_band(|_, _, _, pixels| {
            all.extend_from_slice(&pixels);
            Some(())
        })?;
        Some(all)
    }

    /// How light it is, pixel by pixel.
    pub(super) fn gray(&self) -> Option<Gray> {
        let mut gray = Gray::new(self.element.width());
        self.each_band(|_, _, _, pixels| {
            gray.push(&pixels);
            Some(())
        })?;
        Some(gray)
    }

    /// Reads its pixels some rows at a time: the WASM memory only ever grows.
    fn each_band(&self, mut look: impl FnMut(&Canvas, u32, u32, Vec<u8>) -> Option<()>) -> Option<()> {
        const ROWS: u32 = 64;
        let (width, height) = (self.element.width(), self.element.height());
        let mut top = 0;
        while top < height {
            let rows = ROWS.min(height - top);
            let image = self.context.get_image_data(0.0, top.into(), width.into(), rows.into()).ok()?;
            look(self, top, rows, image.data().0)?;
            top += rows;
        }
        Some(())
    }

    /// A JPEG of it; `None` when the browser could not make one.
    pub(super) async fn to_jpeg(&self, quality: f64) -> Option<Blob> {
        let promise = Promise::new(&mut |resolve, reject| {
            let quality = JsValue::from_f64(quality);
            if self.element.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality).is_err() {
                let _ = reject.call0(&JsValue::NULL);
            }
        });
        JsFuture::from(promise).await.ok()?.dyn_into().ok()
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        // Safari keeps the pixels of a canvas until it is collected, and has a limit for all canvases of a page together.
        self.element.set_width(0);
        self.element.set_height(0);
    }
}

/// Draws all of `bitmap` as `edit` has it; a unit of `context` is a pixel of the edited picture.
pub(super) fn draw_edited(context: &CanvasRenderingContext2d, bitmap: &ImageBitmap, edit: &Edit) -> Option<()> {
    let (left, top) = place_edited(context, (bitmap.width(), bitmap.height()), edit)?;
    context.draw_image_with_image_bitmap(bitmap, left, top).ok()
}

/// Turns `context` so that the picture, drawn at the place that is returned, stands as `edit` has it.
fn place_edited(context: &CanvasRenderingContext2d, size: (u32, u32), edit: &Edit) -> Option<(f64, f64)> {
    let (width, height) = edit.size_of(size);
    context.translate(f64::from(width) / 2.0, f64::from(height) / 2.0).ok()?;
    context.rotate(edit.angle()).ok()?;
    if edit.is_mirrored() {
        context.scale(-1.0, 1.0).ok()?;
    }
    Some((f64::from(size.0) / -2.0, f64::from(size.1) / -2.0))
}

/// The 2D context of `element`, with the best smoothing it has.
pub(super) fn smooth_context(element: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    smooth(element.get_context("2d").ok()??)
}

fn smooth(context: Object) -> Option<CanvasRenderingContext2d> {
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    if smooths() {
        // A property that is there takes one of its values.
        let _ = Reflect::set(&context, &SMOOTHING.into(), &"high".into());
    }
    Some(context)
}

/// Whether the browser smooths well what it makes smaller, if it is asked to.
pub(super) fn smooths() -> bool {
    let has = || {
        let class = Reflect::get(&js_sys::global(), &"CanvasRenderingContext2D".into()).ok()?;
        let prototype = Reflect::get(&class, &"prototype".into()).ok()?;
        Reflect::has(&prototype, &SMOOTHING.into()).ok()
    };
    has() == Some(true)
}

/// One step from a size to a smaller one: no side to less than its half.
fn toward(from: (u32, u32), to: (u32, u32)) -> (u32, u32) {
    let side = |from: u32, to: u32| if from / 2 > to { from.div_ceil(2) } else { to };
    (side(from.0, to.0), side(from.1, to.1))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::toward;

    #[test]
    fn steps_end_at_the_size_asked_for() {
        let mut size = (2400, 37);
        let mut steps = 0;
        while size != (100, 30) {
            let next = toward(size, (100, 30));
            assert!(next.0 * 2 >= size.0 && next.0 >= 100 && next.1 == 30);
            size = next;
            steps += 1;
        }
        assert_eq!(steps, 5);
        assert_eq!(toward((0, 0), (1, 1)), (1, 1));
        assert_eq!(toward((3, 3), (1, 1)), (1, 1));
    }
}
