//! What the instances keep things in.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// One file, of instances on one machine.
    File,
    /// Redis, which writes each change to the disk.
    Server,
}

/// A folder with the store, and with what belongs to its instances.
pub(super) struct Place {
    folder: PathBuf,
    server: Option<Child>,
}

impl Place {
    pub(super) fn new(name: &str, kept: Kept) -> Place {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        let server = (kept == Kept::Server).then(|| serve(&folder));
        Place { folder, server }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the configuration says of it.
    pub(super) fn setting(&self) -> String {
        match self.server {
            Some(_) => String::new(),
            None => format!("file = {:?}\n", self.folder.join("gateway.sqlite")),
        }
    }

    /// What the environment says of it.
    pub(super) fn url(&self) -> Option<String> {
        self.server.as_ref().map(|_| format!("unix:{}", socket(&self.folder).display()))
    }

    /// Kills the server, and starts it anew.
    pub(super) fn restart(&mut self) {
        self.kill();
        self.server = Some(serve(&self.folder));
    }

    fn kill(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Not in the folder: its path may be longer than a socket's can be.
fn socket(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    std::env::temp_dir().join(format!("instant-card-{}-{name}", std::process::id()))
}

fn serve(folder: &Path) -> Child {
    let program = std::env::var_os("REDIS_SERVER").unwrap_or_else(|| "redis-server".into());
    let socket = socket(folder);
    let _ = std::fs::remove_file(&socket);
    let server = Command::new(program)
        .args(["--port", "0", "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--unixsocket"])
        .arg(&socket)
        .arg("--dir")
        .arg(folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("redis-server: {error}; `cargo xtask setup --tests` installs it, or set REDIS_SERVER")
        });
    while std::os::unix::net::UnixStream::connect(&socket).is_err() {
        std::thread::sleep(Duration::from_millis(10));
    }
    server
}
