// docs/kiosk.md to the letter: its files, its launcher and its policies, on a screen of their own, and a card made by touch alone.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { clip } from "./support/clip.mjs";
import { FAILURES, FIREFOX, WIDE } from "./support/env.mjs";
import { Finger } from "./support/finger.mjs";
import { Gateway } from "./support/gateway.mjs";
import { BADGE, Person } from "./support/journey.mjs";
import { Machine, files, site, textOf, whyNot } from "./support/machine.mjs";
import { CREATE, Sandbox } from "./support/sandbox.mjs";
import { scenes } from "./support/scene.mjs";

/** What a test needs that the guide forbids: to drive the browser at all. */
const DRIVEN = { DeveloperToolsAvailability: 1, RemoteDebuggingAllowed: true };
const FLAGS = [
  // There is neither a graphics card nor a camera, and whoever runs tests may be root.
  "--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip()}`,
];
/** Far more than anything takes. */
const PATIENCE = 20_000;
const POLICIES = "/etc/chromium/policies/managed/card-kiosk.json";

/** A kiosk in a lobby, driven. */
async function kiosk(size, body, { policies = {}, patience = 60 } = {}) {
  const sandbox = await Sandbox.start();
  const server = await site(sandbox);
  const gateway = await Gateway.demo(sandbox, server.origin);
  const machine = new Machine(server.origin, { policies: { ...DRIVEN, ...policies }, patience });
  let page;
  const starts = async (...flags) => {
    const browser = await chromium.connectOverCDP(await machine.start([...FLAGS, ...flags]));
    browser.contexts()[0].setDefaultTimeout(PATIENCE);
    // The browser's own address list counts as a page, too.
    const is = (page) => page.url().startsWith(server.origin);
    page = browser.contexts()[0].pages().find(is) ?? await browser.contexts()[0].waitForEvent("page", is);
    return { page, person: new Person(page), finger: await Finger.on(page) };
  };
  try {
    await machine.light(size);
    await body({ machine, sandbox, origin: server.origin, starts, shows: picture(machine, size), sent: server.sent });
  } catch (error) {
    mkdirSync(FAILURES, { recursive: true });
    await page?.screenshot({ path: join(FAILURES, `kiosk-guide-${size}.png`), timeout: 5000 }).catch(() => {});
    error.stack = `${error.stack}\n    what the machine said last: ${machine.said?.slice(-2000)}\n`;
    throw error;
  } finally {
    await machine.clear();
    server.close();
    await gateway.stop();
    await sandbox.stop();
  }
}

/** Takes pictures of the screen, for whoever wants to look at them. */
const picture = (machine, size) => (name) => {
  const folder = process.env.E2E_PICTURES;
  if (folder) spawnSync("import", ["-display", machine.display, "-window", "root", join(folder, `kiosk-${size}-${name}.png`)]);
};

/** Types on the keyboard of the screen. */
async function types({ person, finger }, text) {
  const keys = person.host.locator(".keyboard");
  const key = (hook) => keys.locator(`[data-key=${JSON.stringify(hook)}]:visible`).first();
  for (const letter of text) {
    const small = letter.toLowerCase();
    if (letter !== " ") {
      const shown = keys.locator(".key:visible").getByText(letter, { exact: true });
      if (!(await shown.count())) await finger.tap(key(await key(small).count() ? "shift" : "signs"));
    }
    await finger.tap(key(small));
  }
}

const NAME = "Xenia Quandt";

/** From the screen for nobody to the screen for nobody. */
async function journey(stage, { person, finger }) {
  const { sandbox, shows } = stage;
  await person.action("start").waitFor();
  shows("1-attract");
  await finger.tap(person.action("start"));
  await person.screen("templates").waitFor();
  shows("2-templates");
  await finger.tap(person.button(BADGE.name));
  for (const label of Object.keys(BADGE.texts)) {
    if (label.includes("(optional)")) continue;
    await finger.tap(person.field(label));
    await types({ person, finger }, label === "Full name" ? NAME : "Op 7");
    if (label === "Full name") shows("3-keyboard");
  }
  await finger.tap(person.host.locator('[data-key="hide"]'));
  await finger.tap(person.action("take-photo"));
  await finger.tap(person.host.locator('[data-action="shutter"]:not([aria-disabled])'));
  shows("4-camera");
  await finger.tap(person.button("Use photo"));
  await person.screen("card-form").waitFor();
  shows("5-form");
  await finger.tap(person.button("Preview card"));
  await person.sees(person.action("add-to-cart").or(person.action("finalize")));
  shows("6-preview");
  await finger.tap(person.action("add-to-cart").or(person.action("finalize")));
  await person.screen("done").waitFor();
  shows("7-done");
  await finger.tap(person.action("finish"));
  await person.action("start").waitFor();
  const { print_jobs: jobs, cards } = await sandbox.state();
  assert.ok(jobs.some((job) => !job.submitted && job.card_ids.includes(cards.at(-1).id)), "the card is in the cart");
  assert.ok(JSON.stringify(await sandbox.sentData(CREATE)).includes(NAME), "with what was typed");
}

