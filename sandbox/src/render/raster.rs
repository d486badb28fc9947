//! From SVG to the pixels that a card printer would get.

use super::text;
use resvg::{tiny_skia, usvg};
use std::sync::{Arc, LazyLock};

/// A card is 85.60 x 53.98 mm.
pub(super) const LONG: u32 = 1012;
pub(super) const SHORT: u32 = 638;

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for font in text::FONTS {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font)));
    }
    fonts.set_sans_serif_family("Roboto");
    Arc::new(fonts)
});

/// Draws an SVG of a known size.
pub(super) fn png(svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
    let options =
        usvg::Options { fontdb: Arc::clone(&FONTS), font_family: "Roboto".to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).ok()?;
    let mut pixmap = tiny_skia::Pixmap::new(width, height)?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    encode(pixmap, width, height).ok()
}

/// Many are drawn, few are looked at twice: what takes the least time, at nearly the same size.
fn encode(pixmap: tiny_skia::Pixmap, width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixmap.take_demultiplied())?;
    writer.finish()?;
    Ok(file)
}
