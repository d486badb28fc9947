// What every end-to-end test has: a sandbox of its own, a browser context of its own, and eyes on what must never happen.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { goesWithout, start, startFirefox, typeReally } from "./browser.mjs";
import { BROWSER, FAILURES, PASSWORD, WIDE } from "./env.mjs";
import { Person } from "./journey.mjs";
import { asked } from "./operations.mjs";
import { Sandbox } from "./sandbox.mjs";

/** Far more than anything takes, so that a busy machine is not a failure. */
const PATIENCE = 20_000;
const TEST_LIMIT = 90_000;

const browsers = new Map();
/** The browser as a scene's options want it, started when the first test needs it. */
function launch({ browser = [], asks = false, prefs = {}, page = {} }) {
  const isFirefox = BROWSER === "firefox";
  const scheme = page.colorScheme === "dark" ? { "layout.css.prefers-color-scheme.content-override": 0 } : {};
  const settings = { ...scheme, ...prefs };
  const key = JSON.stringify(isFirefox ? settings : [asks, browser]);
  if (!browsers.has(key)) browsers.set(key, isFirefox ? startFirefox(settings) : start(browser, asks));
  return browsers.get(key);
}
/** Ends what scenes have started. */
export async function closeBrowsers() {
  const all = [...browsers.values()];
  browsers.clear();
  for (const browser of all) await (await browser).close();
}
after(closeBrowsers);

/** Events of the element, as a page hears them. */
const EVENTS = [
  "ic-ready", "ic-sign-in", "ic-sign-out", "ic-card-created", "ic-card-updated", "ic-card-finalized", "ic-cart-changed",
  "ic-order-submitted", "ic-funds-added", "ic-error",
];

/** For {@link scene}'s `browsers`. */
export const BOTH = ["chromium", "firefox"];

/** What Chromium writes into the console when a request fails. The test that makes it fail says `network: true`. */
const NETWORK_NOISE = /^Failed to load resource: (the server responded with a status of|net::ERR_(EMPTY_RESPONSE|FAILED|CONNECTION_REFUSED|CONNECTION_RESET|CONNECTION_CLOSED|INCOMPLETE_CHUNKED_ENCODING))|^Access to fetch at .* blocked by CORS policy/;

const TOKEN = /sandbox\.[0-9a-f]{32}/;
/** How a photo begins in Base64, and as a `data:` URI. */
const PHOTO = /\/9j\/|iVBORw0KGgo|data:image/;

let waiting = null;
/** The groups that `read` brings along: each is described when it is called. */
export async function gathered(read) {
  const groups = waiting = [];
  await read();
  waiting = null;
  return groups;
}

/**
 * A group of scenes that may run beside each other; in Firefox, of whose windows one has the focus, one after the other. `limit`: how
 * long all of them may take, in milliseconds; whose is long are begun first.
 */
export function scenes(title, body, { concurrency = 3, limit = 600_000 } = {}) {
  const group = () => describe(title, { concurrency: BROWSER === "firefox" ? 1 : concurrency, timeout: limit }, body);
  if (waiting) waiting.push({ group, limit });
  else group();
}

/**
 * One test. `body` gets the stage (`{ sandbox, person, page, open, given, events, … }`) and acts as a person.
 *
 * - `sandbox`: arguments for this test's sandbox.
 * - `wide`: one of many alike (widths, languages, dialects …): only `cargo xtask test --wide` runs it. `["firefox"]`: it is so there.
 * - `browsers`: where it runs: `["chromium"]` if nothing is said, {@link BOTH} for one that both have to pass.
 *   `cargo xtask test` runs those of all files in one process for each, by `chromium.test.mjs` and `firefox.test.mjs`.
 * - `browser`: further arguments of Chromium (its camera, say). Firefox has a camera always.
 * - `prefs`: further settings of Firefox (`{"privacy.resistFingerprinting": true}`); each set of them starts one more Firefox.
 * - `asks`: the browser asks the person for permissions, which the one without windows cannot.
 * - `page`: options for the browser's context (`viewport`, `colorScheme`, `locale`, …).
 * - `limit`: how long it may take, in milliseconds, where that is by nature more than others do.
 * - `network`: this test makes requests fail, so the browser's own words about it are expected.
 * - `expected`: patterns of further console messages that are expected.
 * - `worker`: the portal's service worker may come; elsewhere nothing is to stand between a test and what a page asks for.
 * - `secrets`: further texts that must never show up anywhere.
 */
export function scene(title, options, body) {
  const { wide = false, browsers = ["chromium"] } = options;
  const isWide = Array.isArray(wide) ? wide.includes(BROWSER) : wide;
  if (isWide !== WIDE || !browsers.includes(BROWSER)) return;
  test(title, { timeout: options.limit ?? TEST_LIMIT }, async () => {
    const stage = new Stage(options);
    try {
      await stage.set();
      await body(stage);
      await stage.check();
    } catch (error) {
      await stage.remember(title, error);
      throw error;
    } finally {
      await stage.clear();
    }
  });
}

class Stage {
  #options;
  #context;
  #sandboxes = [];
  #others = [];
  #pages = [];
  /** What a page said or asked for, as texts in which no secret may be. */
  #heard = [];
  #wrong = [];

  constructor(options) {
    this.#options = options;
  }

