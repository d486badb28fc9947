//! Who signs in. The password is never an argument: other people of the machine can read those.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};

/// An account of the vendor's.
pub(super) struct Account {
    pub(super) email: String,
    pub(super) password: String,
}

const VARIABLE: &str = "INSTANT_CARD_PASSWORD";

/// The account, with the password from the environment, the terminal, or the first line that comes in.
pub(super) fn password(email: &str) -> Result<Account, String> {
    let given = std::env::var(VARIABLE).ok().filter(|given| !given.is_empty());
    let password = given.map_or_else(|| ask(email), Ok)?;
    if password.is_empty() {
        return Err(format!("there is no password: set {VARIABLE}, or type it when asked"));
    }
    Ok(Account { email: email.to_owned(), password })
}

fn ask(email: &str) -> Result<String, String> {
    let input = std::io::stdin();
    let terminal = input.is_terminal();
    if terminal {
        eprint!("Password of {email} (it is not shown): ");
        let _ = std::io::stderr().flush();
        echo(false)?;
    }
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    if terminal {
        echo(true)?;
        eprintln!();
    }
    read.map_err(|error| format!("cannot read the password: {error}"))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Whether the terminal shows what is typed.
fn echo(shown: bool) -> Result<(), String> {
    let done = Command::new("stty").arg(if shown { "echo" } else { "-echo" }).stdin(Stdio::inherit()).status();
    match done {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("the terminal would show the password: set {VARIABLE} instead")),
    }
}
