// The browser that every test uses.

import { chromium } from "playwright-core";
import { CHROMIUM, CHROMIUM_SHELL } from "./env.mjs";

// Playwright's own list, and the address bar's popups: each window would start two more pages for them, which takes as
// long as the test. (Of two such lists on a command line the last one counts.)
const NOT_NEEDED = [
  "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch",
  "AimEnabled", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
];

/** An argument of a browser that keeps a page that was left, to go back to it as it was; Playwright's own list says no. */
export const KEEPS_PAGES = "--enable-features=BackForwardCache";

/** A new browser, with these further arguments; with windows that nobody sees, where `asks` wants its questions. */
export function start(more = [], asks = false) {
  return chromium.launch({
    executablePath: asks ? CHROMIUM : CHROMIUM_SHELL,
    ignoreDefaultArgs: more.includes(KEEPS_PAGES) ? ["--disable-back-forward-cache"] : [],
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--disable-features=${NOT_NEEDED}`, ...more,
    ],
  });
}
