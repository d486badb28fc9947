// A kept element that nobody holds any more: it is collected, and nothing of it stays in the page. One that is held stays as it is.

import assert from "node:assert/strict";
import { BADGE, PASS } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { TOKEN, camera, withToken } from "./support/lobby.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { Shopper, finalized } from "./support/shopper.mjs";

/** Far more than a collection takes, and what comes after it. */
const PATIENCE = 20_000;

/** A card's form, with a photo in it. */
const FORM = { mode: "request", "template-id": 5801 };
/** What the tests' tools listen to in a window. */
const TOOLS = /playwright|click|contextmenu|mouse|pointer|touch/;

/** In the page, before its scripts: which intervals run, and which addresses of pictures are good. */
function watchTraces() {
  window.traces = new Set();
  const watch = (of, make, end) => {
    const [made, ended] = [of[make], of[end]];
    of[make] = (...args) => {
      const one = made.apply(of, args);
      window.traces.add(one);
      return one;
    };
    of[end] = (one) => {
      window.traces.delete(one);
      ended.call(of, one);
    };
  };
  watch(window, "setInterval", "clearInterval");
  watch(URL, "createObjectURL", "revokeObjectURL");
}

/** Puts an element into the page, that only the page holds. */
const put = (page, attributes, properties = {}) => page.evaluate(([attributes, properties]) => {
  const element = document.createElement("instant-card");
  for (const [name, value] of Object.entries({ "api-base": "/api/v2/", keep: "on", ...attributes })) element.setAttribute(name, value);
  Object.assign(element, properties);
  document.getElementById("place").replaceChildren(element);
}, [attributes, properties]);

/** Takes it out, and gives it up. */
const drop = (page) => page.evaluate(() => {
  const [element] = document.getElementById("place").children;
  window.dropped = new WeakRef(element);
  element.remove();
});

