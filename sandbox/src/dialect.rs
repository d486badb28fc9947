//! The points that the vendor's text leaves open, or that an older version of the server is known to have had otherwise,
//! and the answer this run of the sandbox gives to each. A client has to cope with every value here, whichever is the
//! real one.

use serde_json::{Map, Value, json};

/// One open point.
#[derive(Debug)]
pub struct Point {
    /// Its name in `--dialect NAME=VALUE`.
    pub key: &'static str,
    /// Its possible values; the first is the default.
    pub values: &'static [&'static str],
    /// What it changes.
    pub about: &'static str,
}

/// Every open point.
pub const POINTS: &[Point] = &[
    Point {
        key: "auth",
        values: &["auth_token", "token"],
        about: "the member of the sign-in answer that holds the token",
    },
    Point { key: "profile", values: &["snake", "camel"], about: "spelling of the profile's members" },
    Point {
        key: "profile_org",
        values: &["id", "organization_id"],
        about: "the profile's member for the organization's id",
    },
    Point {
        key: "card_data",
        values: &["array", "pairs", "object"],
        about: "a card's data: [{token,label,type,value}], [{TOKEN: value}] or {TOKEN: value}",
    },
    Point {
        key: "card_image",
        values: &["base64", "data_uri", "url", "word"],
        about: "how a single card's image values are returned",
    },
    Point { key: "images", values: &["strings", "objects", "absent"], about: "a card's `images`" },
    Point { key: "ids", values: &["numbers", "strings"], about: "every id as a number or as a string of digits" },
    Point { key: "balance", values: &["object", "string"], about: "the balance as {balance} or as the bare text" },
    Point {
        key: "job_cards",
        values: &["user_datum", "cards", "top_cards", "card_ids"],
        about: "where a print job lists its cards",
    },
    Point { key: "job_status", values: &["word", "number"], about: "a print job's status" },
    Point {
        key: "job_extras",
        values: &["top", "extract"],
        about: "where a print job has number_of_copies and shipping_provider_id",
    },
    Point {
        key: "status_filter",
        values: &["honoured", "ignored"],
        about: "whether the list of print jobs heeds the status that is asked for",
    },
    Point { key: "dimensions", values: &["numbers", "strings", "absent"], about: "a template field's dimensions" },
    Point { key: "errors", values: &["string", "list"], about: "`error` as one text or as a list" },
    Point { key: "preview_back", values: &["empty", "absent"], about: "the back of a one-sided card's preview" },
    Point { key: "orientation", values: &["present", "absent"], about: "a preview's `orientation`" },
    Point {
        key: "nulls",
        values: &["present", "absent"],
        about: "whether a member without a value is null or left out",
    },
    Point {
        key: "print",
        values: &["again", "once", "asks_nothing"],
        about: "submitting once more: charges again, or is refused; or submitting asks for nothing, not even money",
    },
    Point {
        key: "add_cards",
        values: &["doubles", "once"],
        about: "a card that is in the print job already: in it once more (one call with it twice: 404), or as it was",
    },
    Point {
        key: "check_balance",
        values: &["honest", "always_true"],
        about: "what the check of the balance says when there is too little",
    },
    Point {
        key: "create_job",
        values: &["lenient", "requires"],
        about: "whether a new print job needs an address and a shipping provider",
    },
    Point {
        key: "list_order",
        values: &["newest_first", "unordered"],
        about: "cards and print jobs (addresses and contacts come oldest first); or all in an order without a meaning",
    },
    Point {
        key: "address_refusals",
        values: &["406", "400_list"],
        about: "the status of what is wrong with an address, the latter with a list of sentences",
    },
    Point {
        key: "back_side",
        values: &["drawn", "fails"],
        about: "the back of a two-sided card's preview; where it fails, the front comes without it",
    },
];

/// The chosen value of every point, as its place among the point's values.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Dialect([u8; POINTS.len()]);

impl Dialect {
    /// Whether `key` is set to `value`, explicitly or by default.
    pub(crate) fn is(self, key: &str, value: &str) -> bool {
        self.get(key) == value
    }

    /// The value of `key`; "" for a key that does not exist.
    pub(crate) fn get(self, key: &str) -> &'static str {
        let place = POINTS.iter().position(|point| point.key == key);
        place.map_or("", |place| POINTS[place].values[usize::from(self.0[place])])
    }

    /// Sets one point, or says what would have been right.
    pub(crate) fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        let Some(place) = POINTS.iter().position(|point| point.key == key) else {
            let known: Vec<_> = POINTS.iter().map(|point| point.key).collect();
            return Err(format!("unknown dialect '{key}'; there are: {}", known.join(", ")));
        };
        let values = POINTS[place].values;
        let chosen = values.iter().position(|known| *known == value).and_then(|chosen| u8::try_from(chosen).ok());
        self.0[place] = chosen.ok_or_else(|| format!("dialect '{key}' is one of: {}", values.join(", ")))?;
        Ok(())
    }

    /// All points with their present values, for the state dump.
    pub(crate) fn to_json(self) -> Value {
        POINTS.iter().map(|point| (point.key.to_owned(), json!(self.get(point.key)))).collect::<Map<_, _>>().into()
    }
}
