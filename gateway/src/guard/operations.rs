//! Every operation that there is, by method and path. What is not on this list does not exist, and what goes on to the vendor is
//! written anew from it, never copied from what was asked.

use std::time::Duration;

/// How much a request may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Nothing.
    Nothing,
    /// A few texts.
    Form,
    /// Photos.
    Photos,
}

/// Who may ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// Anybody.
    Anybody,
    /// A session, for what is its own; and staff.
    Sessions,
    /// A session alone: it is the gateway's own.
    SessionsAlone,
    /// Staff alone.
    Staff,
}

/// An operation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Operation {
    /// As the log, the metrics and the audit trail call it.
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// `#` stands for a number, `*` for a device's id.
    pub(crate) path: &'static str,
    /// How many slashes that has.
    depth: usize,
    pub(crate) size: Size,
    pub(crate) whose: For,
    /// How long the vendor may take, in seconds.
    pub(crate) patience: u64,
}

impl Operation {
    /// Whether it changes nothing.
    pub(crate) fn is_read(&self) -> bool {
        self.method == "GET"
    }

    /// How long the vendor may take.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.patience)
    }
}

/// What the vendor takes for a read, and for a write.
const READ: u64 = 20;
const WRITE: u64 = 30;
/// A preview is drawn by a browser, a side in up to 20 seconds; a charge waits for a bank.
const SLOW: u64 = 60;

const fn depth(path: &str) -> usize {
    let (bytes, mut at, mut slashes) = (path.as_bytes(), 0, 0);
    while at < bytes.len() {
        slashes += (bytes[at] == b'/') as usize;
        at += 1;
    }
    slashes
}

macro_rules! operations {
    ($($key:ident: $name:literal $method:ident $path:literal $size:ident $whose:ident $patience:ident;)*) => {
        $(pub(crate) static $key: Operation = Operation {
            name: $name,
            method: stringify!($method),
            path: $path,
            depth: depth($path),
            size: Size::$size,
            whose: For::$whose,
            patience: $patience,
        };)*
        /// All of them.
        pub(crate) static ALL: &[&Operation] = &[$(&$key),*];
    };
}

