// When the element cannot run: each cause is said by itself, in both languages, with a way on, and what was typed is kept.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EMAIL, PACKAGE_DIR, PASSWORD } from "./support/env.mjs";
import { BADGE, PASS, Person } from "./support/journey.mjs";
import { TOKEN, withToken } from "./support/lobby.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";

const FIRST = "instant-card_bg.wasm";
const CARDS = "instant-card-cards.wasm";
const network = true;
const expected = [/WebAssembly|MIME type|Content Security Policy|CSP violation|ERR_INTERNET_DISCONNECTED|preloaded/];

const codes = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);
const bytesOf = (name) => readFileSync(join(PACKAGE_DIR, name));
const wasm = (body) => ({ contentType: "application/wasm", body });
/** A file that arrives whole, and is none that this browser compiles: of a version of WebAssembly that it does not know. */
function ofTomorrow(name) {
  const bytes = bytesOf(name);
  bytes[4] = 2;
  return wasm(bytes);
}
const PAGE = "\uFEFF\n<!doctype html><title>Sign in</title>";

/** Why a file does not come: what is answered for it, the code, and what is said. */
const CAUSES = [
  ["404", () => ({ status: 404, body: "Not found" }), "load-missing", /does not give its file \(HTTP 404\)/, /no entrega su archivo \(HTTP 404\)/],
  ["503", () => ({ status: 503, body: "<h1>Busy</h1>" }), "load-missing", /\(HTTP 503\)/, /\(HTTP 503\)/],
  ["a page", () => ({ contentType: "text/html", body: PAGE }), "load-page", /sent a web page in place of its file/, /envió una página web/],
  ["a page that says it is WASM", () => wasm(PAGE), "load-page", /sent a web page in place of its file/, /envió una página web/],
  ["a page without a type", () => ({ contentType: "", body: PAGE }), "load-page", /sent a web page in place of its file/, /envió una página web/],
  ["half of it", (name) => wasm(bytesOf(name).subarray(0, 9000)), "load-part", /its file has arrived only in part/, /su archivo ha llegado incompleto/],
  ["nothing", () => wasm(""), "load-part", /its file has arrived only in part/, /su archivo ha llegado incompleto/],
  ["what the browser does not know", ofTomorrow, "load-old", /has WebAssembly turned off/, /tiene WebAssembly desactivado/],
];

/** Answers so for a file, until it is healed; what is said of it names the file, where that is of use. */
async function breaks(page, name, answer) {
  await page.route(`**/${name}`, (route) => route.fulfill(answer(name)));
  return () => page.unroute(`**/${name}`);
}

const asSpanish = (person) => new Person(person.page, "es");

