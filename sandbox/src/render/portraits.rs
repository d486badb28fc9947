//! The people on the sample cards: drawn, so that nobody's face is in this repository. And a signature.

use super::raster::png;

/// How many different people there are.
pub(crate) const FACES: usize = 8;

/// Ground, skin, hair, clothes, and which of four ways the hair is worn.
const LOOKS: [(&str, &str, &str, &str, usize); FACES] = [
    ("#cfe3ee", "#f1c7a5", "#5a3825", "#2f5d8a", 0),
    ("#e7ddf0", "#ffd9bd", "#c98b3b", "#7a4d8f", 1),
    ("#d9e8d8", "#d9a077", "#221a17", "#3f7a5a", 2),
    ("#f2e2cf", "#8d5a3b", "#17110f", "#b5532f", 3),
    ("#d6e0f2", "#6f4429", "#1b1413", "#31407a", 2),
    ("#f4dcdc", "#eab68d", "#7a2f1d", "#a13a4c", 0),
    ("#dcebea", "#f6d1ae", "#2a2020", "#2b7f7c", 1),
    ("#e8e6dc", "#f3cba8", "#8f8f92", "#4a4f57", 3),
];

/// The picture of one of them, 300 x 400, as PNG.
pub(crate) fn face(number: usize) -> Vec<u8> {
    let (ground, skin, hair, clothes, style) = LOOKS[number % FACES];
    let behind = match style {
        0 => {
            format!(r#"<path d="M92 210Q88 92 180 88Q272 92 268 210L284 372H76Z" fill="{hair}"/>"#)
        }
        1 => format!(r#"<circle cx="180" cy="72" r="44" fill="{hair}"/>"#),
        _ => String::new(),
    };
    let above = match style {
        0 => format!(
            r#"<path d="M104 206Q100 96 180 94Q260 96 256 206Q246 142 172 138Q118 156 104 206Z" fill="{hair}"/>"#
        ),
        1 => format!(
            r#"<path d="M102 200Q98 92 180 90Q262 92 258 200Q250 150 180 134Q110 150 102 200Z" fill="{hair}"/>"#
        ),
        2 => format!(
            r#"<path d="M102 196Q92 84 184 82Q272 88 258 196Q254 166 240 148Q180 160 124 140Q106 162 102 196Z" fill="{hair}"/>"#
        ),
        _ => format!(
            r#"<path d="M100 190Q92 78 180 76Q268 78 260 190Q256 160 246 146Q180 118 114 146Q104 160 100 190Z" fill="{hair}"/>
            <path d="M112 236Q116 324 180 330Q244 324 248 236Q240 282 214 280Q180 268 146 280Q120 282 112 236Z" fill="{hair}"/>"#
        ),
    };
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400" viewBox="0 0 360 480">
        <defs><radialGradient id="ground" cx=".5" cy=".36" r=".8"><stop offset="0" stop-color="#ffffff"/><stop offset="1" stop-color="{ground}"/></radialGradient></defs>
        <rect width="360" height="480" fill="{ground}"/><rect width="360" height="480" fill="url(#ground)" opacity=".75"/>{behind}
        <path d="M26 480Q30 372 138 358L180 384L222 358Q330 372 334 480Z" fill="{clothes}"/>
        <path d="M142 290H218V362Q180 404 142 362Z" fill="{skin}"/><path d="M142 306Q180 344 218 306V330Q180 362 142 330Z" fill="#000000" opacity=".10"/>
        <path d="M138 358L122 366L174 424L180 396ZM222 358L238 366L186 424L180 396Z" fill="#ffffff" opacity=".92"/>
        <ellipse cx="101" cy="222" rx="13" ry="22" fill="{skin}"/><ellipse cx="259" cy="222" rx="13" ry="22" fill="{skin}"/>
        <path d="M104 196Q104 110 180 110Q256 110 256 196V226Q254 320 180 324Q106 320 104 226Z" fill="{skin}"/>{above}
        <g fill="#2a2320"><ellipse cx="147" cy="218" rx="8" ry="9.5"/><ellipse cx="213" cy="218" rx="8" ry="9.5"/></g>
        <g fill="#ffffff"><circle cx="150" cy="214" r="2.6"/><circle cx="216" cy="214" r="2.6"/></g>
        <g fill="none" stroke-linecap="round"><path d="M132 196Q147 187 162 195M198 195Q213 187 228 196" stroke="{hair}" stroke-width="6.5"/>
        <path d="M181 226Q188 250 174 252" stroke="#000000" stroke-opacity=".22" stroke-width="4.5"/></g>
        <path d="M150 272Q180 302 210 272Q180 282 150 272Z" fill="#a8453f"/>
        <g fill="#e0705f" opacity=".20"><circle cx="126" cy="254" r="17"/><circle cx="234" cy="254" r="17"/></g></svg>"##
    );
    png(&svg, 300, 400).unwrap_or_default()
}

/// A signature on a transparent ground, 660 x 220, as PNG.
pub(crate) fn signature() -> Vec<u8> {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="660" height="220"><g fill="none" stroke="#1c2b52" stroke-linecap="round" stroke-linejoin="round">
        <path stroke-width="7" d="M70 172C110 120 150 34 168 40S126 150 140 164 206 96 212 100 188 160 204 160 244 104 250 106 236 156 252 158 300 60 316 48 286 150 302 156 344 112 352 108 338 160 358 152 404 104 412 106 394 156 412 154 452 104 462 104"/>
        <path stroke-width="4.5" d="M98 122C180 98 260 92 330 96M462 104C452 168 430 204 404 196S470 132 588 118"/></g></svg>"##;
    png(svg, 660, 220).unwrap_or_default()
}
