// The browsers that tests use.

import { chromium, firefox } from "playwright-core";
import { CHROMIUM, CHROMIUM_SHELL, FIREFOX } from "./env.mjs";

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

/** What its scripts would gain by being compiled once more, for speed, costs more than that: no page stays for long. */
const COMPILES_ONCE = "--js-flags=--no-opt";

/** A new Chromium, with these further arguments; with windows that nobody sees, where `asks` wants its questions. */
export function start(more = [], asks = false) {
  return chromium.launch({
    executablePath: asks ? CHROMIUM : CHROMIUM_SHELL,
    ignoreDefaultArgs: more.includes(KEEPS_PAGES) ? ["--disable-back-forward-cache"] : [],
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", COMPILES_ONCE, `--disable-features=${NOT_NEEDED}`, ...more,
    ],
  });
}

const PREFS = {
  // A camera that shows something, without a question, and no animations, whatever a scene's `reducedMotion` says.
  "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true, "ui.prefersReducedMotion": 1,
  // What a browser does beside showing a page takes as long as the tests.
  "app.normandy.enabled": false, "browser.newtabpage.enabled": false, "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false, "datareporting.policy.dataSubmissionEnabled": false,
  "dom.ipc.processPrelaunch.enabled": false, "extensions.systemAddon.update.enabled": false, "extensions.update.enabled": false,
  "messaging-system.rsexperimentloader.enabled": false, "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false, "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.enabled": false,
};

/** A new Firefox, with these further settings. */
export async function startFirefox(prefs = {}) {
  const browser = await firefox.launch({
    channel: "moz-firefox", executablePath: FIREFOX, firefoxUserPrefs: { ...PREFS, ...prefs },
  });
  knowsNoMediaFeatures(browser);
  return browser;
}

/**
 * Playwright tells every new context its colour scheme by a command that Firefox 153 does not know; the rest of what Playwright
 * speaks (WebDriver BiDi), it understands. So that is left out: the scheme, as a setting, is the browser's.
 */
function knowsNoMediaFeatures(browser) {
  const session = browser._connection.toImpl(browser)._browserSession;
  const sessions = Object.getPrototypeOf(session);
  const { send } = sessions;
  sessions.send = function leaveOut(method, params) {
    return method === "emulation.setMediaFeaturesOverride" ? Promise.resolve({}) : send.call(this, method, params);
  };
}

/**
 * Runs in every page of Firefox. What a test fills in at once, Playwright sets there as a script does: no field would tell of a
 * `change`, and an email would be added to the one before. As an editing command it is what a person's hand does.
 */
export function typeReally() {
  const insert = (text) => { document.execCommand("insertText", false, text); };
  Object.defineProperty(window, "__pw_bidiInsertText", { get: () => insert, set() {} });
}

/** Runs in every page before its own scripts: no service worker comes. */
export function goesWithout() {
  if (navigator.serviceWorker) navigator.serviceWorker.register = () => new Promise(() => {});
}
