//! Misbehaviour on request: what a real network and a real gateway do now and then, at the moment a test wants it.

use crate::action::Rule;
use crate::random::Random;

/// Everything that can be wrong with the network at once.
#[derive(Debug, Clone)]
pub(crate) struct Faults {
    /// Added before every answer of the API.
    pub(crate) latency_ms: u64,
    /// Added before a preview, for the server's slow renderer.
    pub(crate) preview_delay_ms: u64,
    /// So many bytes of a request's body are read in a second, as by a slow uplink; all at once where it is not set.
    pub(crate) read_bytes_per_second: Option<u64>,
    /// Whether the API sends CORS headers.
    pub(crate) cors: bool,
    /// The first that fires decides.
    pub(crate) rules: Vec<Rule>,
    /// What strikes where no rule does.
    pub(crate) random: Option<Random>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            latency_ms: 0,
            preview_delay_ms: 0,
            read_bytes_per_second: None,
            cors: true,
            rules: Vec::new(),
            random: None,
        }
    }
}

impl Faults {
    /// The rule that the request to `target`, a path with its query, falls under, if any. Counts the request.
    pub(crate) fn strike(&mut self, method: &str, target: &str) -> Option<Rule> {
        let mut struck = None;
        for rule in &mut self.rules {
            if struck.is_none() && rule.fires(method, target) {
                struck = Some(rule.clone());
            }
        }
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        struck.or_else(|| self.random.as_mut()?.strike(method, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(rule: &str) -> Faults {
        Faults { rules: vec![Rule::from_text(rule).unwrap()], ..Faults::default() }
    }

    #[test]
    fn a_rule_skips_and_then_fires_so_many_times() {
        let mut faults = faults("html_502 method=get path=/fields times=2 skip=1");
        let mut hits = |method, path| (0..4).map(|_| faults.strike(method, path).is_some()).collect::<Vec<_>>();
        assert_eq!(hits("POST", "/fields"), [false; 4]);
        assert_eq!(hits("GET", "/cards"), [false; 4]);
        assert_eq!(hits("GET", "/x/fields"), [false, true, true, false]);
    }

    #[test]
    fn per_path_counts_each_url_alone() {
        let mut faults = faults("empty_503 method=GET times=1 per_path");
        let hits: Vec<_> = ["/a", "/b", "/a", "/b"].map(|path| faults.strike("GET", path).is_some()).into();
        assert_eq!(hits, [true, true, false, false]);
    }

    #[test]
    fn a_target_is_the_path_with_its_query_to_the_letter() {
        let mut faults = faults(r#"{"match": {"target": "/jobs?page=1"}, "action": "cut_before", "skip": 1}"#);
        let hits = ["/jobs?page=1", "/jobs?page=2", "/jobs", "/jobs?page=1"].map(|target| faults.strike("GET", target));
        assert_eq!(hits.map(|hit| hit.is_some()), [false, false, false, true]);
        let mut faults = Faults { rules: vec![Rule::from_text("cut_before path=page").unwrap()], ..Faults::default() };
        assert!(faults.strike("GET", "/jobs?page=1").is_none(), "a part of the path is none of the query");
    }

    #[test]
    fn mistakes_are_worded() {
        assert!(Rule::from_text("explode").unwrap_err().contains("explode"));
        assert!(Rule::from_text("hang times=x").unwrap_err().contains("times=x"));
        assert!(Rule::from_text(r#"{"action":{"status":418,"body":"tea"}}"#).is_ok());
    }
}
