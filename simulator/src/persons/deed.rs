//! What persons do at a screen, so that it can be done at a real one too: a verb and what it is done with. In words it is
//! told beside that, for people.

use serde::Serialize;

/// Something that is done with what a screen offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub(crate) enum Deed {
    // Whoever is there.
    SignIn {
        is_wrong: bool,
    },
    DismissSignIn,
    SignOut {
        is_by_page: bool,
    },
    GoTo {
        place: &'static str,
    },
    DismissFinding,
    /// Presses the way on that stands beside what failed.
    Retry {
        of: &'static str,
    },
    // A card.
    ChooseTemplate {
        template: u64,
    },
    FillIn {
        fields: Vec<(String, String)>,
    },
    SaveDraft {
        twice: bool,
    },
    ShowPreview {
        leaves_empty: bool,
        twice: bool,
    },
    GoToTemplates,
    GoToDetails,
    Finalize {
        twice: bool,
    },
    Edit,
    AddFinished,
    OpenCart,
    NewCard,
    // The cart.
    Search {
        term: &'static str,
    },
    SearchOn,
    Add {
        card: u64,
    },
    StepCopies {
        card: u64,
        up: bool,
        times: u64,
    },
    TypeCopies {
        card: u64,
        copies: u32,
    },
    TakeOut {
        card: u64,
    },
    PutBack,
    RetryCard {
        card: u64,
    },
    LeaveCard {
        card: u64,
    },
    CheckOut,
    // The checkout.
    BackToCart,
    OpenStep {
        step: &'static str,
    },
    SavedAddress {
        address: Option<u64>,
        twice: bool,
    },
    TypedAddress {
        is_new: bool,
        fields: Vec<(&'static str, String)>,
    },
    Provider {
        provider: Option<u64>,
    },
    CopiesOfAll {
        copies: u32,
    },
    GoOn,
    Submit {
        twice: bool,
    },
    Resume {
        twice: bool,
    },
    ReviewAgain {
        twice: bool,
    },
    /// Somebody else adds money, where nobody sees it.
    MoneyComes {
        cents: i64,
    },
    // The orders and the account.
    ShowOrders {
        are_open: bool,
    },
    ReadOn,
    OpenOrder {
        job: u64,
    },
    OrderAgain,
    BackToOrders,
    Pay {
        dollars: i64,
        number: &'static str,
        holder: String,
        twice: bool,
    },
    CheckPayment {
        twice: bool,
    },
}

/// What was done: in words, and as a deed where a screen has something for it.
#[derive(Debug)]
pub(crate) struct Did {
    pub(crate) words: String,
    pub(crate) deed: Option<Deed>,
}

impl Deed {
    /// The same in words.
    pub(crate) fn told(self, words: impl Into<String>) -> Did {
        Did { words: words.into(), deed: Some(self) }
    }
}

/// Nothing that a screen has something for.
impl From<&str> for Did {
    fn from(words: &str) -> Did {
        words.to_owned().into()
    }
}

impl From<String> for Did {
    fn from(words: String) -> Did {
        Did { words, deed: None }
    }
}