operations! {
    HEALTH: "health" GET "healthz" Nothing Anybody READ;
    READY: "ready" GET "readyz" Nothing Anybody READ;
    OPENAPI: "openapi" GET "openapi.json" Nothing Anybody READ;
    SESSION: "session.begin" POST "session" Form Anybody READ;
    SESSION_CART: "session.cart" POST "session/cart" Form SessionsAlone SLOW;
    SESSION_ORDER: "session.order" POST "session/order" Form SessionsAlone SLOW;
    SESSION_ORDERED: "session.ordered" GET "session/order/#" Nothing SessionsAlone SLOW;
    ENROL: "devices.enrol" POST "devices" Form Staff WRITE;
    DEVICES: "devices.list" GET "devices" Nothing Staff READ;
    REVOKE: "devices.revoke" DELETE "devices/*" Nothing Staff WRITE;
    SIGN_IN: "authenticate" POST "authenticate" Form Staff WRITE;
    PROFILE: "profile" GET "profile/me" Nothing Sessions READ;
    CARD_CREATE: "cards.create" POST "organizations/#/cards" Photos Sessions WRITE;
    CARD_LIST: "cards.list" GET "organizations/#/cards" Nothing Staff READ;
    CARD_SEARCH: "cards.search" GET "organizations/#/cards/search" Nothing Staff READ;
    CARD_FETCH: "cards.fetch" GET "organizations/#/cards/#" Nothing Sessions READ;
    CARD_UPDATE: "cards.update" PATCH "organizations/#/cards/#" Photos Sessions WRITE;
    CARD_DELETE: "cards.delete" DELETE "organizations/#/cards/#" Nothing Sessions WRITE;
    CARD_PREVIEW: "cards.preview" GET "organizations/#/cards/#/preview" Nothing Sessions SLOW;
    CARD_FINALIZE: "cards.finalize" PATCH "organizations/#/cards/#/finalize" Form Sessions WRITE;
    CARD_HISTORY: "cards.print_history" GET "organizations/#/cards/#/print_history" Nothing Staff READ;
    JOB_CREATE: "print_jobs.create" POST "organizations/#/print_jobs" Form Staff WRITE;
    JOB_LIST: "print_jobs.list" GET "organizations/#/print_jobs" Nothing Staff READ;
    JOB_FETCH: "print_jobs.fetch" GET "organizations/#/print_jobs/#" Nothing Staff READ;
    JOB_UPDATE: "print_jobs.update" PATCH "organizations/#/print_jobs/#" Form Staff WRITE;
    JOB_ADD: "print_jobs.add_cards" POST "organizations/#/print_jobs/#/add_cards" Form Staff WRITE;
    JOB_REMOVE: "print_jobs.remove_card" DELETE "organizations/#/print_jobs/#/remove_cards/#" Nothing Staff WRITE;
    JOB_BALANCE: "print_jobs.check_balance" GET "organizations/#/print_jobs/#/check_balance" Nothing Staff READ;
    JOB_PRINT: "print_jobs.submit" POST "organizations/#/print_jobs/#/print" Form Staff SLOW;
    JOB_CHARGES: "print_jobs.charge_details" GET "organizations/#/print_jobs/#/charge_details" Nothing Staff READ;
    ORGANIZATION: "organization.fetch" GET "organizations/#" Nothing Staff READ;
    BALANCE: "organization.balance" GET "organizations/#/balance" Nothing Staff READ;
    PROVIDERS: "organization.shipping_providers" GET "organizations/#/shipping_providers" Nothing Staff READ;
    ADD_FUNDS: "organization.add_funds" POST "organizations/#/add_funds" Form Staff SLOW;
    TRANSACTIONS: "organization.transactions" GET "organizations/#/financial_transactions" Nothing Staff READ;
    TEMPLATES: "card_templates.list" GET "organizations/#/card_templates" Nothing Sessions READ;
    FIELDS: "card_templates.fields" GET "organizations/#/card_templates/#/fields" Nothing Sessions READ;
    ADDRESS_LIST: "addresses.list" GET "organizations/#/addresses" Nothing Staff READ;
    ADDRESS_CREATE: "addresses.create" POST "organizations/#/addresses" Form Staff WRITE;
    ADDRESS_FETCH: "addresses.fetch" GET "organizations/#/addresses/#" Nothing Staff READ;
    ADDRESS_UPDATE: "addresses.update" PATCH "organizations/#/addresses/#" Form Staff WRITE;
    ADDRESS_DELETE: "addresses.delete" DELETE "organizations/#/addresses/#" Nothing Staff WRITE;
    CONTACT_LIST: "contacts.list" GET "organizations/#/contacts" Nothing Staff READ;
    CONTACT_CREATE: "contacts.create" POST "organizations/#/contacts" Form Staff WRITE;
    CONTACT_FETCH: "contacts.fetch" GET "organizations/#/contacts/#" Nothing Staff READ;
    CONTACT_UPDATE: "contacts.update" PATCH "organizations/#/contacts/#" Form Staff WRITE;
    CONTACT_DELETE: "contacts.delete" DELETE "organizations/#/contacts/#" Nothing Staff WRITE;
}

/// No path has more numbers.
const MOST_NUMBERS: usize = 3;

/// An operation with the numbers that its path has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) operation: &'static Operation,
    /// The organization first, where there is one; 0 where there is none.
    pub(crate) numbers: [u64; MOST_NUMBERS],
    /// A device's id.
    pub(crate) id: Option<String>,
}

impl Target {
    /// The number at this place in the path; 0 where there is none, which is nobody's.
    pub(crate) fn number(&self, at: usize) -> u64 {
        self.numbers.get(at).copied().unwrap_or_default()
    }

