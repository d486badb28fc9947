//! What a page may style, and where it may put something of its own.

/// A custom property, set on the element itself.
#[derive(Debug)]
pub(crate) struct Token {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it may be, in the syntax of CSS.
    pub(crate) syntax: &'static str,
    /// What it is for.
    pub(crate) text: &'static str,
}

/// A part, styled by `::part()`.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) text: &'static str,
}

/// A slot.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its name.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) text: &'static str,
}

/// The custom properties. Text on the accent, and the accent as text, are pulled to a contrast that can be read.
pub(crate) const TOKENS: &[Token] = &[
    Token { name: "--ic-accent", syntax: "<color>", text: "Buttons, links, what is chosen." },
    Token { name: "--ic-surface", syntax: "<color>", text: "The ground." },
    Token { name: "--ic-raised", syntax: "<color>", text: "What stands above the ground: panels, controls, cards." },
    Token { name: "--ic-sunken", syntax: "<color>", text: "What lies below it: stages, rows' heads." },
    Token { name: "--ic-text", syntax: "<color>", text: "Text." },
    Token { name: "--ic-muted", syntax: "<color>", text: "Text that steps back." },
    Token { name: "--ic-border", syntax: "<color>", text: "Lines between things." },
    Token { name: "--ic-control-border", syntax: "<color>", text: "The edges of controls." },
    Token { name: "--ic-danger", syntax: "<color>", text: "What is wrong, or cannot be taken back." },
    Token { name: "--ic-success", syntax: "<color>", text: "What went well." },
    Token { name: "--ic-radius", syntax: "<length>", text: "How round corners are." },
    Token { name: "--ic-space", syntax: "<length>", text: "The unit of all distances." },
    Token { name: "--ic-control-height", syntax: "<length>", text: "How high buttons and fields are at least." },
    Token { name: "--ic-font", syntax: "<family-name>#", text: "The font; the page's own when it has set one." },
    Token {
        name: "--ic-shadow",
        syntax: "<shadow>#",
        text: "The shadow of what floats over the rest: dialogs, and notes that stay in sight.",
    },
];

/// The parts.
pub(crate) const PARTS: &[Part] = &[
    Part { name: "widget", text: "All of it." },
    Part { name: "bar", text: "The portal's bar." },
    Part { name: "steps", text: "The line of steps." },
    Part { name: "title", text: "A screen's title." },
    Part { name: "notice", text: "A note, a warning or an error." },
    Part { name: "failure", text: "What stands in place of a widget that could not be loaded." },
    Part { name: "dialog", text: "A dialog." },
    Part { name: "field", text: "A field with its label and its words." },
    Part { name: "input", text: "What is typed into." },
    Part { name: "choice", text: "One of several to choose: a radio button, and what stands beside it." },
    Part { name: "card", text: "A card's face." },
    Part { name: "template", text: "A template to choose." },
    Part { name: "photo-picker", text: "A photo's or a signature's field." },
    Part { name: "photo-slot", text: "Where its picture is, or will be." },
    Part { name: "photo-screen", text: "The screen of a photo, the camera or a signature." },
    Part { name: "photo-warnings", text: "What may be wrong with a photo." },
    Part { name: "camera-stage", text: "The camera's picture." },
    Part { name: "sign-pad", text: "The pad for a signature." },
    Part { name: "crop", text: "What a photo is cropped with." },
    Part { name: "crop-stage", text: "The whole photo." },
    Part { name: "crop-frame", text: "The frame on it." },
    Part { name: "keyboard", text: "A kiosk's keyboard on the screen." },
];

/// The slots.
pub(crate) const SLOTS: &[Slot] = &[
    Slot { name: "logo", text: "In a portal's bar, and on a kiosk's first screen." },
    Slot { name: "attract", text: "In place of the words on a kiosk's first screen." },
];
