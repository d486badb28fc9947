// WebKitGTK, driven by WebDriver: on a display, a bus and a home of its own, which end with it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DBUS_DAEMON, WEBKIT_DRIVER, XVFB } from "./env.mjs";
import { freePort } from "./ports.mjs";

const WIDTH = 1280;
const HEIGHT = 900;
const BUS = ["--session", "--nofork", "--nopidfile", "--print-address=1"];
/** No command takes as long; a page that hangs is not waited for. */
const PATIENCE = 60_000;
/** How WebDriver names an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/**
 * In the page: scrolls an element into view, waits until it has stayed in its place for some frames and is on top there, and
 * listens whether it is pressed.
 */
function rests(element, done) {
  window.isPressed = false;
  element.addEventListener("click", () => { window.isPressed = true; }, { once: true, capture: true });
  let before = "";
  let calm = 0;
  const look = () => {
    if (!element.isConnected) return done();
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const { x, y, width, height } = element.getBoundingClientRect();
    const place = [x, y, width, height].join(" ");
    const top = element.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
    calm = place === before && element.contains(top) ? calm + 1 : 0;
    before = place;
    return calm > 2 ? done() : requestAnimationFrame(look);
  };
  look();
}

export class WebKit {
  #folder = mkdtempSync(join(tmpdir(), "instant-card-webkit-"));
  #children = [];
  #driver;
  #session;

  /** What it has started ends with `close`, a start that failed included. */
  async start() {
    const folder = this.#folder;
    mkdirSync(join(folder, "run"), { mode: 0o700 });
    const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: join(folder, "run"), NO_AT_BRIDGE: "1" };
    const screen = `${WIDTH}x${HEIGHT}x24`;
    const [display, bus] = await Promise.all([
      // It takes the first display that is free, and says which.
      this.#starts(XVFB, ["-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp"], env),
      this.#starts(DBUS_DAEMON, [...BUS, `--address=unix:dir=${env.XDG_RUNTIME_DIR}`], env),
    ]);
    const port = await freePort();
    this.#driver = `http://127.0.0.1:${port}/`;
    this.#spawn(WEBKIT_DRIVER, [`--port=${port}`], {
      ...env, DISPLAY: `:${display}`, DBUS_SESSION_BUS_ADDRESS: bus,
      // As root it would refuse, and it shows our own pages only.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      // There is no graphics card to draw with: without these two the first page never comes.
      WEBKIT_DISABLE_DMABUF_RENDERER: "1", LIBGL_ALWAYS_SOFTWARE: "1",
    });
    await this.#listens();
    const { sessionId } = await this.#ask("POST", "session", { capabilities: { alwaysMatch: {} } });
    this.#session = `session/${sessionId}/`;
    await this.#tell("window/rect", { x: 0, y: 0, width: WIDTH, height: HEIGHT });
  }

  #spawn(program, args, env) {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const failed = new Promise((_, reject) => {
      let said = "";
      child.stderr.on("data", (text) => { said += text; });
      child.once("error", (error) => reject(new Error(`${program}: ${error.message}`)));
      child.once("exit", (code) => reject(new Error(`${program} ended with ${code}: ${said}`)));
    });
    // Only a failure at the start matters, to whoever waits for it.
    failed.catch(() => {});
    this.#children.push(child);
    return { child, failed };
  }

  /** Starts a program that says in its first line where it is to be found. */
  async #starts(program, args, env) {
    const { child, failed } = this.#spawn(program, args, env);
    const line = (async () => {
      let said = "";
      for await (const text of child.stdout) {
        said += text;
        if (said.includes("\n")) return said.trim();
      }
      return failed;
    })();
    return Promise.race([line, failed]);
  }

  async #listens() {
    for (const end = Date.now() + PATIENCE; ;) {
      try {
        return await this.#ask("GET", "status");
      } catch (error) {
        if (Date.now() > end) throw error;
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
    }
  }

  async #ask(method, path, body, patience = PATIENCE) {
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(this.#driver + path, { method, body: body && JSON.stringify(body), signal });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  #tell(command, body = {}) { return this.#ask("POST", this.#session + command, body); }

  goto(url) { return this.#tell("url", { url }); }

  /** What `run` gives in the page, for arguments that JSON can say or that are elements. */
  evaluate(run, ...args) { return this.#tell("execute/sync", { script: `return (${run})(...arguments);`, args }); }

  find(run, ...args) { return this.evaluate(run, ...args); }

  /** A click with the mouse at the middle of an element of the page; where that has moved away meanwhile, one more. */
  async click(element) {
    const press = [
      { type: "pointerMove", duration: 0, x: 0, y: 0, origin: { [ELEMENT]: element[ELEMENT] } },
      { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 },
    ];
    for (let tries = 0; tries < 5; tries += 1) {
      await this.#tell("execute/async", { script: `(${rests})(...arguments);`, args: [element] });
      await this.#tell("actions", { actions: [{ type: "pointer", id: "mouse", actions: press }] });
      if (await this.evaluate(() => window.isPressed)) return;
    }
    throw new Error("it moves away from every click");
  }

  /** Draws a line over an element of the page with the mouse; its points are shares of the width and height. */
  async draw(element, points) {
    await this.#tell("execute/async", { script: `(${rests})(...arguments);`, args: [element] });
    const [width, height] = await this.evaluate(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight], element);
    const origin = { [ELEMENT]: element[ELEMENT] };
    const [first, ...rest] = points.map(([left, top]) => (
      { type: "pointerMove", duration: 0, origin, x: Math.round((left - 0.5) * width), y: Math.round((top - 0.5) * height) }));
    const line = [first, { type: "pointerDown", button: 0 }, ...rest, { type: "pointerUp", button: 0 }];
    await this.#tell("actions", { actions: [{ type: "pointer", id: "mouse", actions: line }] });
  }

  /** Keys, into an element of the page, in place of what stands there. */
  async type(element, text) {
    await this.evaluate((field) => {
      field.focus();
      field.select?.();
    }, element);
    await this.#tell(`element/${element[ELEMENT]}/value`, { text });
  }

  /** Takes an entry of a `<select>`, whose list is a window of its own. */
  pick(element, value) {
    return this.evaluate((select, value) => {
      select.value = value;
      for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
    }, element, value);
  }

  /** A file for an `<input type=file>` of the page, which WebDriver gives it only by a path. */
  attach(element, { name, mimeType, buffer }) {
    return this.evaluate((input, name, type, bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name, { type }));
      input.files = data.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }, element, name, mimeType, buffer.toString("base64"));
  }

  async close() {
    if (this.#session) await this.#ask("DELETE", this.#session.slice(0, -1), undefined, 3000).catch(() => {});
    await Promise.all(this.#children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const ended = once(child, "exit");
      // A browser that is still there ends with its display.
      child.kill("SIGKILL");
      await ended;
    }));
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
