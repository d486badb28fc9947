//! The element's contract with a page, described once: the package's types and manifests and `docs/reference.md` are made of it, and
//! tests hold the code against it. Nothing of it is in the WASM.

mod codes;
mod events;
mod styling;

pub(crate) use codes::CODES;
pub(crate) use events::{EVENTS, Event};
pub(crate) use styling::{PARTS, SLOTS, TOKENS};

/// The element's name.
pub(crate) const TAG: &str = "instant-card";

/// What it is, in a sentence.
pub(crate) const SUMMARY: &str = "Orders printed ID cards through the InstantCard API v2: sign-in, template, fields, photo, signature, the server's \
                           own preview, cart and checkout.";

/// An attribute.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it may say.
    pub(crate) values: Values,
    /// What it does.
    pub(crate) text: &'static str,
}

/// What an attribute may say.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Values {
    /// One of these words; it is the first where the attribute is absent.
    OneOf(&'static [&'static str]),
    /// A whole number above zero; what it is like, and what it is where the attribute is absent.
    Number(&'static str),
    /// A text; what it is like.
    Text(&'static str),
}

/// A property or a method.
#[derive(Debug)]
pub(crate) struct Property {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its type, in TypeScript.
    pub(crate) type_text: &'static str,
    /// What it does.
    pub(crate) text: &'static str,
}

/// The attributes.
pub(crate) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "api-base",
        values: Values::Text("an https address, or a path on the page's own host such as `/api/v2/`"),
        text: "Where the API is; InstantCard's production server when absent.",
    },
    Attribute {
        name: "proxy",
        values: Values::Text("an https address, or one with `{url}` in it"),
        text: "For a server that does not allow the page's origin (CORS). An address stands in for `api-base`; `{url}` receives the \
               percent-encoded target. Payments never pass through the second form ([configurations](proxy.md)).",
    },
    Attribute {
        name: "gateway",
        values: Values::Text("an https address, or a path"),
        text: "Where [a gateway](gateway.md) is, which keeps the organization's key: stands in for `api-base` and `proxy`. In `request` \
               and `kiosk` mode `token` and `tokenProvider` then give the site's signed statement of who the visitor is, and \
               `shipping-provider-id` is for the gateway to say; what its session says of fields counts before `prefill` and `fields`. \
               Each change carries an `Idempotency-Key`.",
    },
    Attribute {
        name: "organization-id",
        values: Values::Number("a number"),
        text: "The organization; when absent, the signed-in person's own.",
    },
    Attribute { name: "template-id", values: Values::Number("a number"), text: "The only template to offer." },
    Attribute {
        name: "card-id",
        values: Values::Number("a number"),
        text: "In `request` only: a card that there is already, to be corrected.",
    },
    Attribute {
        name: "mode",
        values: Values::OneOf(&["portal", "request", "kiosk"]),
        text: "`portal`: an organization's staff, who sign in. `request` and `kiosk`: one card, and the page supplies the token.",
    },
    Attribute {
        name: "lang",
        values: Values::Text("`en`, `es`"),
        text: "When absent, the nearest `lang` of the page, then the browser's; when empty, the browser's.",
    },
    Attribute {
        name: "theme",
        values: Values::OneOf(&["auto", "light", "dark"]),
        text: "`auto` follows the page's own `color-scheme`.",
    },
    Attribute {
        name: "loading",
        values: Values::OneOf(&["eager", "lazy"]),
        text: "`lazy` waits until the element comes near the window.",
    },
    Attribute {
        name: "ends-with",
        values: Values::OneOf(&["finalized", "draft", "cart", "order"]),
        text: "Where a person's own journey ends, in `request` and `kiosk`.",
    },
    Attribute {
        name: "shipping-provider-id",
        values: Values::Number("a number"),
        text: "With `ends-with=\"order\"`: who carries the card, one of the account's shipping providers.",
    },
    Attribute {
        name: "photo-rules",
        values: Values::OneOf(&["off", "on"]),
        text: "`on` says before a photo what a good one is like, with drawings: at the field and at the camera.",
    },
    Attribute {
        name: "face-help",
        values: Values::OneOf(&["on", "off"]),
        text: "`off`: no face is looked for on photos ([what that is](face.md)); it is done on the device either way.",
    },
    Attribute {
        name: "idle-timeout",
        values: Values::Number("seconds, 60 when absent"),
        text: "In a kiosk: after how long in which nothing is heard of a person they are asked whether they are still there.",
    },
    Attribute {
        name: "file-choice",
        values: Values::OneOf(&["off", "on"]),
        text: "In a kiosk only: `on` lets pictures come from files.",
    },
    Attribute {
        name: "keyboard",
        values: Values::OneOf(&["off", "on"]),
        text: "In a kiosk only: `on` puts a keyboard on the screen, for machines that have none.",
    },
    Attribute {
        name: "remember",
        values: Values::OneOf(&["none", "session"]),
        text: "`session`: a reload loses no typing; not in a kiosk.",
    },
    Attribute {
        name: "keep",
        values: Values::OneOf(&["off", "on"]),
        text: "`on`: taken out of the page, the element keeps what it is at until it is put back, as Vue's `<KeepAlive>` does; not in a \
               kiosk. It is gone with `reset()`, without the attribute, and with the element itself once nothing holds it any more.",
    },
    Attribute {
        name: "page-size",
        values: Values::Number("1 to 100"),
        text: "How many entries the orders, the cards that are searched and the transactions show at a time; when absent, as many as \
               the account's own settings say, or 24.",
    },
    Attribute {
        name: "routing",
        values: Values::OneOf(&["none", "hash"]),
        text: "`hash`, in a portal: each screen has an address of its own behind the page's, for reload, links and tabs. Read when the \
               element starts; the portal's own page has it.",
    },
];

