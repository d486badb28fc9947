//! What the commands print.

use std::time::Duration;

/// A line that says what happens next. Standard error, so that standard output holds only results.
pub(crate) fn doing(what: &str) {
    eprintln!("==> {what}");
}

/// A failure with all of its causes, the step first.
pub(crate) fn error(error: &anyhow::Error) {
    let mut causes = error.chain();
    if let Some(first) = causes.next() {
        eprintln!("\nxtask failed: {first}");
    }
    for cause in causes {
        eprintln!("  because: {cause}");
    }
}

/// A duration as people read it: `0.4 s`, `12.3 s`, `2 min 05 s`.
pub(crate) fn time(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        let whole = duration.as_secs();
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(time(Duration::from_millis(420)), "0.4 s");
        assert_eq!(time(Duration::from_secs(59)), "59.0 s");
        assert_eq!(time(Duration::from_secs(125)), "2 min 05 s");
    }
}
