//! Where things are.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The ES module that defines the element: our entry module and wasm-bindgen's glue in one file.
pub(crate) const MODULE: &str = "instant-card.js";
/// The widget itself.
pub(crate) const WASM: &str = "instant-card_bg.wasm";

/// The places that the commands read and write.
#[derive(Debug)]
pub(crate) struct Paths {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
    /// Compiled tools and npm packages that outlive a clone.
    pub(crate) cache: PathBuf,
}

impl Paths {
    /// Finds them, from what cargo says and the environment.
    pub(crate) fn find() -> Result<Self> {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask has no parent directory")?.to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => root.join(dir),
            None => root.join("target"),
        };
        let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
        let cache = match env::var_os("INSTANT_CARD_TOOLS") {
            Some(dir) => PathBuf::from(dir),
            None => env::var_os("XDG_CACHE_HOME")
                .map(PathBuf::from)
                .or_else(home)
                .context("neither HOME nor INSTANT_CARD_TOOLS is set: set one, tools are kept there")?
                .join("instant-card/tools"),
        };
        Ok(Self { root, target, cache })
    }

    /// Sites that have the element in them.
    pub(crate) fn examples(&self) -> PathBuf {
        self.root.join("examples")
    }

    /// The built portal, as trunk leaves it.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The npm package's content.
    pub(crate) fn package(&self) -> PathBuf {
        self.root.join("target/npm")
    }

    /// The documentation's site.
    pub(crate) fn docs(&self) -> PathBuf {
        self.root.join("target/docs")
    }

    /// The sandbox's program.
    pub(crate) fn sandbox(&self) -> PathBuf {
        self.target.join("debug/sandbox")
    }

    /// The gateway's program.
    pub(crate) fn gateway(&self) -> PathBuf {
        self.target.join("debug/instant-card-gateway")
    }

    /// The simulator's program.
    pub(crate) fn simulator(&self) -> PathBuf {
        self.target.join("simulate/simulator")
    }

    /// The folder with `package.json` and `package-lock.json`.
    pub(crate) fn tests(&self) -> PathBuf {
        self.root.join("tests")
    }

    /// The folder of what tries the package in bundlers.
    pub(crate) fn bundlers(&self) -> PathBuf {
        self.tests().join("bundlers")
    }

    /// The folder of what tries the package in frameworks.
    pub(crate) fn hosts(&self) -> PathBuf {
        self.tests().join("hosts")
    }

    /// Texts and pictures of what failed in a browser.
    pub(crate) fn failures(&self) -> PathBuf {
        self.target.join("failures")
    }

    /// Pictures of every screen.
    pub(crate) fn pictures(&self) -> PathBuf {
        self.target.join("pictures")
    }

    /// The programs of the npm packages.
    pub(crate) fn npm_bin(&self) -> PathBuf {
        self.tests().join("node_modules/.bin")
    }
}

/// Looks for a program on PATH and where Debian hides servers from people who are not root.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}