/// The properties.
pub(crate) const PROPERTIES: &[Property] = &[
    Property {
        name: "token",
        type_text: "string | null",
        text: "A token that the page got for its user. With a gateway: the site's signed statement.",
    },
    Property {
        name: "tokenProvider",
        type_text: "(() => Promise<string> | string) | null",
        text: "Asked when there is no token, and when the server refuses the one there is.",
    },
    Property {
        name: "prefill",
        type_text: "Record<string, InstantCardValue> | null",
        text: "What the page knows of the template's fields, by token. It fills fields that are still empty, and is the person's to \
               correct.",
    },
    Property {
        name: "fields",
        type_text: "Record<string, InstantCardField> | null",
        text: "What the page wants of the template's fields, by token: values that replace, fields that are locked or hidden.",
    },
    Property {
        name: "shippingAddress",
        type_text: "InstantCardAddress | null",
        text: "With `ends-with=\"order\"`: what the form of the address begins with.",
    },
    Property {
        name: "consent",
        type_text: "InstantCardConsent | null",
        text: "What a person reads before their first photo, or agrees to.",
    },
    Property {
        name: "strings",
        type_text: "Record<string, string> | null",
        text: "The page's own words in place of the element's ([the keys](strings.md)).",
    },
];

/// The methods.
pub(crate) const METHODS: &[Property] = &[
    Property { name: "reset", type_text: "() => void", text: "Forgets the card in work and starts over." },
    Property {
        name: "signOut",
        type_text: "() => void",
        text: "Forgets who is signed in, and the card in work, and what `remember` has kept.",
    },
];

/// What properties take, in TypeScript: name, then members or what it stands for.
pub(crate) const TYPES: &[(&str, &str, &str)] = &[
    (
        "InstantCardValue",
        "string | number | Blob",
        "A text, or a picture: a Blob, a File or a `data:` URI. Nothing is ever fetched from an address.",
    ),
    (
        "InstantCardField",
        "{\n  /** Replaces what stands in the field, once for each new value. */\n  value?: InstantCardValue;\n  /** Shown, and not to be \
         changed. */\n  locked?: boolean;\n  /** Not shown; its value is sent. */\n  hidden?: boolean;\n}",
        "What a page wants of one field.",
    ),
    (
        "InstantCardAddress",
        "{\n  full_name?: string;\n  organization_name?: string;\n  address_1?: string;\n  address_2?: string;\n  city?: string;\n  state?: \
         string;\n  zip_code?: string;\n  /** Its code, by ISO 3166: `USA`, or `US`. */\n  country?: string;\n}",
        "An address, by the API's names.",
    ),
    (
        "InstantCardConsent",
        "{\n  text: string;\n  /** An https address, or one of the page's own site; a kiosk shows none. */\n  link?: string;\n  /** No way to a \
         photo before it is agreed to. */\n  required?: boolean;\n}",
        "What a person reads, or agrees to, before their first photo.",
    ),
];
