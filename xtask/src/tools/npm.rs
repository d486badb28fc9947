//! The npm packages of `tests/package-lock.json`: wasm-opt, esbuild, playwright-core and the benchmark's peers; and those of
//! `examples/package-lock.json`: the frameworks and bundlers in which the package is tried.
//!
//! They are installed into the cache, one folder per lock file, and `node_modules` where they are used is a link to it.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::ErrorKind,
    os::unix::fs::symlink,
    path::Path,
    process,
};

use anyhow::{Context, Result};

use crate::{exec, paths::Paths, say};

/// Installs what the lock file in `of` names, with those of the workspaces `members` in it, and is missing, and links it in the
/// folders `users`. `what` it is, and how long that takes.
pub(crate) fn install(paths: &Paths, of: &Path, members: &[&str], users: &[&Path], what: &str) -> Result<()> {
    let lock = of.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    let mut hasher = DefaultHasher::new();
    lock.hash(&mut hasher);
    let folder = paths.cache.join(format!("npm-{:016x}", hasher.finish()));
    if !folder.is_dir() {
        say::doing(&format!("installing npm packages: {what}, once)"));
        // Renamed when it is whole, so that neither a broken installation nor another process's is taken for one.
        let part = folder.with_extension(process::id().to_string());
        fs::create_dir_all(&part).with_context(|| format!("creating {}", part.display()))?;
        let own = ["package.json", "package-lock.json", ".npmrc"].map(str::to_owned);
        for file in own.into_iter().chain(members.iter().map(|member| format!("{member}/package.json"))) {
            let to = part.join(&file);
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
            }
            fs::copy(of.join(&file), to).with_context(|| format!("copying {file} to {}", part.display()))?;
        }
        exec::run(
            "installing npm packages",
            exec::command(paths, "npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&part),
            "is the npm registry reachable, and does package-lock.json fit the package.json beside it?",
        )?;
        if fs::rename(&part, &folder).is_err() && folder.is_dir() {
            // Another process was faster.
            fs::remove_dir_all(&part).with_context(|| format!("removing {}", part.display()))?;
        }
    }
    users.iter().try_for_each(|user| link(&folder.join("node_modules"), &user.join("node_modules")))
}

/// Makes `link` a symbolic link to `target`; what was there by that name is generated and replaced.
fn link(target: &Path, link: &Path) -> Result<()> {
    let doing = || format!("linking {} to {}", link.display(), target.display());
    match fs::symlink_metadata(link) {
        Ok(found) if found.is_symlink() => {
            if fs::read_link(link).with_context(doing)? == target {
                return Ok(());
            }
            fs::remove_file(link).with_context(doing)?;
        }
        Ok(_) => fs::remove_dir_all(link).with_context(doing)?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(doing),
    }
    symlink(target, link).with_context(doing)
}
