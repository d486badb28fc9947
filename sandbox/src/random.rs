//! Faults that strike at random, the same ones for the same seed: whether a request is struck is decided by the seed, its
//! method and path, and how often that was asked before, so that requests at the same moment do not change each other's
//! luck.

use crate::action::{Action, Named, Rule};
use crate::luck::mixed;
use serde::Deserialize;
use std::collections::HashMap;

/// Which requests are struck how often, and by what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Random {
    seed: u64,
    /// How many of the requests are struck, from 0 to 1.
    share: f64,
    /// What may strike them; one that is named twice does so twice as often.
    #[serde(default = "all")]
    kinds: Vec<Named>,
    #[serde(default)]
    path_contains: String,
    /// What is slow waits so long at most, in milliseconds.
    #[serde(default = "slow")]
    slow_ms: u64,
    /// How often each method and path was asked.
    #[serde(skip)]
    seen: HashMap<String, u64>,
}

/// Answers that get lost are cut, not dropped: a browser repeats what was dropped by itself, and then one cannot tell
/// what the page did twice. Whoever wants that too names it.
fn all() -> Vec<Named> {
    use Named::{CutAfter, CutBefore, Empty503, Expire, Html502, Json500, Slow};
    vec![CutBefore, CutAfter, Json500, Html502, Empty503, Slow, Expire]
}

fn slow() -> u64 {
    800
}

impl Random {
    /// What strikes this request, if anything. Counts the request.
    pub(crate) fn strike(&mut self, method: &str, path: &str) -> Option<Rule> {
        // What is served beside the API is no matter of its troubles.
        if !path.starts_with("/api/") || !path.contains(&self.path_contains) {
            return None;
        }
        let request = format!("{method} {path}");
        let times = self.seen.entry(request.clone()).or_default();
        *times += 1;
        let luck = mixed(request.bytes().fold(mixed(self.seed ^ *times), |sum, byte| mixed(sum ^ u64::from(byte))));
        // 53 bits are what a float holds.
        #[allow(clippy::cast_precision_loss, reason = "53 bits")]
        let is_struck = ((luck >> 11) as f64) < self.share * (1_u64 << 53) as f64;
        let (which, wait) = (mixed(luck ^ 1), mixed(luck ^ 2));
        let kinds = u64::try_from(self.kinds.len()).ok().filter(|count| is_struck && *count > 0)?;
        let kind = *self.kinds.get(usize::try_from(which % kinds).ok()?)?;
        // Nobody has a token yet: a 401 would be a wrong password.
        if kind == Named::Expire && path.ends_with("/authenticate") {
            return None;
        }
        let slow_ms = if kind == Named::Slow { wait % self.slow_ms.max(1) } else { 0 };
        Some(Rule::of(Action::Named(kind), slow_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn struck(seed: u64, share: f64, paths: &[&str]) -> Vec<Option<String>> {
        let mut random: Random = from_value(json!({"seed": seed, "share": share})).unwrap();
        let strikes = paths.iter().map(|path| random.strike("GET", path));
        strikes.map(|rule| rule.map(|rule| rule.action.name().to_owned())).collect()
    }

    #[test]
    fn the_same_seed_strikes_the_same_requests() {
        let paths = ["/api/v2/a"; 60];
        assert_eq!(struck(7, 0.3, &paths), struck(7, 0.3, &paths));
        assert_ne!(struck(7, 0.3, &paths), struck(8, 0.3, &paths));
        // What else is asked in between changes nothing.
        let between: Vec<_> = paths.iter().flat_map(|path| [*path, "/api/v2/b"]).collect();
        let every_second: Vec<_> = struck(7, 0.3, &between).into_iter().step_by(2).collect();
        assert_eq!(every_second, struck(7, 0.3, &paths));
    }

    #[test]
    fn as_many_as_asked_for_and_every_kind() {
        let all = struck(1, 0.25, &["/api/v2/a"; 2000]);
        let hits: Vec<_> = all.iter().flatten().collect();
        assert!((400..600).contains(&hits.len()), "{}", hits.len());
        for kind in self::all() {
            let name = Action::Named(kind).name();
            assert!(hits.iter().filter(|hit| **hit == name).count() > 30, "{name}");
        }
        assert!(struck(1, 0.0, &["/api/v2/a"; 100]).iter().all(Option::is_none));
        assert!(struck(1, 1.0, &["/index.html"; 100]).iter().all(Option::is_none));
        let sign_ins = struck(1, 1.0, &["/api/v2/authenticate"; 100]);
        assert!(sign_ins.iter().flatten().all(|name| name != "expire"));
    }
}
