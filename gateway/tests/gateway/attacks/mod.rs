//! What is kept out, and that it is told: each attack is refused, in the vendor's error form, and counted by its reason; nothing of it
//! reaches the vendor.

mod crowds;
mod requests;
mod statements;
mod strangers;
mod vendor;

use crate::common::Scene;

async fn scene(more: &str) -> Scene {
    Scene::new(&["--cards", "4"], &format!("{more}\n[watch]\nmetrics = \"127.0.0.1:0\"\n")).await
}

/// How often something was refused for this reason.
async fn counted(scene: &Scene, reason: &str) -> u64 {
    let text = scene.refusals().await;
    let line = text.lines().find(|line| line.contains(&format!("reason=\"{reason}\"")));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or_default()
}
