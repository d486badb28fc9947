//! Running other programs.

use std::{
    env,
    ffi::OsStr,
    io::{self, ErrorKind},
    process::{self, Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use anyhow::{Context, Result, anyhow, bail};

use crate::paths::Paths;

/// A command with our tools first on its PATH, in the repository, without what `cargo run` told this process about the
/// xtask package (build scripts would take it for a change) and without `NO_COLOR=1`, which trunk takes for a mistake.
pub(crate) fn command(paths: &Paths, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let path = env::var_os("PATH").unwrap_or_default();
    let tools = [paths.cache.join("bin"), paths.npm_bin()];
    if let Ok(path) = env::join_paths(tools.into_iter().chain(env::split_paths(&path))) {
        command.env("PATH", path);
    }
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command.env_remove("NO_COLOR").current_dir(&paths.root).stdin(Stdio::null());
    command
}

/// Runs a command to its end; a failure names the step and the remedy.
pub(crate) fn run(step: &str, command: &mut Command, remedy: &str) -> Result<()> {
    let status = command.status().map_err(|error| not_started(step, command, &error))?;
    if status.success() {
        return Ok(());
    }
    bail!("{step}: `{}` ended with {status}\n  remedy: {remedy}", line(command));
}

/// Runs a command to its end and returns what it printed.
pub(crate) fn output(step: &str, command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(step, command, &error))?;
    if !output.status.success() {
        bail!("{step}: `{}` ended with {}", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{step}: the output is not UTF-8"))
}

/// What a command prints, or nothing when it is missing or fails: for asking after versions.
pub(crate) fn quiet(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A step that runs while others do; what it says is kept until somebody waits for it.
pub(crate) struct Beside {
    step: &'static str,
    line: String,
    output: JoinHandle<io::Result<Output>>,
}

impl Beside {
    /// Starts it.
    pub(crate) fn start(step: &'static str, mut command: Command) -> Self {
        Self { step, line: line(&command), output: thread::spawn(move || command.output()) }
    }

    /// Waits for its end and prints what it said.
    pub(crate) fn wait(self, remedy: &str) -> Result<()> {
        let Self { step, line, output } = self;
        let output = output.join().map_err(|_| anyhow!("{step}: nobody listened to it"))??;
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        print!("{}", String::from_utf8_lossy(&output.stdout));
        if output.status.success() {
            return Ok(());
        }
        bail!("{step}: `{line}` ended with {}\n  remedy: {remedy}", output.status);
    }
}

/// A program that runs beside this one, and ends with this value.
pub(crate) struct Running(Arc<Mutex<Child>>);

impl Running {
    /// Whether it ended, and how.
    pub(crate) fn ended(&self) -> Result<Option<ExitStatus>> {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        child.try_wait().context("looking after a program")
    }

    /// The number that the system knows it by.
    pub(crate) fn id(&self) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).id()
    }

    /// Whoever started a child hands it over here.
    pub(crate) fn new(child: Child) -> Self {
        Self(Arc::new(Mutex::new(child)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        end(&self.0);
    }
}

/// Lets Ctrl-C and a request to terminate end this program, with those of earlier calls, and then this one.
pub(crate) fn end_on_interrupt(program: &Running) -> Result<()> {
    static PROGRAMS: Mutex<Vec<Arc<Mutex<Child>>>> = Mutex::new(Vec::new());
    let mut programs = PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner);
    programs.push(Arc::clone(&program.0));
    if programs.len() > 1 {
        return Ok(());
    }
    ctrlc::set_handler(|| {
        PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(|program| end(program));
        process::exit(130);
    })
    .context("listening for Ctrl-C")
}

fn end(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    // Both fail only when it has ended already.
    let _ = child.kill();
    let _ = child.wait();
}

fn not_started(step: &str, command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        anyhow!("{step}: there is no program `{program}`\n  remedy: run `cargo xtask setup`, or install it")
    } else {
        anyhow!("{step}: `{program}` did not start: {error}")
    }
}

fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}
