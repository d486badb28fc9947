//! A canvas of our own, for scaling a picture and turning it into a file.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use crate::domain::crop::Crop;

/// A canvas that is in no page.
pub(super) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    fn new((width, height): (u32, u32)) -> Option<Canvas> {
        let element: HtmlCanvasElement =
            web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        element.set_width(width);
        element.set_height(height);
        let context = smooth_context(&element)?;
        Some(Canvas { element, context })
    }

    /// A white one, with what `draw` draws on it.
    pub(super) fn drawn(size: (u32, u32), draw: impl FnOnce(&CanvasRenderingContext2d)) -> Option<Canvas> {
        let canvas = Canvas::new(size)?;
        canvas.context.set_fill_style_str("#fff");
        canvas.context.fill_rect(0.0, 0.0, size.0.into(), size.1.into());
        draw(&canvas.context);
        Some(canvas)
    }

    /// `crop` of `bitmap` on a white ground (JPEG knows no transparency, and its default is black), at `size`.
    ///
    /// A browser looks at four pixels for each that it draws, whatever smoothing it was asked for (Chromium alone does
    /// better), so anything to be made smaller than half is halved until the last step is short.
    pub(super) fn scaled(bitmap: &ImageBitmap, crop: Crop, size: (u32, u32)) -> Option<Canvas> {
        let mut now = toward((crop.width as u32, crop.height as u32), size);
        let mut from = Canvas::new(now)?;
        from.context.set_fill_style_str("#fff");
        from.context.fill_rect(0.0, 0.0, now.0.into(), now.1.into());
        from.context
            .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                bitmap,
                crop.x,
                crop.y,
                crop.width,
                crop.height,
                0.0,
                0.0,
                now.0.into(),
                now.1.into(),
            )
            .ok()?;
        while now != size {
            now = toward(now, size);
            let to = Canvas::new(now)?;
            to.context
                .draw_image_with_html_canvas_element_and_dw_and_dh(&from.element, 0.0, 0.0, now.0.into(), now.1.into())
                .ok()?;
            from = to;
        }
        Some(from)
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

/// The 2D context of `element`, with the best smoothing it has.
pub(super) fn smooth_context(element: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let context: CanvasRenderingContext2d = element.get_context("2d").ok()??.dyn_into().ok()?;
    // web-sys does not know this property; a browser that does not either ignores it.
    let _ = Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    Some(context)
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