/** What would tell of the person: their name, and a piece of their photo, as it was sent and as the picture itself has it. */
function marksOf(sent) {
  const largest = sent.reduce((one, other) => (one.length > other.length ? one : other));
  const middle = largest.subarray(largest.length / 2, largest.length / 2 + 90);
  const pieces = /^[A-Za-z0-9+/=]+$/.test(middle.toString("latin1"))
    ? [0, 1, 2, 3].map((at) => Buffer.from(middle.toString("latin1").slice(at, at + 80), "base64")) : [];
  return [Buffer.from(NAME), Buffer.from(NAME, "utf16le"), middle, ...pieces];
}

/** What the policies refuse, tried by a page's own script. */
async function isLocked({ machine, origin }, page) {
  const before = machine.windows();
  // By somebody's touch, and by itself.
  const tried = await page.evaluate(async () => {
    const told = async (asked) => { try { return String(await asked()); } catch (error) { return error.name; } };
    const file = document.createElement("input");
    file.type = "file";
    const cancelled = new Promise((resolve) => { file.addEventListener("cancel", () => resolve("cancelled")); });
    file.click();
    const permission = async (name) => (await navigator.permissions.query({ name })).state;
    print();
    return {
      file: await cancelled,
      camera: await permission("camera"),
      microphone: await told(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      display: await told(() => navigator.mediaDevices.getDisplayMedia()),
      notifications: Notification.permission,
      geolocation: await permission("geolocation"),
      clipboard: await told(() => navigator.clipboard.readText()),
    };
  });
  assert.deepEqual(tried, {
    file: "cancelled", camera: "granted", microphone: "NotAllowedError", display: "NotAllowedError",
    notifications: "denied", geolocation: "denied", clipboard: "NotAllowedError",
  });
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send("Runtime.evaluate", { expression: "open('about:blank') === null", userGesture: false });
  assert.equal(result.value, true, "a window that nobody has touched for");
  // Whoever drives a browser takes its downloads into their own hands: back with them.
  const whole = await page.context().browser().newBrowserCDPSession();
  await whole.send("Browser.setDownloadBehavior", { behavior: "default", eventsEnabled: true });
  const download = new Promise((resolve) => {
    whole.on("Browser.downloadProgress", ({ state }) => { if (state !== "inProgress") resolve(state); });
  });
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["text"]));
    link.download = "text.txt";
    link.click();
  });
  assert.equal(await download, "canceled", "a download");
  await machine.shows(before);
  // Of the browser's own pages it does not say by what they were refused.
  await session.send("Page.navigate", { url: "chrome://settings" });
  await page.waitForFunction(() => location.href === "chrome-error://chromewebdata/");
  for (const address of [`${origin}/index.html`, "https://example.org/", "file:///etc/passwd"]) {
    const { errorText } = await session.send("Page.navigate", { url: address });
    assert.equal(errorText, "net::ERR_BLOCKED_BY_ADMINISTRATOR", address);
  }
}

