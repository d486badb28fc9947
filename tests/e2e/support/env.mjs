// Where everything is: `cargo xtask test` says it in the environment; a developer's own run finds it by itself.

import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
/** The same without its windows: it starts faster, and has no questions to ask (may this page use the camera?). */
export const CHROMIUM_SHELL = process.env.CHROMIUM_SHELL
  || ["/usr/bin/chromium-headless-shell"].find(existsSync) || CHROMIUM;
export const FIREFOX = process.env.FIREFOX || "/usr/bin/firefox-esr";
export const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER || "WebKitWebDriver";
export const XVFB = process.env.XVFB || "Xvfb";
export const DBUS_DAEMON = process.env.DBUS_DAEMON || "dbus-daemon";
export const SANDBOX_BIN = process.env.SANDBOX_BIN || join(ROOT, "target/debug/sandbox");
export const GATEWAY_BIN = process.env.GATEWAY_BIN || join(ROOT, "target/debug/instant-card-gateway");
export const PORTAL_DIST = process.env.PORTAL_DIST || join(ROOT, "dist");
export const PACKAGE_DIR = process.env.PACKAGE_DIR || join(ROOT, "target/npm");
export const NGINX = process.env.NGINX || ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].find(existsSync) || "nginx";
export const CADDY = process.env.CADDY || "caddy";
/** The pages of two sites that have the element in them. */
export const EXAMPLES = join(ROOT, "examples");
/** The documentation's site. */
export const DOCS_DIR = process.env.DOCS_DIR || join(ROOT, "target/docs");
export const PAGES = join(ROOT, "tests/e2e/pages");
/** Whether this is `cargo xtask test --wide`: then only what is marked as wide runs, otherwise all else. */
export const WIDE = process.env.E2E_WIDE === "1";
/** The browser that scenes run in: `chromium`, or `firefox` for those that are meant for it too. */
export const BROWSER = process.env.E2E_BROWSER || "chromium";
/** Screenshots of failed tests go here. */
export const FAILURES = process.env.E2E_FAILURES || join(tmpdir(), "instant-card-e2e");

/** The account that the sandbox starts with; see its `--help`. */
export const EMAIL = "api@instantcard.net";
export const PASSWORD = "instantcardapi";
export const ORGANIZATION = 20003827;
