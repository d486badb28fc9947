//! The SVG of one side of a card, and the pieces that the designs share.

use super::text::{Weight, escape, fit};
use crate::picture::Picture;
use std::fmt::Write as _;

/// An SVG in the making.
#[derive(Debug)]
pub(crate) struct Canvas {
    svg: String,
    /// For names of clip paths.
    clips: u32,
}

/// Where something stands and how large it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

pub(crate) fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
    Area { x, y, width, height }
}

/// How a line of text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) color: &'static str,
    pub(crate) centered: bool,
    pub(crate) spacing: f64,
}

pub(crate) fn style(size: f64, weight: Weight, color: &'static str) -> Style {
    Style { size, weight, color, centered: false, spacing: 0.0 }
}

impl Style {
    pub(crate) fn centered(self) -> Self {
        Self { centered: true, ..self }
    }

    pub(crate) fn spaced(self, spacing: f64) -> Self {
        Self { spacing, ..self }
    }
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">"#
        );
        Self { svg, clips: 0 }
    }

    /// Adds SVG as it is; nothing that a person typed may come this way.
    pub(crate) fn raw(&mut self, svg: &str) {
        self.svg.push_str(svg);
    }

    pub(crate) fn finish(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }

    /// One line of text, with its baseline at `y`, made to fit into `room`.
    pub(crate) fn text(&mut self, x: f64, y: f64, room: f64, style: Style, text: &str) {
        let letters = text.chars().count() as f64;
        let (text, size) = fit(text, style.weight, style.size, room - letters * style.spacing);
        let anchor = if style.centered { "middle" } else { "start" };
        let _ = write!(
            self.svg,
            r#"<text x="{x}" y="{y}" font-family="Roboto" font-weight="{}" font-size="{size:.2}" fill="{}" text-anchor="{anchor}" letter-spacing="{}">{}</text>"#,
            style.weight as u32,
            style.color,
            style.spacing,
            escape(&text)
        );
    }

    /// A small caption over a value; nothing when there is no value.
    pub(crate) fn labelled(&mut self, x: f64, y: f64, room: f64, label: Style, value: Style, texts: (&str, &str)) {
        if !texts.1.trim().is_empty() {
            self.text(x, y, room, label, texts.0);
            self.text(x, y + value.size * 1.22, room, value, texts.1);
        }
    }

    /// A photo that fills an area with round corners; a silhouette where there is none, or none that can be read.
    pub(crate) fn photo(&mut self, place: Area, radius: f64, picture: Option<&Picture>) {
        let Area { x, y, width, height } = place;
        self.clips += 1;
        let clip = self.clips;
        let _ = write!(
            self.svg,
            r##"<clipPath id="clip{clip}"><rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/></clipPath>
            <g clip-path="url(#clip{clip})"><rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#dfe5ec"/>"##
        );
        // The silhouette lies below the photo, so that it shows when the photo cannot be decoded after all.
        let (middle, unit) = (x + width / 2.0, width / 100.0);
        let _ = write!(
            self.svg,
            r##"<circle cx="{middle}" cy="{}" r="{}" fill="#b3bfcd"/><ellipse cx="{middle}" cy="{}" rx="{}" ry="{}" fill="#b3bfcd"/>"##,
            y + height * 0.40,
            20.0 * unit,
            y + height * 1.02,
            40.0 * unit,
            height * 0.34
        );
        self.image(place, "xMidYMid slice", picture);
        self.svg.push_str("</g>");
    }

    /// A whole picture inside an area, without a frame: a signature.
    pub(crate) fn signature(&mut self, place: Area, picture: Option<&Picture>) {
        self.image(place, "xMidYMid meet", picture);
    }

    fn image(&mut self, place: Area, fitting: &str, picture: Option<&Picture>) {
        let Some((picture, header)) = picture.and_then(|picture| Some((picture, picture.header()?))) else {
            return;
        };
        // `header` reads only the start, and nothing but Base64 may get into the SVG. What is no picture after all
        // is left out when the SVG is drawn.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        if !picture.base64.bytes().all(plain) {
            return;
        }
        let Area { x, y, width, height } = place;
        let _ = write!(
            self.svg,
            r#"<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="{fitting}" href="data:{};base64,{}"/>"#,
            header.mime, picture.base64
        );
    }

    /// Bars that look like a barcode of `text`; nothing reads them.
    pub(crate) fn barcode(&mut self, place: Area, text: &str, color: &str) {
        let mut bits = Noise::of(text);
        let mut x = place.x;
        let module = place.width / 120.0;
        let mut path = String::new();
        while x < place.x + place.width - 4.0 * module {
            let bar = module * (1 + bits.below(3)) as f64;
            let _ = write!(path, "M{x:.1} {}h{bar:.1}v{}h-{bar:.1}z", place.y, place.height);
            x += bar + module * (1 + bits.below(3)) as f64;
        }
        let _ = write!(self.svg, r#"<path fill="{color}" d="{path}"/>"#);
    }

    /// Squares that look like a QR code of `text`; nothing reads them.
    pub(crate) fn squares(&mut self, x: f64, y: f64, size: f64, text: &str, color: &str) {
        const SIDE: u32 = 25;
        let module = size / f64::from(SIDE);
        let mut bits = Noise::of(text);
        let mut path = String::new();
        let mut square = |column: u32, row: u32, length: u32| {
            let (x, y) = (x + f64::from(column) * module, y + f64::from(row) * module);
            let length = f64::from(length) * module;
            let _ = write!(path, "M{x:.2} {y:.2}h{length:.2}v{length:.2}h-{length:.2}z");
        };
        let corners = [(0, 0), (SIDE - 7, 0), (0, SIDE - 7)];
        for (column, row) in corners {
            square(column, row, 7);
            square(column + 1, row + 1, 5);
            square(column + 2, row + 2, 3);
        }
        for row in 0..SIDE {
            for column in 0..SIDE {
                let near = |from: u32, at: u32| at + 1 >= from && at <= from + 7;
                let free = !corners.iter().any(|(left, top)| near(*left, column) && near(*top, row));
                if free && bits.below(2) == 0 {
                    square(column, row, 1);
                }
            }
        }
        let _ = write!(self.svg, r#"<path fill="{color}" fill-rule="evenodd" d="{path}"/>"#);
    }

    /// The organization's mark: a rounded square with a card in it.
    pub(crate) fn mark(&mut self, x: f64, y: f64, size: f64, ground: &str, ink: &str) {
        let unit = size / 40.0;
        let _ = write!(
            self.svg,
            r#"<g transform="translate({x} {y}) scale({unit})"><rect width="40" height="40" rx="11" fill="{ground}"/>
            <rect x="8" y="12" width="24" height="16" rx="3.4" fill="none" stroke="{ink}" stroke-width="2.6"/>
            <circle cx="14.6" cy="18.6" r="2.5" fill="{ink}"/><path d="M20.5 18h7.5M20.5 22.4h7.5M11.5 24h6.2" stroke="{ink}" stroke-width="2.2" stroke-linecap="round"/></g>"#
        );
    }
}

/// A row of numbers that depends on a text and is the same on every machine.
struct Noise(u64);

impl Noise {
    fn of(text: &str) -> Self {
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