  async set() {
    const { sandbox = [], page = {} } = this.#options;
    const [running, started] = await Promise.all([launch(this.#options), this.newSandbox(...sandbox)]);
    this.sandbox = started;
    this.#context = await running.newContext({
      viewport: { width: 1280, height: 860 }, locale: "en-US", reducedMotion: "reduce", ...page,
    });
    this.#context.setDefaultTimeout(PATIENCE);
    await this.#context.addInitScript(listen, EVENTS);
    if (!this.#options.worker) await this.#context.addInitScript(goesWithout);
    if (BROWSER === "firefox") await this.#context.addInitScript(typeReally);
    this.page = await this.newPage();
    this.person = new Person(this.page, this.#options.lang);
  }

  /** A further sandbox, ended with the test. */
  newSandbox = async (...args) => {
    const sandbox = await Sandbox.start(...args);
    this.#sandboxes.push(sandbox);
    return sandbox;
  };

  /** Has this stopped when the test is over and its pages are closed. */
  ends = (thing) => {
    this.#others.push(thing);
    return thing;
  };

  /** A further page of the same browser. */
  newPage = async () => {
    const page = await this.#context.newPage();
    const { network = false, expected = [] } = this.#options;
    const allowed = (text) => (network && NETWORK_NOISE.test(text)) || expected.some((pattern) => pattern.test(text));
    page.on("console", (message) => {
      const text = message.text();
      this.#heard.push(`console: ${text}`);
      if (["error", "warning"].includes(message.type()) && !allowed(text)) {
        this.#wrong.push(`console ${message.type()}: ${text} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => this.#wrong.push(`page error: ${error.stack ?? error}`));
    page.on("request", (request) => {
      this.#heard.push(`url: ${request.url()}`);
      asked(request.method(), request.url());
    });
    page.on("framenavigated", (frame) => this.#heard.push(`address: ${frame.url()}`));
    this.#pages.push(page);
    return page;
  };

  /** Opens the portal, or a page of `pages/`, with these attributes on its element. */
  open = async (path = "", attributes = {}, { page = this.page, sandbox = this.sandbox } = {}) => {
    const query = new URLSearchParams(attributes).toString();
    await page.goto(`${sandbox.url}${path && `pages/${path}`}${query && `?${query}`}`);
  };

  /** Properties that the page sets before the element is there. */
  given = (properties) => this.#context.addInitScript((given) => { window.given = given; }, properties);

  /** The element's events so far: `[{type, detail, bubbles, composed, target}]`. */
  events = (page = this.page) => page.evaluate(() => window.heard);

  /** What holds for every test, whatever it was about. */
  async check() {
    for (const page of this.#pages.filter((page) => !page.isClosed() && page.url() !== "about:blank")) {
      const kept = await page.evaluate(() => ({
        heard: window.heard ?? [],
        storage: [localStorage, sessionStorage].map((storage) => JSON.stringify(storage)),
        cookies: document.cookie,
        address: location.href,
      }));
      this.#heard.push(...kept.heard.map((event) => `event: ${JSON.stringify(event)}`));
      this.#heard.push(`storage: ${kept.storage}`, `cookies: ${kept.cookies}`, `address: ${kept.address}`);
      for (const { type, bubbles, composed } of kept.heard) {
        assert.ok(bubbles && composed, `${type} bubbles and is composed`);
      }
    }
    const secrets = [PASSWORD, ...(this.#options.secrets ?? [])];
    for (const text of this.#heard) {
      const secret = secrets.some((secret) => text.includes(secret)) || TOKEN.test(text)
        || (!text.startsWith("url: blob:") && PHOTO.test(text));
      assert.ok(!secret, `no secret in ${text.slice(0, 300)}`);
    }
    assert.ok(!this.#wrong.length, `nothing unexpected in the console:\n  ${this.#wrong.join("\n  ")}`);
    this.#wrong = [];
  }

  /** A picture of a failed test, and what its console said; and a text of it for the end of the whole run. */
  async remember(title, error) {
    const notes = this.#wrong.map((text) => `in the ${text}`);
    const name = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 80);
    const picture = join(FAILURES, `${name}.png`);
    mkdirSync(FAILURES, { recursive: true });
    try {
      await this.page?.screenshot({ path: picture, fullPage: true, timeout: 5000 });
      notes.push(`picture: ${picture}`);
    } catch {
      // The failure itself is what matters.
    }
    error.stack = `${error.stack}\n    ${notes.join("\n    ")}\n`;
    writeFileSync(join(FAILURES, `${name}.txt`), `${title} (${BROWSER})\n${error.stack}`);
  }

  async clear() {
    // A request that a test holds or answers may still be under way: it is nobody's any more.
    const open = this.#pages.filter((page) => !page.isClosed());
    const over = [
      ...await Promise.allSettled([...open, this.#context].map((one) => one?.unrouteAll({ behavior: "ignoreErrors" }))),
      // Whatever failed before: a server that stays would keep the whole run from ending.
      ...await Promise.allSettled([this.#context?.close(), ...[...this.#others, ...this.#sandboxes].map((one) => one.stop())]),
    ];
    const failed = over.find(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
  }
}

/** Runs in every page before its own scripts: keeps the element's events, and makes policy violations audible. */
function listen(names) {
  window.heard = [];
  for (const name of names) {
    document.addEventListener(name, (event) => {
      const { type, detail, bubbles, composed } = event;
      window.heard.push({ type, detail: structuredClone(detail), bubbles, composed, target: event.target.id });
    });
  }
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}
