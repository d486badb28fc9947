// A machine as docs/kiosk.md sets one up: its files where the guide says, seen by this machine's processes alone, and a screen.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { XVFB } from "./env.mjs";
import { filesOf, guide } from "./guide.mjs";

const GUIDE = guide("kiosk.md");
/** What stands in the guide for a site's own. */
const SITE = "https://cards.example.org";
/** What the guide's files take the place of; nothing else of these folders is needed. */
const FOLDERS = ["/etc/chromium", "/etc/default", "/usr/local/bin", "/var/lib"];

export const files = filesOf(GUIDE);

/** The guide's headers. */
export const headers = GUIDE.match(/^```http\n([^]*?)^```$/m)[1].trim().split("\n").map((line) => line.split(/: (.*)/).slice(0, 2));

/** The guide's text of a file, for the site at `origin`. */
export const textOf = (path, origin = SITE) => files.get(path).replaceAll(SITE, origin);

/** Why this environment cannot have such a machine; empty if it can. */
export function whyNot() {
  const spaces = spawnSync("unshare", [...asRoot(), "mount", "--bind", "/etc", "/etc"]);
  if (spaces.status !== 0) return `no mount namespace can be made here: ${spaces.error?.message ?? spaces.stderr}`;
  const missing = ["chromium", "matchbox-window-manager", "xwininfo"].filter((name) => spawnSync("which", [name]).status !== 0);
  return missing.length ? `${missing} of the guide's programs is not installed here` : "";
}

/** A mount namespace needs root, or to be root in a user namespace of one's own. */
const asRoot = () => (process.getuid() === 0 ? ["--mount"] : ["--map-root-user", "--mount"]);

/** A site's server before the sandbox: it sends the guide's headers with everything, and keeps what was `sent`. */
export async function site(sandbox) {
  const bodies = [];
  const server = createServer((incoming, answer) => {
    const { method, url, headers: sent } = incoming;
    const onward = request(new URL(url, sandbox.url), { method, headers: sent }, (response) => {
      const kept = Object.fromEntries(Object.entries(response.headers).filter(([name]) => !name.startsWith("content-security")));
      const ours = /^\/(api|gateway)\//.test(url) ? response.headers : { ...kept, ...Object.fromEntries(headers) };
      answer.writeHead(response.statusCode, ours);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    const parts = [];
    incoming.on("data", (part) => parts.push(part)).on("end", () => bodies.push(Buffer.concat(parts)));
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { sent: bodies, origin: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

export class Machine {
  #folder = mkdtempSync(join(tmpdir(), "instant-card-kiosk-"));
  #screen;
  #session;

  /** Writes the guide's files; `policies` are those that have to be others, so that a test can drive the browser. */
  constructor(origin, { policies = {}, patience }) {
    cpSync("/etc/chromium", join(this.#folder, "etc/chromium"), { recursive: true });
    for (const path of files.keys()) {
      if (!FOLDERS.some((folder) => path.startsWith(folder))) continue;
      let text = textOf(path, origin);
      if (path.endsWith(".json")) text = JSON.stringify({ ...JSON.parse(text), ...policies });
      if (path.startsWith("/etc/default/")) text = text.replace(/^KIOSK_PATIENCE=.*$/m, `KIOSK_PATIENCE=${patience}`);
      mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
      writeFileSync(join(this.#folder, path), text, { mode: 0o755 });
    }
    // As `StateDirectory` makes it.
    mkdirSync(join(this.#folder, "var/lib/card-kiosk"), { recursive: true });
  }

  /** Switches the screen on. */
  async light(size) {
    const screen = spawn(XVFB, ["-displayfd", "1", "-screen", "0", `${size}x24`, "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
    this.#screen = screen;
    const [number] = await Promise.race([
      once(screen.stdout, "data"), once(screen, "exit").then(([code]) => { throw new Error(`${XVFB} ended with ${code}`); }),
    ]);
    this.display = `:${String(number).trim()}`;
  }

  /** Starts what systemd starts, with these further flags of the browser. Gives where its debugger is. */
  async start(flags) {
    const binds = FOLDERS.map((folder) => `mount --bind "$0${folder}" ${folder}`).join(" && ");
    const home = { HOME: "/var/lib/card-kiosk", DISPLAY: this.display };
    const session = spawn(
      "unshare",
      [...asRoot(), "sh", "-c", `${binds} && exec /usr/local/bin/card-kiosk-session "$@"`, this.#folder, "--remote-debugging-port=0", ...flags],
      { detached: true, env: { ...process.env, ...home }, stdio: ["ignore", "ignore", "pipe"] },
    );
    this.said = "";
    this.#session = session;
    this.ended = once(session, "exit").then(([code]) => code);
    const listens = new Promise((resolve) => {
      session.stderr.on("data", (text) => {
        this.said += text;
        const address = this.said.match(/DevTools listening on (\S+)/);
        if (address) resolve(address[1]);
      });
    });
    return Promise.race([listens, this.ended.then((code) => { throw new Error(`the session ended with ${code}: ${this.said}`); })]);
  }

  /** The windows that there are to be seen, with their sizes. */
  windows() {
    // It fails when a window goes while it counts.
    const { stdout } = spawnSync("xwininfo", ["-root", "-tree", "-display", this.display], { encoding: "utf8" });
    return [...stdout.matchAll(/"Chromium"\)\s+(\d{3,}x\d{3,})\+/g)].map(([, size]) => size);
  }

  /** Waits until these are all windows that there are to be seen. */
  async shows(windows) {
    for (const end = Date.now() + 10_000; String(this.windows()) !== String(windows);) {
      if (Date.now() > end) throw new Error(`the windows are ${this.windows()}, not ${windows}`);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }

  /** Ends the browser, as a power cut would. */
  async stop() {
    if (!this.#session) return;
    try {
      process.kill(-this.#session.pid, "SIGKILL");
    } catch {
      // All of it has ended.
    }
    await this.ended;
    this.#session = undefined;
  }

  /** What of `texts` is in the profile that is left, as bytes. */
  finds(texts) {
    const found = new Set();
    const profile = join(this.#folder, "var/lib/card-kiosk");
    for (const entry of readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      const bytes = readFileSync(join(entry.path, entry.name));
      for (const text of texts) if (bytes.includes(text)) found.add(text);
    }
    return [...found];
  }

  async clear() {
    await this.stop();
    if (this.#screen && this.#screen.exitCode === null) {
      const ended = once(this.#screen, "exit");
      this.#screen.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