scenes("a kept element", () => {
  const options = { wide: true, sandbox: ["--token", TOKEN, "--cards", "200"], secrets: [TOKEN] };
  scene("that nobody holds is collected with all that it has in the page; one that is held stays", options, async ({ open, page, person, sandbox }) => {
    await page.addInitScript(watchTraces);
    await open("late.html");
    await page.evaluate(() => {
      document.querySelectorAll("instant-card").forEach((element) => element.remove());
      return import("/pkg/instant-card.js");
    });
    const devtools = await page.context().newCDPSession(page);
    const listeners = async () => {
      const { result: { objectId } } = await devtools.send("Runtime.evaluate", { expression: "window" });
      const { listeners: all } = await devtools.send("DOMDebugger.getEventListeners", { objectId });
      await devtools.send("Runtime.releaseObject", { objectId });
      return all.map(({ type }) => type).filter((type) => !TOOLS.test(type)).sort();
    };
    const state = async () => ({
      listeners: await listeners(),
      ...await page.evaluate(() => ({
        isGone: !window.dropped?.deref(), traces: window.traces.size, keys: customElements.get("instant-card").keys.size,
      })),
    });
    const before = await state();
    /** What `begins` leads to leaves traces in the page; given up, all of it is gone. */
    const isCollected = async (about, begins, leaves) => {
      await begins();
      const there = await state();
      assert.ok(leaves(there), `${about}: ${JSON.stringify(there)}`);
      await drop(page);
      let after;
      for (const end = Date.now() + PATIENCE; Date.now() < end;) {
        await devtools.send("HeapProfiler.collectGarbage");
        after = await state();
        if (JSON.stringify(after) === JSON.stringify(before)) return;
      }
      assert.deepEqual(after, before, about);
    };

    await isCollected("a form with a photo, unsaved and remembered", async () => {
      await put(page, { ...FORM, remember: "session" }, { token: TOKEN });
      await person.fill(BADGE.texts);
      await person.addPhoto("Photo", photos.portrait);
      await page.waitForFunction(() => /Müller/.test(JSON.stringify({ ...sessionStorage })));
    }, ({ listeners, traces, keys }) => listeners.includes("beforeunload") && traces && keys === 1);
    // Its key was given back: the next takes it, and has what was typed.
    await put(page, { ...FORM, remember: "session" }, { token: TOKEN });
    await person.action("go-on").click();
    await person.standsThere(BADGE.texts);
    await page.evaluate(() => document.querySelector("instant-card").signOut());
    await isCollected("signed out", async () => {}, () => true);

    await isCollected("an order before it is submitted, which looks at the clock", async () => {
      await put(page, {}, { token: TOKEN });
      const shopper = new Shopper(person);
      await shopper.opensCart();
      await shopper.searches("");
      await shopper.adds((await finalized(sandbox)).at(-1));
      await shopper.goesToReview();
      await page.waitForFunction(() => [...window.traces].some((one) => one > 0));
    }, ({ traces }) => traces);

    await isCollected("a long list, with addresses", async () => {
      await put(page, { routing: "hash" }, { token: TOKEN });
      await person.action("open-cards").click();
      await person.sees(person.screen("cards").getByRole("listitem"));
    }, ({ listeners }) => ["popstate", "scroll", "resize"].every((type) => listeners.includes(type)));

    // More than have a program each.
    await page.evaluate(() => {
      for (let at = 0; at < 10; at += 1) {
        const element = document.createElement("instant-card");
        element.setAttribute("api-base", "/api/v2/");
        document.getElementById("other-place").append(element);
      }
    });
    await page.waitForFunction(() => window.heard.filter(({ type }) => type === "ic-ready").length >= 14);
    await isCollected("among many others", async () => {
      await put(page, FORM, { token: TOKEN });
      await person.fill(BADGE.texts);
    }, ({ listeners }) => listeners.includes("beforeunload"));
    await page.evaluate(() => document.getElementById("other-place").replaceChildren());

    // What is held goes on as it was.
    await put(page, { mode: "request", "template-id": 5802 }, { token: TOKEN });
    await person.fill(PASS.texts);
    await page.evaluate(() => {
      [window.held] = document.getElementById("place").children;
      window.held.remove();
    });
    for (let times = 0; times < 5; times += 1) {
      await devtools.send("HeapProfiler.collectGarbage");
      await page.evaluate(() => new Promise((done) => { setTimeout(done); }));
    }
    assert.ok((await listeners()).includes("beforeunload"), "the browser asks still");
    await page.evaluate(() => document.getElementById("place").append(window.held));
    await person.standsThere(PASS.texts);
    await person.preview(PASS);
  });

  scene("that is taken out before its camera is there has none then", { wide: true, ...withToken, browser: camera }, async ({ open, page, person, given }) => {
    await page.addInitScript(() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.asked = 0;
      window.tracks = [];
      const allowed = new Promise((allow) => { window.allow = allow; });
      navigator.mediaDevices.getUserMedia = async (wish) => {
        window.asked += 1;
        await allowed;
        const stream = await ask(wish);
        window.tracks.push(...stream.getTracks());
        return stream;
      };
    });
    await given({ token: TOKEN });
    await open("host.html", { ...FORM, keep: "on" });
    await page.evaluate(() => { window.card = document.getElementById("card"); });
    const takesPhoto = person.picture("Photo").locator('[data-action="take-photo"]');
    const out = () => page.evaluate(() => window.card.remove());
    const back = () => page.evaluate(() => document.getElementById("place").append(window.card));
    const screen = () => page.evaluate(() => window.card.shadowRoot.querySelector("[data-screen]").dataset.screen);

    // Before the screen itself is there.
    const asked = new Promise((hears) => { page.route("**/instant-card-studio.wasm", hears); });
    await takesPhoto.click();
    await person.sees(person.screen("photo"));
    await out();
    await (await asked).continue();
    await page.waitForFunction(() => window.card.shadowRoot.querySelector("[data-screen=card-form]"));
    assert.equal(await page.evaluate(() => window.asked), 0);
    await back();
    await person.sees(person.screen("card-form"));

    // While the browser asks the person.
    await takesPhoto.click();
    await page.waitForFunction(() => window.asked === 1);
    await out();
    assert.equal(await screen(), "card-form");
    await page.evaluate(() => window.allow());
    await page.waitForFunction(() => window.tracks.length === 1 && window.tracks[0].readyState === "ended");
    await back();
    await takesPhoto.click();
    await person.sees(person.action("shutter"));
    await page.waitForFunction(() => window.tracks.length === 2 && window.tracks[1].readyState === "live");
  });
});