// One after the other: each has a screen and a machine of its own.
if (WIDE) scenes("docs/kiosk.md, followed", () => {
  const unable = whyNot() || false;

  test("the kiosk guide, upright: a card by touch alone, all else refused, what hangs begins anew, nothing is left", { timeout: 150_000, skip: unable }, () => (
    kiosk("1080x1920", async (stage) => {
      const { machine, starts, shows, origin } = stage;
      const { page, person, finger } = await starts();
      await person.action("start").waitFor();
      await machine.shows(["1080x1920"]);
      assert.deepEqual(await page.evaluate(() => [innerWidth, innerHeight]), [1080, 1920], "nothing of the browser's is over it");
      await journey(stage, { person, finger });
      await isLocked(stage, page);
      await (await page.context().newCDPSession(page)).send("Page.navigate", { url: `${origin}/kiosk.html` });
      await person.action("start").waitFor();

      // The page hangs.
      page.evaluate(() => { for (;;); }).catch(() => {});
      assert.equal(await machine.ended, 1);
      assert.match(machine.said, /the page has stood still for 14 seconds/);
      await machine.stop();

      assert.deepEqual(machine.finds(marksOf(stage.sent)), [], "nothing of the person in the profile");
      assert.equal(machine.finds([origin.slice("http://".length)]).length, 1, "what is there is found");

      const again = await starts();
      await again.person.action("start").waitFor();
      // Nothing asks whether to restore pages.
      await machine.shows(["1080x1920"]);
      shows("8-again");
    }, { patience: 14 })));

  test("the kiosk guide, lying", { timeout: 90_000, skip: unable }, () => (
    kiosk("1280x800", async (stage) => {
      const { page, person, finger } = await stage.starts();
      await journey(stage, { person, finger });
      assert.deepEqual(await page.evaluate(() => [innerWidth, innerHeight]), [1280, 800]);
    })));

  test("Chromium knows each of the guide's policies", { timeout: 60_000, skip: unable }, () => (
    kiosk("1280x800", async ({ starts }) => {
      const { page } = await starts();
      await page.goto("chrome://policy");
      const rows = page.locator("policy-row").filter({ hasText: "URLBlocklist" });
      await rows.first().waitFor();
      const wrong = await page.evaluate(() => {
        const found = [];
        const look = (node) => {
          if (node.policy?.error) found.push(`${node.policy.name}: ${node.policy.error}`);
          for (const child of [...node.children, ...(node.shadowRoot?.children ?? [])]) look(child);
        };
        look(document.documentElement);
        return found;
      });
      assert.deepEqual(wrong, []);
    }, { policies: { URLAllowlist: ["http://127.0.0.1", "chrome://policy"] } })));

  test("systemd finds nothing wrong with the guide's units", { skip: spawnSync("systemd-analyze", ["--version"]).status === 0 ? false : "no systemd-analyze here" }, () => {
    const folder = mkdtempSync(join(tmpdir(), "instant-card-units-"));
    try {
      const units = [...files.keys()].filter((path) => path.startsWith("/etc/systemd/system/"));
      assert.equal(units.length, 4);
      const paths = units.map((path) => {
        // What is started is not installed here.
        writeFileSync(join(folder, basename(path)), textOf(path).replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"));
        return join(folder, basename(path));
      });
      const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...paths], { encoding: "utf8" });
      const ours = stderr.split("\n").filter((line) => line.includes("card-kiosk"));
      assert.deepEqual([status, ours], [0, []], stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("Firefox's own list knows each of the guide's policies for it", (context) => {
    const { policies } = JSON.parse(textOf("/etc/firefox/policies/policies.json"));
    const schema = listOf(FIREFOX);
    if (!schema) return context.skip("this Firefox keeps its list elsewhere");
    assert.deepEqual(Object.entries(policies).flatMap(([name, value]) => unlike(value, schema.properties[name], name)), []);
  });

  test("the guide's policies are JSON, for one address alone", () => {
    const policies = JSON.parse(textOf(POLICIES, "https://lobby.example"));
    assert.ok(policies.URLBlocklist.includes("*") && policies.URLBlocklist.includes("chrome://*"));
    assert.deepEqual(policies.URLAllowlist, ["https://lobby.example/kiosk.html"]);
    assert.deepEqual([policies.VideoCaptureAllowed, policies.VideoCaptureAllowedUrls], [false, ["https://lobby.example"]]);
  });
}, { concurrency: 1 });

/** Firefox's description of its policies, which lies unpacked in its archive. */
function listOf(firefox) {
  const { stdout } = spawnSync("readlink", ["-f", firefox], { encoding: "utf8" });
  const name = "modules/policies/policies-schema.json";
  for (const folder of [join(stdout.trim(), ".."), `/usr/lib/${basename(firefox)}`]) {
    try {
      const archive = readFileSync(join(folder, "browser/omni.ja"));
      // The last mention is in the directory: it says where the file begins.
      const entry = archive.lastIndexOf(name) - 46;
      const [method, size, begin] = [archive.readUInt16LE(entry + 10), archive.readUInt32LE(entry + 24), archive.readUInt32LE(entry + 42)];
      if (method !== 0) return null;
      const start = begin + 30 + archive.readUInt16LE(begin + 26) + archive.readUInt16LE(begin + 28);
      return JSON.parse(archive.subarray(start, start + size));
    } catch {
      // Not there.
    }
  }
  return null;
}

/** What of a value is not as its description says. */
function unlike(value, schema, path) {
  if (!schema) return [`${path} is not known`];
  const type = Array.isArray(value) ? "array" : typeof value;
  if (schema.type && ![schema.type].flat().includes(type)) return [`${path} is ${type}, not ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${path} is none of ${schema.enum}`];
  if (type !== "object") return [];
  const patterns = Object.entries(schema.patternProperties ?? {});
  return Object.entries(value).flatMap(([key, value]) => (
    unlike(value, schema.properties?.[key] ?? patterns.find(([pattern]) => new RegExp(pattern).test(key))?.[1], `${path}.${key}`)));
}
