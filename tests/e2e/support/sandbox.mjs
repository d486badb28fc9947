// A sandbox of its own for each test: it starts in some milliseconds, and no test can disturb another.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { DOCS_DIR, EXAMPLES, PACKAGE_DIR, PAGES, PORTAL_DIST, SANDBOX_BIN } from "./env.mjs";

const READY = "sandbox listening on ";

export class Sandbox {
  #child;

  #args;

  constructor(child, url, args) {
    this.#child = child;
    this.#args = args;
    /** `http://127.0.0.1:PORT/` */
    this.url = url;
    this.port = Number(new URL(url).port);
    this.api = `${url}api/v2/`;
  }

  /**
   * Starts one. It serves the portal and the examples at `/`, the package at `/pkg/`, the documentation at `/docs/` and the pages of
   * these tests at `/pages/`.
   */
  static async start(...args) {
    const statics = [PORTAL_DIST, EXAMPLES, `/pkg=${PACKAGE_DIR}`, `/docs=${DOCS_DIR}`, `/pages=${PAGES}`].flatMap((mount) => ["--static", mount]);
    const port = args.includes("--port") ? [] : ["--port", "0"];
    const child = spawn(SANDBOX_BIN, [...port, ...statics, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stderr.on("data", (text) => { said += text; });
    const failed = new Promise((_, reject) => {
      child.once("error", (error) => reject(new Error(`${SANDBOX_BIN}: ${error.message}`)));
      child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}: ${said}`)));
    });
    // Only a failure before it is ready matters here.
    failed.catch(() => {});
    const ready = (async () => {
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith(READY)) return line.slice(READY.length).trim();
      }
      return failed;
    })();
    const url = await Promise.race([ready, failed]);
    child.stdout.resume();
    return new Sandbox(child, url, args);
  }

  /** A new one at the same address, once this has stopped. */
  again() { return Sandbox.start("--port", `${this.port}`, ...this.#args); }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  async #ask(method, command, body) {
    const response = await fetch(`${this.url}__sandbox/${command}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${command}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** `{latency_ms, preview_delay_ms, preview_unavailable_times, rules, dialect, …}`; what is not named stays. */
  faults(change) { return this.#ask("PUT", "faults", change); }

  /** One rule: `action`, and which requests: `{method, path, times, skip, per_path, cors}`. Replaces earlier ones. */
  fault(action, { method, path = "/api/", ...rest } = {}) {
    return this.faults({ rules: [{ match: { method, path_contains: path }, action, ...rest }] });
  }

  /** No more rules. */
  heal() { return this.faults({ rules: [], latency_ms: 0, preview_delay_ms: 0, preview_unavailable_times: 0 }); }

  templates(list) { return this.#ask("PUT", "templates", list); }
  /** A gateway for the pages that it serves, at `/gateway/`, and the site's key. */
  site(site) { return this.#ask("PUT", "site", site); }
  expireTokens() { return this.#ask("POST", "expire_tokens"); }
  reset() { return this.#ask("POST", "reset"); }
  /** Brings the account's balance to so many cents. */
  balance(cents) { return this.#ask("PUT", "balance", { cents }); }
  state() { return this.#ask("GET", "state"); }

  /** Waits until `is` finds in the state what it looks for, and gives that. */
  async until(is, patience = 20_000) {
    for (const end = Date.now() + patience; ;) {
      const found = is(await this.state());
      if (found) return found;
      if (Date.now() > end) throw new Error(`the sandbox never came to be so: ${is}`);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }

  /** The cards there are. */
  async cards() { return (await this.state()).cards; }

  /** The log of API requests, those whose `METHOD /path` matches `pattern`, oldest first. */
  async requests(pattern = /./) {
    const { requests } = await this.state();
    return requests.filter(({ method, path }) => pattern.test(`${method} ${path.replace("/api/v2", "")}`));
  }

  /** What was sent as `card[data]` by each request that matches: `[[{token, label, type, value}]]`. */
  async sentData(pattern) {
    const requests = await this.requests(pattern);
    return requests.map(({ parts }) => parts.find(({ name }) => name === "card[data]")?.value);
  }
}

/** What tests look for in {@link Sandbox.requests}. */
export const CREATE = /^POST \S+\/cards$/;
export const UPDATE = /^PATCH \S+\/cards\/\d+$/;
export const FINALIZE = /^PATCH \S+\/finalize$/;
export const PREVIEW = /^GET \S+\/preview$/;
export const AUTHENTICATE = /^POST \/authenticate$/;
export const FIELDS = /^GET \S+\/fields$/;
export const TEMPLATES = /^GET \S+\/card_templates$/;
