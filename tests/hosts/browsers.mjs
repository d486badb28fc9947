// The three browsers, each started once, with a visitor in each; and the table of what was seen in them.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { start, startFirefox, typeReally } from "../e2e/support/browser.mjs";
import { clip } from "../e2e/support/clip.mjs";
import { FAILURES } from "../e2e/support/env.mjs";
import { PageHand, Visitor } from "../e2e/support/visitor.mjs";
import { WebKit } from "../e2e/support/webkit.mjs";

const CAMERA = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip()}`, "--use-fake-ui-for-media-stream"];

/** A browser that Playwright drives: each visit has a context of its own, and what its console says must be nothing. */
class Driven {
  hasCamera = true;
  #starts;
  #browser;
  #prepare;

  constructor(name, starts, prepare = async () => {}) {
    this.name = name;
    this.#starts = starts;
    this.#prepare = prepare;
  }

  async enter() {
    this.#browser ??= this.#starts();
    const context = await (await this.#browser).newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US", reducedMotion: "reduce" });
    await this.#prepare(context);
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) wrong.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => wrong.push(error.stack ?? `${error}`));
    const failed = (file) => page.screenshot({ path: `${file}.png`, fullPage: true, timeout: 5000 });
    return { visitor: new Visitor(new PageHand(page)), wrong, failed, leave: () => context.close() };
  }

  async stop() { await (await this.#browser)?.close(); }
}

/** WebKitGTK: one window, in which one page comes after the other. */
class Minibrowser {
  name = "WebKitGTK";
  hasCamera = false;
  #webkit;

  async enter() {
    if (!this.#webkit) {
      this.#webkit = new WebKit();
      await this.#webkit.start();
    }
    const webkit = this.#webkit;
    return {
      visitor: new Visitor(webkit), wrong: [],
      // It gives none; and what hangs in it is not for the next page.
      failed: () => this.stop(),
      leave: () => this.#webkit?.goto("about:blank"),
    };
  }

  async stop() {
    await this.#webkit?.close();
    this.#webkit = undefined;
  }
}

/** By the names that the table has. */
export const BROWSERS = [
  new Driven("Chromium", () => start(CAMERA)),
  new Driven("Firefox", () => startFirefox(), (context) => context.addInitScript(typeReally)),
  new Minibrowser(),
];

const seen = new Map();

/** Notes what became of a feature of a page in a browser. */
function note(page, feature, browser, what) {
  const key = `${page}|${feature}`;
  seen.set(key, { ...seen.get(key), [browser]: what });
}

/** One page in one browser; `way(visitor, {feature, lacks, …})` goes it, `given` goes along. */
export async function goes(page, browser, way, given) {
  const { visitor, wrong, failed, leave } = await browser.enter();
  try {
    await way(visitor, {
      ...given,
      hasCamera: browser.hasCamera,
      feature: async (name, work) => {
        note(page, name, browser.name, "FAILED");
        await work();
        note(page, name, browser.name, "yes");
      },
      lacks: (name, why) => note(page, name, browser.name, `no: ${why}`),
    });
    if (wrong.length) throw new Error(`nothing unexpected in the console:\n  ${wrong.join("\n  ")}`);
  } catch (error) {
    const name = `${page} in ${browser.name}`;
    mkdirSync(FAILURES, { recursive: true });
    const file = join(FAILURES, name.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
    error.stack = `${error.stack}${wrong.map((text) => `\n    in the console: ${text}`).join("")}`;
    writeFileSync(`${file}.txt`, `${name}\n${error.stack}`);
    await failed(file).catch(() => {});
    throw error;
  } finally {
    await leave();
  }
}

/** The table of all that was noted; pages in this order. */
export function table(pages) {
  const names = BROWSERS.map(({ name }) => name);
  const rows = pages.flatMap((page) => [...seen]
    .filter(([key]) => key.startsWith(`${page}|`))
    .map(([key, what]) => `| ${key.replace("|", " | ")} | ${names.map((name) => what[name] ?? "not tried").join(" | ")} |`));
  return [`| page | what is done there | ${names.join(" | ")} |`, `| --- | --- |${" --- |".repeat(names.length)}`, ...rows].join("\n");
}

const DOCUMENT = new URL("../../docs/browsers.md", import.meta.url);
const BOUNDS = /(?<=<!-- seen -->\n)[^]*(?=<!-- end -->)/;

/** What `docs/browsers.md` says; and what is written there, where `WRITE_BROWSERS=1` asks for it. What was seen is kept in `target/` either way. */
export function documented(text) {
  const kept = join(dirname(FAILURES), "browsers.md");
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, `${text}\n`);
  const document = readFileSync(DOCUMENT, "utf8");
  if (process.env.WRITE_BROWSERS === "1") writeFileSync(DOCUMENT, document.replace(BOUNDS, () => `${text}\n`));
  return BOUNDS.exec(readFileSync(DOCUMENT, "utf8"))[0].trimEnd();
}
