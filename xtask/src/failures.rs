//! What failed in a browser, told once more at the end: between a scene's failure and the summary lie thousands of lines,
//! of which a CI service keeps the last.

use std::{fs, io::ErrorKind, process::Command};

use anyhow::{Context, Result};

use crate::paths::Paths;

/// More than this of one failure is only in its file.
const LINES: usize = 40;

/// Tells a program of `tests/` where to leave a text and a picture of each failure.
pub(crate) fn kept_by(command: &mut Command, paths: &Paths) {
    command.env("E2E_FAILURES", paths.failures());
}

/// Forgets the last run's.
pub(crate) fn forget(paths: &Paths) -> Result<()> {
    let folder = paths.failures();
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).context(format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// The beginning of each failure's text, in the order of the files' names; empty when nothing failed in a browser.
pub(crate) fn told(paths: &Paths) -> Result<String> {
    let Ok(folder) = fs::read_dir(paths.failures()) else { return Ok(String::new()) };
    let mut files = folder.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut told = String::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        told.push('\n');
        told.push_str(&beginning(&text));
        told.push_str(&format!("  whole: {}\n", file.display()));
    }
    Ok(told)
}

fn beginning(text: &str) -> String {
    text.lines().take(LINES).map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_beginning() {
        assert_eq!(beginning("one\ntwo"), "one\ntwo\n");
        assert_eq!(beginning(&"line\n".repeat(2 * LINES)).lines().count(), LINES);
    }
}