    /// The path as the vendor has it, made from the list and the numbers.
    pub(crate) fn path(&self) -> String {
        let mut numbers = self.numbers.iter();
        let mut path = String::with_capacity(self.operation.path.len() + 20 * MOST_NUMBERS);
        for segment in self.operation.path.split('/') {
            if !path.is_empty() {
                path.push('/');
            }
            match segment {
                "#" => path.extend(numbers.next().map(u64::to_string)),
                "*" => path.push_str(self.id.as_deref().unwrap_or_default()),
                name => path.push_str(name),
            }
        }
        path
    }
}

/// The operation that a method and a path below the base ask for.
pub(crate) fn find(method: &str, path: &str) -> Option<Target> {
    let depth = depth(path);
    ALL.iter()
        .filter(|operation| operation.depth == depth && operation.method == method)
        .find_map(|operation| fits(operation, path))
}

/// Whether a path is one of the list's, by whatever method.
pub(crate) fn is_known(path: &str) -> bool {
    ALL.iter().any(|operation| fits(operation, path).is_some())
}

fn fits(operation: &'static Operation, path: &str) -> Option<Target> {
    // What most do not fit by is a name.
    let is_name = |(name, given): (&str, &str)| matches!(name, "#" | "*") || name == given;
    if !operation.path.split('/').zip(path.split('/')).all(is_name) {
        return None;
    }
    let mut target = Target { operation, numbers: [0; MOST_NUMBERS], id: None };
    let mut numbers = target.numbers.iter_mut();
    let mut given = path.split('/');
    for pattern in operation.path.split('/') {
        let segment = given.next()?;
        match pattern {
            "#" => *numbers.next()? = number(segment)?,
            "*" => target.id = Some(id(segment)?.to_owned()),
            name => (name == segment).then_some(())?,
        }
    }
    given.next().is_none().then_some(target)
}

/// A number as the vendor writes it: digits, no sign, no zero before them.
fn number(segment: &str) -> Option<u64> {
    let is_plain =
        !segment.starts_with('0') && segment.len() <= 18 && segment.bytes().all(|byte| byte.is_ascii_digit());
    segment.parse().ok().filter(|_| is_plain)
}

fn id(segment: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (segment.len() == 22 && segment.bytes().all(is_plain)).then_some(segment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_operation_is_found_by_its_own_path_and_by_no_other_method() {
        for operation in ALL {
            let path = operation.path.replace('#', "7").replace('*', "AAAAAAAAAAAAAAAAAAAAA_");
            let found = find(operation.method, &path).unwrap();
            assert_eq!(found.operation, *operation);
            assert_eq!(found.path(), path);
            assert_eq!(find("PUT", &path), None);
            assert_eq!(find(&operation.method.to_lowercase(), &path), None);
        }
        let vendors = ALL.iter().filter(|operation| {
            !["health", "ready", "openapi", "session", "devices"].iter().any(|own| operation.name.starts_with(own))
        });
        assert_eq!(vendors.count(), 37);
    }

    #[test]
    fn tricks_with_paths_find_nothing() {
        for path in [
            "organizations/7/cards/../balance",
            "organizations/7/cards/8/../../balance",
            "organizations/7/cards/%38",
            "organizations/7/cards%2f8",
            "organizations/7//cards",
            "/organizations/7/cards",
            "organizations/7/cards/",
            "organizations/7/cards/8;x",
            "organizations/07/cards",
            "organizations/+7/cards",
            "organizations/7/cards/-8",
            "organizations/7/cards/99999999999999999999",
            "organizations/7/cards/8\u{0}",
            "organizations/７/cards",
            "Organizations/7/cards",
            ".",
            "",
        ] {
            assert_eq!(find("GET", path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_found_is_written_anew_to_the_letter(path in "(organizations|session|devices|[.%/a-z0-9_]{0,12})(/([0-9]{1,20}|cards|preview|\\.\\.|%2e%2e|%2f|[^/]{0,6})){0,5}") {
            for method in ["GET", "POST", "PATCH", "DELETE"] {
                if let Some(target) = find(method, &path) {
                    prop_assert_eq!(target.path(), path.clone());
                    prop_assert!(!path.contains("..") && !path.contains('%') && !path.contains("//"));
                }
            }
        }
    }
}
