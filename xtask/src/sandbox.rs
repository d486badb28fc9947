//! Building the sandbox, starting it and waiting until it answers.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};

use crate::{
    exec::{self, Running},
    paths::Paths,
    say,
};

/// What the sandbox prints before its URL when it is ready.
const READY: &str = "sandbox listening on ";
/// It starts in under a second; a slow machine is given more.
const PATIENCE: Duration = Duration::from_secs(30);

/// A sandbox that runs. It ends with this value.
pub(crate) struct Sandbox {
    /// The program.
    pub(crate) program: Running,
    /// Where it answers, with a slash at the end.
    pub(crate) url: String,
}

/// Builds the sandbox's program.
pub(crate) fn build(paths: &Paths) -> Result<()> {
    say::doing("building the sandbox: cargo build -p sandbox");
    exec::run(
        "building the sandbox",
        exec::command(paths, "cargo").args(["build", "--locked", "--package", "sandbox"]),
        "read the first error above",
    )
}

impl Sandbox {
    /// Starts it with some cards, and beside them the `pages`, folders and where they are served. What it says is kept in
    /// `target/sandbox.log`.
    pub(crate) fn start(paths: &Paths, port: u16, pages: &[(&str, PathBuf)]) -> Result<Self> {
        let log = paths.target.join("sandbox.log");
        let file = File::create(&log).with_context(|| format!("creating {}", log.display()))?;
        let mut command = exec::command(paths, paths.sandbox());
        command.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--cards", "24"]);
        for (place, folder) in pages {
            let mut mount = OsString::from(format!("{place}="));
            mount.push(folder);
            command.arg("--static").arg(mount);
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(file.try_clone().context("sharing the sandbox's log")?)
            .spawn()
            .context("starting the sandbox\n  remedy: `cargo build -p sandbox`")?;
        let stdout = child.stdout.take().context("the sandbox has no output")?;
        let program = Running::new(child);
        let url = wait_for_url(stdout, file).ok_or_else(|| {
            let said = fs::read_to_string(&log).unwrap_or_default();
            anyhow!("the sandbox did not get ready; it said:\n{}", said.trim_end())
        })?;
        Ok(Self { program, url })
    }

    /// The first line and the body that it answers to a GET.
    pub(crate) fn get(&self, path: &str) -> Result<(String, String)> {
        self.ask("GET", path, "")
    }

    /// Tells it something.
    pub(crate) fn put(&self, path: &str, json: &str) -> Result<()> {
        let (status, body) = self.ask("PUT", path, json)?;
        if !status.contains(" 200 ") {
            bail!("the sandbox answers {status} to {path}: {body}");
        }
        Ok(())
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Result<(String, String)> {
        let address = self.url.trim_start_matches("http://").trim_end_matches('/');
        let asking = || format!("asking the sandbox for {path}");
        let mut stream = TcpStream::connect(address).with_context(asking)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).with_context(asking)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).with_context(asking)?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").with_context(asking)?;
        Ok((head.lines().next().unwrap_or_default().to_owned(), body.to_owned()))
    }
}

/// Copies the sandbox's output into its log, and returns the URL of its ready line.
fn wait_for_url(stdout: impl Read + Send + 'static, mut log: File) -> Option<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            // A log that cannot be written, or a URL that nobody waits for, is no reason to stop reading.
            let _ = writeln!(log, "{line}");
            if let Some(url) = line.strip_prefix(READY) {
                let _ = sender.send(url.trim().to_owned());
            }
        }
    });
    receiver.recv_timeout(PATIENCE).ok()
}

/// The first free port from `first` on.
pub(crate) fn free_port(first: u16) -> Result<u16> {
    let ports = first..=first.saturating_add(50);
    for port in ports {
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port from {first} to {} is free\n  remedy: give another with --port", first.saturating_add(50))
}