scenes("when the element cannot run", () => {
  scene("the first file: each cause by itself, and the form as it was when it is tried again", { network, expected, wide: true }, async ({ open, page, person, events }) => {
    for (const [at, [about, answer, code, english, spanish]] of CAUSES.entries()) {
      const lang = at % 2 ? "es" : "en";
      const here = lang === "es" ? asSpanish(person) : person;
      let letGo;
      const held = new Promise((resolve) => { letGo = resolve; });
      let isBroken = true;
      await page.route(`**/${FIRST}`, async (route) => {
        await held;
        return isBroken ? route.fulfill(answer(FIRST)) : route.continue();
      });
      await open("host.html", { lang });
      await here.field(here.words.email).fill(EMAIL);
      await here.host.getByLabel(here.words.password, { exact: true }).fill(PASSWORD);
      letGo();
      await here.sees(here.alert(lang === "es" ? spanish : english));
      assert.deepEqual(await codes(events), [code], about);
      // The other language, at once.
      await here.host.evaluate((host, lang) => host.setAttribute("lang", lang), lang);
      isBroken = false;
      await here.button(here.words.retry).click();
      await here.field(here.words.email).waitFor();
      assert.equal(await here.field(here.words.email).inputValue(), EMAIL, about);
      await here.button(here.words.signIn).click();
      await here.sees(here.button(PASS.name));
      await page.unrouteAll({ behavior: "wait" });
    }
  });

  scene("a later file: each cause by itself, and one goes on", { network, expected, wide: true }, async ({ open, page, person, events }) => {
    for (const [at, [about, answer, code, english, spanish]] of CAUSES.entries()) {
      const lang = at % 2 ? "en" : "es";
      const here = lang === "es" ? asSpanish(person) : person;
      const heal = await breaks(page, CARDS, answer);
      await open("host.html", { lang });
      await here.enterCredentials();
      await here.sees(here.alert(lang === "es" ? spanish : english));
      assert.deepEqual([...new Set(await codes(events))], [code], about);
      assert.equal(await here.field(here.words.email).inputValue(), EMAIL, about);
      await heal();
      await here.button(here.words.signIn).click();
      await here.sees(here.button(PASS.name));
      assert.equal(await here.host.locator(".failure").count(), 0, about);
    }
  });

  scene("cut off in the middle, or not reached at all: the first file and a later one", { network, expected }, async ({ open, page, person, sandbox, events }) => {
    // A machine without any network is offline to its browser; here it is the way that fails.
    await page.addInitScript(() => Object.defineProperty(navigator, "onLine", { get: () => true }));
    for (const name of [FIRST, CARDS]) {
      // What a test looks into is not taken from the browser's cache.
      await page.route("**/*.wasm", (route) => route.continue());
      await sandbox.fault("cut_after", { path: name, times: 4 });
      await open("host.html");
      if (name === CARDS) await person.enterCredentials();
      await person.sees(person.alert(/its file has arrived only in part.*instant-card.*\.wasm/));
      assert.deepEqual([...new Set(await codes(events))], ["load-part"], name);
      await sandbox.heal();
      await person.button(name === FIRST ? "Try again" : "Sign in").click();
      await person.sees(name === FIRST ? person.field("Email") : person.button(PASS.name));

      await page.route(`**/${name}`, (route) => route.abort("connectionrefused"));
      await open("host.html");
      if (name === CARDS) await person.enterCredentials();
      await person.sees(person.alert(name === FIRST ? "Check your connection and try again." : "The next screen could not be loaded."));
      assert.deepEqual([...new Set(await codes(events))], ["load-network"], name);
      await page.unrouteAll({ behavior: "wait" });
      await person.button(name === FIRST ? "Try again" : "Sign in").click();
      await person.sees(name === FIRST ? person.field("Email") : person.button(PASS.name));
    }
  });

  scene("files of another type, or of none, are what they are", { browsers: BOTH, expected, wide: true }, async ({ open, page, person }) => {
    const types = ["text/html", "text/plain", ""];
    await page.route("**/*.wasm", async (route) => {
      const name = new URL(route.request().url()).pathname.split("/").pop();
      await route.fulfill({ contentType: types[name.length % types.length], body: bytesOf(name) });
    });
    await open("host.html");
    await person.signIn();
    await person.sees(person.button(PASS.name));
  });

  scene("offline: said, and it goes on by itself once there is a connection", { network, expected }, async ({ open, page, person, events }) => {
    let isOff = true;
    await page.route(`**/${FIRST}`, async (route) => {
      if (!isOff) return route.continue();
      await page.context().setOffline(true);
      return route.abort("internetdisconnected");
    });
    await open("host.html");
    await person.sees(person.alert("You are offline."));
    assert.deepEqual(await codes(events), ["load-offline"]);
    await person.host.evaluate((host) => host.setAttribute("lang", "es"));
    isOff = false;
    await page.context().setOffline(false);
    const spanish = asSpanish(person);
    await spanish.sees(spanish.field(spanish.words.email));
    await spanish.signIn();
    await page.unrouteAll({ behavior: "wait" });
    // The next screen's file: what is typed stays, and the same press goes on.
    await open("host.html");
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-ready"));
    await person.signIn();
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    await page.context().setOffline(true);
    await person.button(person.words.preview).click();
    await person.sees(person.host.getByRole("alert"));
    await person.standsThere(BADGE.texts);
    await page.context().setOffline(false);
  });

  for (const [about, hide] of [
    ["no WebAssembly", () => { delete window.WebAssembly; }],
    ["WebAssembly that was turned off", () => {
      // As a browser that is locked down has it: the name is there, and nothing compiles.
      const no = () => Promise.reject(new WebAssembly.CompileError("disabled"));
      Object.assign(WebAssembly, { compile: no, compileStreaming: no });
    }],
  ]) {
    scene(`${about}: said, with what to do`, { expected }, async ({ open, page, person, events }) => {
      await page.addInitScript(hide);
      await open("host.html");
      await person.sees(person.alert(/has WebAssembly turned off\. Update it, or use another one\./));
      assert.deepEqual(await codes(events), ["load-old"]);
      await person.host.evaluate((host) => host.remove());
      await open("host.html", { lang: "es" });
      await person.sees(person.alert(/tiene WebAssembly desactivado\. Actualízalo o usa otro\./));
    });
  }

  scene("a policy that lets the first file come, and no later one", { network, expected }, async ({ open, page, newSandbox, sandbox, person, events }) => {
    // The policy names the host, whose port is known only once it is there: the page gets it on its way.
    const pages = await newSandbox("--csp", "none");
    const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src ${pages.url}pkg/${FIRST} ${new URL(sandbox.url).origin}`;
    await page.route("**/host.html*", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
    });
    await open("host.html", { "api-base": sandbox.api }, { sandbox: pages });
    await person.enterCredentials();
    await person.sees(person.alert(`connect-src has to allow ${pages.url}pkg/${CARDS}.`));
    assert.ok((await codes(events)).includes("load-blocked"));
    assert.equal(await person.field("Email").inputValue(), EMAIL);
    const spanish = asSpanish(person);
    await person.host.evaluate((host) => host.setAttribute("lang", "es"));
    await spanish.button(spanish.words.signIn).click();
    await spanish.sees(spanish.alert(`connect-src debe permitir ${pages.url}pkg/${CARDS}.`));
  });
});

/**
 * Lets a test stop one of the page's programs: what Rust calls when it panics, within the page's reach. `window.panic(at)` is a mistake
 * in the program that was started as the `at`th.
 */
async function withPanics(page) {
  await page.route("**/pkg/instant-card.js", async (route) => {
    const response = await route.fetch();
    const module = await response.text();
    const [, name] = /function (\w+)\(\w+,\w+\)\{console\.error\(`instant-card stopped at/.exec(module);
    const [, programs] = /(\w+)\.delete\((\w+)\),\2\?\.delete\(this\)/.exec(module);
    await route.fulfill({ response, body: `${module};window.panic=(at)=>${name}([...${programs}][at],"src/lib.rs:1");` });
  });
}

scenes("after a panic", () => {
  scene("its texts are typed again, once; and the others have not heard of it", { expected: [/instant-card stopped at/], network }, async ({ open, page, events, sandbox }) => {
    const first = new Person(page, "en", "#first");
    const second = new Person(page, "es", "#second");
    await withPanics(page);
    await open("two.html");
    await second.sees(second.screen("sign-in"));
    for (const person of [first, second]) await person.signIn();
    await first.enter(PASS);
    await second.fill(BADGE.texts);
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.evaluate(() => window.panic(0));
    await first.sees(first.alert(/The card form has stopped because of a mistake of ours\..*your texts are kept/));
    await second.standsThere(BADGE.texts);
    assert.equal(await second.host.locator(".failure").count(), 0);

    await first.button("Try again").click();
    await first.signIn();
    await first.standsThere(PASS.texts);
    assert.deepEqual(asked.filter((url) => /\.(js|wasm|css)$/.test(url)), [], "nothing is fetched twice");
    await first.preview(PASS);
    await first.finalize();
    await first.button("Make another card").click();
    await first.standsThere(Object.fromEntries(Object.keys(PASS.texts).map((label) => [label, ""])));

    await second.addPhoto("Photo");
    await second.preview(BADGE);
    await second.finalize();
    assert.equal((await sandbox.cards()).length, 2);
    assert.deepEqual((await events()).filter(({ type }) => type === "ic-error").map(({ target, detail }) => [target, detail.code]),
      [["first", "load-panic"]]);
  });

  scene("reset() and a kiosk forget what was typed", { expected: [/instant-card stopped at/], ...withToken }, async ({ open, page, person, given }) => {
    await withPanics(page);
    await given({ token: TOKEN });
    for (const [mode, act] of [["request", (host) => host.reset()], ["kiosk", () => {}]]) {
      await open("host.html", { mode, "template-id": "5802" });
      if (mode === "kiosk") await person.action("start").click();
      await person.fill(PASS.texts);
      await page.evaluate(() => window.panic(0));
      await person.sees(person.button("Try again"));
      await person.host.evaluate(act);
      await person.button("Try again").click();
      if (mode === "kiosk") await person.action("start").click();
      await person.standsThere(Object.fromEntries(Object.keys(PASS.texts).map((label) => [label, ""])));
    }
  });

  scene("what is remembered is its own again", { expected: [/instant-card stopped at/] }, async ({ open, page, person }) => {
    await withPanics(page);
    await open("host.html", { remember: "session" });
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await page.waitForFunction((text) => JSON.stringify(sessionStorage).includes(text), PASS.texts["Valid until"]);
    await page.evaluate(() => window.panic(0));
    await person.button("Try again").click();
    // The token and the card are there: nobody signs in again.
    await person.button("Go on").click();
    await person.sees(person.screen("card-form"));
    await person.standsThere(PASS.texts);
    await person.host.evaluate((host) => host.signOut());
    await page.waitForFunction(() => sessionStorage.length === 0);
  });
});
