//! What the element tells its page.

/// An event. All of them bubble and are composed.
#[derive(Debug)]
pub(crate) struct Event {
    /// Its name.
    pub(crate) name: &'static str,
    /// What its `detail` has; nothing where there is none.
    pub(crate) detail: &'static [Member],
    /// When it comes.
    pub(crate) text: &'static str,
}

/// A member of an event's `detail`.
#[derive(Debug)]
pub(crate) struct Member {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its type, in TypeScript.
    pub(crate) type_text: &'static str,
    /// What it is.
    pub(crate) text: &'static str,
}

const CARD: &[Member] = &[
    Member { name: "cardId", type_text: "number", text: "The card's number at the server." },
    Member { name: "templateId", type_text: "number", text: "Its template's number." },
];

const REASON: Member = Member {
    name: "reason",
    type_text: "string | undefined",
    text: "For the page to set, beside `preventDefault()`: what the person reads. Text, never HTML.",
};

/// The events. None carries a password, a token, a payment card or a photo.
pub(crate) const EVENTS: &[Event] = &[
    Event { name: "ic-ready", detail: &[], text: "The element can be used." },
    Event {
        name: "ic-sign-in",
        detail: &[Member { name: "organizationId", type_text: "number", text: "Whose cards it is about." }],
        text: "Somebody has signed in, or the page's token was taken.",
    },
    Event { name: "ic-sign-out", detail: &[], text: "Nobody is signed in any more." },
    Event { name: "ic-card-created", detail: CARD, text: "A draft was saved for the first time." },
    Event { name: "ic-card-updated", detail: CARD, text: "A card was changed at the server." },
    Event { name: "ic-card-finalized", detail: CARD, text: "A card was finalized." },
    Event {
        name: "ic-cart-changed",
        detail: &[
            Member { name: "cards", type_text: "number", text: "How many cards are in the cart." },
            Member { name: "copies", type_text: "number", text: "How many are printed of them together." },
        ],
        text: "The cart is another one, also by somebody else.",
    },
    Event {
        name: "ic-before-submit",
        detail: &[
            Member {
                name: "printJobIds",
                type_text: "number[]",
                text: "The print jobs that the order has so far; empty where it has none yet.",
            },
            Member { name: "cards", type_text: "number", text: "How many cards would be ordered." },
            Member { name: "copies", type_text: "number", text: "How many would be printed of them together." },
            REASON,
        ],
        text: "An order is about to be submitted. `preventDefault()` keeps the person where they are: nothing is sent, and they may try again.",
    },
    Event {
        name: "ic-before-pay",
        detail: &[
            Member { name: "cents", type_text: "number", text: "The amount, in hundredths." },
            Member { name: "currency", type_text: "string", text: "`USD`." },
            REASON,
        ],
        text: "Money is about to be added to the account. `preventDefault()` keeps the person at the form, with what they have typed: nothing is \
               sent.",
    },
    Event {
        name: "ic-order-submitted",
        detail: &[
            Member {
                name: "printJobIds",
                type_text: "number[]",
                text: "The order's print jobs; empty where a gateway has ordered.",
            },
            Member { name: "cards", type_text: "number", text: "How many cards were ordered." },
            Member { name: "copies", type_text: "number", text: "How many are printed of them together." },
        ],
        text: "An order was submitted.",
    },
    Event {
        name: "ic-funds-added",
        detail: &[
            Member { name: "cents", type_text: "number", text: "The amount, in hundredths." },
            Member { name: "currency", type_text: "string", text: "`USD`." },
        ],
        text: "Money was added to the account.",
    },
    Event {
        name: "ic-error",
        detail: &[
            Member { name: "code", type_text: "InstantCardErrorCode", text: "What it is, for the page's own records." },
            Member { name: "message", type_text: "string", text: "What the person reads, in their language." },
        ],
        text: "Something went wrong, or has to be known.",
    },
    Event { name: "ic-kiosk-left", detail: &[], text: "A member of staff has left kiosk mode." },
];
