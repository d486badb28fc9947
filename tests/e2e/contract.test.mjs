// The whole contract with a page, as the package describes it (`custom-elements.json`): each entry has a row here, and what has none fails.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BROWSER, EMAIL, ORGANIZATION, PACKAGE_DIR, WIDE } from "./support/env.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { TOKEN, camera, withToken } from "./support/lobby.mjs";
import { Payer, TEST_CARD, movements } from "./support/payer.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { Shopper, finalized, jobs } from "./support/shopper.mjs";
import { FULL, closed, journey } from "./support/stranger.mjs";

const described = () => JSON.parse(readFileSync(join(PACKAGE_DIR, "custom-elements.json"), "utf8")).modules[0].declarations[0];
const names = (list) => list.map(({ name }) => name).sort();

/**
 * Each attribute: values that can be used, one that cannot, and what else has to be set with them. What each value does is for the
 * test that is named.
 */
const ATTRIBUTES = {
  "api-base": [["/api/v2/"], "http://cards.example.org/", {}, "element"],
  proxy: [["/p/", "https://p.example.org/?u={url}"], "http://p.example.org/", {}, "proxy"],
  gateway: [["/gateway/"], "http://cards.example.org/", { "api-base": undefined }, "gateway"],
  "organization-id": [[String(ORGANIZATION)], "twelve", {}, "states"],
  "template-id": [["5801"], "0", {}, "element"],
  "card-id": [["17"], "-1", { mode: "request" }, "given"],
  mode: [["portal", "request", "kiosk"], "lobby", {}, "element"],
  lang: [["es", "en-GB", "", "tlh"], undefined, {}, "early"],
  theme: [["light", "dark", "auto"], "sepia", {}, "element"],
  loading: [["eager", "lazy"], "later", {}, "early"],
  "ends-with": [["draft", "cart", "finalized"], "nowhere", { mode: "request" }, "ending"],
  "shipping-provider-id": [["13"], "ups", { mode: "request", "ends-with": "order" }, "ending"],
  "photo-rules": [["on", "off"], "yes", {}, "terms"],
  "face-help": [["off", "on"], "no", {}, "face"],
  "idle-timeout": [["30"], "soon", { mode: "kiosk" }, "kiosk"],
  "file-choice": [["on", "off"], "yes", { mode: "kiosk" }, "kiosk"],
  keyboard: [["on", "off"], "yes", { mode: "kiosk" }, "keyboard"],
  remember: [["session", "none"], "always", {}, "memory"],
  keep: [["on", "off"], "yes", {}, "contract"],
  "page-size": [["10", "100"], "all", {}, "orders"],
  routing: [["hash", "none"], "path", {}, "routing"],
};
/** Each property: what a page sets, and the test of what it does. */
const PROPERTIES = {
  token: [TOKEN, "element"],
  tokenProvider: [null, "element"],
  prefill: [{ FULL_NAME: "Ana" }, "given"],
  fields: [{ FULL_NAME: { value: "Ana", locked: true } }, "given"],
  shippingAddress: [{ city: "Albany" }, "ending"],
  consent: [{ text: "Yes?" }, "terms"],
  strings: [{ "sign_in.submit": "In" }, "strings"],
};
const METHODS = { reset: "element", signOut: "element" };
const SLOTS = { logo: "kiosk", attract: "kiosk" };

/** A name of the contract in a test of this name. */
function isTestedIn(file, name) {
  const text = readFileSync(new URL(`${file}.test.mjs`, import.meta.url), "utf8");
  return new RegExp(`\\b${name}\\b`).test(text);
}

if (BROWSER === "chromium" && !WIDE) {
  test("each attribute, property, method and slot that is described has its test", () => {
    const { attributes, members, slots } = described();
    assert.deepEqual(Object.keys(ATTRIBUTES).sort(), names(attributes));
    assert.deepEqual(Object.keys(PROPERTIES).sort(), names(members.filter(({ kind }) => kind === "field")));
    assert.deepEqual(Object.keys(METHODS).sort(), names(members.filter(({ kind }) => kind === "method")));
    assert.deepEqual(Object.keys(SLOTS).sort(), names(slots));
    const rows = [ATTRIBUTES, PROPERTIES, METHODS, SLOTS].flatMap((table) => Object.entries(table));
    const without = rows.filter(([name, row]) => !isTestedIn([row].flat().at(-1), name)).map(([name]) => name);
    assert.deepEqual(without, []);
  });
}

scenes("the contract: attributes", () => {
  scene("each while it stands there: used, wrong and named, taken away; and wrong before the element is defined", { ...withToken, network: true, wide: true }, async ({ open, page, person, events }) => {
    await open("host.html");
    await person.field("Email").fill(EMAIL);
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-ready"));
    const put = (values) => person.host.evaluate((host, values) => {
      for (const [name, value] of values) {
        if (value === null) host.removeAttribute(name);
        else host.setAttribute(name, value);
      }
    }, Object.entries(values).map(([name, value]) => [name, value ?? null]));
    const flaw = person.alert(/not set up correctly|no está bien configurado/);
    for (const [name, [usable, wrong, others]] of Object.entries(ATTRIBUTES)) {
      await put(others);
      for (const value of usable) {
        await put({ [name]: value });
        assert.equal(await flaw.count(), 0, `${name}="${value}"`);
      }
      if (wrong !== undefined) {
        await put({ [name]: wrong });
        await person.sees(flaw.getByText(`${name}="${wrong}"`));
        const { detail } = (await events()).at(-1);
        assert.equal(detail.code, "configuration", name);
      }
      const back = Object.fromEntries([name, ...Object.keys(others)].map((name) => [name, name === "api-base" ? "/api/v2/" : undefined]));
      await put(back);
      await flaw.waitFor({ state: "detached" });
      assert.equal(await person.field("Email").inputValue(), EMAIL, `what is typed, after ${name}`);
    }
    await open("late.html", Object.fromEntries(Object.entries(ATTRIBUTES).filter(([, [, wrong]]) => wrong).map(([name, [, wrong]]) => [name, wrong])));
    await page.evaluate(() => import("/pkg/instant-card.js"));
    for (const [name, [, wrong]] of Object.entries(ATTRIBUTES)) {
      if (wrong && !["api-base", "proxy"].includes(name)) await person.sees(flaw.getByText(`${name}="${wrong}"`));
    }
  });

  scene("properties: as they were set, before and after the definition, of a wrong kind, and taken away", withToken, async ({ open, page, person }) => {
    await open("late.html", { mode: "request", "template-id": "5802", "ends-with": "order", "shipping-provider-id": "13" });
    const given = Object.entries(PROPERTIES).map(([name, [value]]) => [name, value]);
    const read = () => page.evaluate((given) => given.map(([name]) => document.getElementById("card")[name]), given);
    await page.evaluate((given) => { Object.assign(document.getElementById("card"), Object.fromEntries(given)); }, given);
    await page.evaluate(() => import("/pkg/instant-card.js"));
    await person.sees(person.field("Company"));
    assert.deepEqual(await read(), given.map(([, value]) => value));
    // Nothing of it can be used: the element says so, or goes on as without it, and is there again afterwards.
    await page.evaluate((given) => { for (const [name] of given) document.getElementById("card")[name] = Symbol.iterator; }, given);
    await page.evaluate((given) => { for (const [name, value] of given) document.getElementById("card")[name] = value; }, given);
    await person.sees(person.field("Company"));
    await page.evaluate((given) => { for (const [name] of given) if (name !== "token") document.getElementById("card")[name] = undefined; }, given);
    await person.fill({ Company: "Harbor" });
    await page.evaluate(() => { document.getElementById("card").token = null; });
    await person.sees(person.alert("This page has not given you access yet."));
  });
});

scenes("the contract: events", () => {
  scene("each is heard, and those that are asked first can be refused", { sandbox: ["--cards", "2"], network: true, wide: true }, async ({ open, page, person, sandbox }) => {
    const { events } = described();
    await page.addInitScript((names) => {
      window.all = [];
      window.refuse = {};
      for (const name of names) {
        document.addEventListener(name, (event) => {
          window.all.push({ name, cancelable: event.cancelable, detail: structuredClone(event.detail) });
          const reason = window.refuse[name];
          if (reason === undefined) return;
          event.preventDefault();
          if (reason) event.detail.reason = reason;
        });
      }
    }, names(events));
    const heard = (name) => page.evaluate((name) => window.all.filter((event) => event.name === name).map(({ detail }) => detail), name);
    const refuse = (what) => page.evaluate((what) => { window.refuse = what; }, what);
    const [shopper, payer] = [new Shopper(person), new Payer(person)];
    await open();
    await person.enterCredentials("wrong-password-1");
    await person.sees(person.alert("do not match an account"));
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await person.preview(PASS);
    await person.edit();
    await person.fill({ Host: "Priya" });
    await person.preview(PASS);
    await person.finalize();

    await shopper.opensCart();
    await shopper.searches("");
    const [card] = await finalized(sandbox);
    await shopper.adds(card);
    await shopper.goesToReview();
    for (const [reason, said] of [["", "This site does not take the order now."], ["Ask <b>Ana</b> first.", "Ask <b>Ana</b> first."]]) {
      await refuse({ "ic-before-submit": reason });
      await shopper.submitButton.click();
      await person.sees(person.alert(said).getByText("Nothing was ordered, and nothing was charged."));
    }
    assert.equal(await person.host.locator("[role=alert] b").count(), 0, "a reason is text");
    await person.host.evaluate((host) => host.setAttribute("lang", "es"));
    await refuse({ "ic-before-submit": "" });
    await person.action("submit-order").click();
    await person.sees(person.alert("Este sitio no acepta el pedido ahora."));
    await person.host.evaluate((host) => host.removeAttribute("lang"));
    assert.deepEqual(await jobs(sandbox, true), {}, "nothing was submitted");
    await refuse({});
    await shopper.submits();
    const [first] = await heard("ic-before-submit");
    const [submitted] = await heard("ic-order-submitted");
    assert.deepEqual(first, submitted, "what is asked is what is told");
    assert.equal((await heard("ic-before-submit")).length, 4);

    await payer.opensAccount();
    await payer.opensForm();
    const before = await movements(sandbox);
    await refuse({ "ic-before-pay": "" });
    await payer.sends("50");
    await person.sees(person.alert("This site does not take the payment now.").getByText("Nothing was charged."));
    await payer.standsThere({ ...TEST_CARD, amount: "50", number: "4242 4242 4242 4242" });
    await refuse({ "ic-before-pay": "Only on Mondays." });
    await payer.pay.click();
    await person.sees(person.alert("Only on Mondays."));
    assert.deepEqual(await movements(sandbox), before);
    await refuse({});
    await payer.pay.click();
    await page.waitForFunction(() => window.all.some(({ name }) => name === "ic-funds-added"));
    assert.deepEqual(await heard("ic-before-pay"), Array(3).fill({ cents: 5000, currency: "USD" }));
    assert.deepEqual(await heard("ic-funds-added"), [{ cents: 5000, currency: "USD" }]);
    await person.host.evaluate((host) => host.signOut());
    await person.sees(person.screen("sign-in"));

    const all = await page.evaluate(() => window.all);
    assert.deepEqual([...new Set(all.filter(({ cancelable }) => cancelable).map(({ name }) => name))].sort(), ["ic-before-pay", "ic-before-submit"]);
    const silent = names(events).filter((name) => !all.some((event) => event.name === name));
    assert.deepEqual(silent, ["ic-kiosk-left"]);
    assert.ok(isTestedIn("kiosk-staff", "ic-kiosk-left"));
  });

  scene("an order of one's own that the page refuses: the address stays, and it can be tried again", withToken, async ({ open, page, person, given, sandbox }) => {
    await page.addInitScript(() => document.addEventListener("ic-before-submit", (event) => {
      window.asked = event.detail;
      if (!window.lets) event.preventDefault();
    }));
    await given({
      token: TOKEN,
      shippingAddress: { full_name: "Ana Núñez", address_1: "12 Orchard Lane", city: "Albany", state: "NY", zip_code: "12207", country: "USA" },
    });
    await open("host.html", { mode: "request", "template-id": "5802", "ends-with": "order", "shipping-provider-id": "13" });
    await person.fill(PASS.texts);
    await person.button("Preview card").click();
    await person.action("checkout").click();
    await person.action("submit-order").click();
    await person.sees(person.alert("This site does not take the order now.").getByText("Your card was not ordered."));
    assert.deepEqual(await page.evaluate(() => window.asked), { printJobIds: [], cards: 1, copies: 1 });
    assert.ok((await sandbox.cards()).every(({ finalized }) => !finalized), "nothing was done");
    assert.equal(await person.host.locator('[name="city"]').inputValue(), "Albany");
    await page.evaluate(() => { window.lets = true; });
    await person.button("Try again").click();
    await person.sees(person.host.getByRole("heading", { name: "Your card is ordered" }));
    assert.equal(Object.values(await jobs(sandbox, true)).length, 1);
  });
});

scenes("the contract: where it stands", () => {
  scene("keep: what one is at is there after it was out of the page; without, and after reset(), it is not", { browser: camera, network: true, expected: [/net::ERR_ABORTED/] }, async ({ open, page, person, sandbox, events }) => {
    await open("host.html", { keep: "on" });
    const element = await person.host.elementHandle();
    const out = () => element.evaluate((host) => { host.remove(); return new Promise((done) => { setTimeout(done); }); });
    const back = () => element.evaluate((host) => document.getElementById("other-place").append(host));
    // Before there is a program, too.
    await person.field("Email").fill(EMAIL);
    await out();
    await back();
    assert.equal(await person.field("Email").inputValue(), EMAIL);
    await person.signIn();
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    await out();
    assert.equal(await page.locator("instant-card").count(), 0);
    await element.evaluate((host) => host.setAttribute("lang", "es"));
    await element.evaluate((host) => host.setAttribute("lang", "en"));
    await back();
    await person.standsThere(BADGE.texts);

    // A camera is off while nobody sees it.
    await page.evaluate(() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.tracks = [];
      navigator.mediaDevices.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        window.tracks.push(...stream.getTracks());
        return stream;
      };
    });
    await person.picture("Photo").locator('[data-action="take-photo"]').click();
    await person.sees(person.action("shutter"));
    await out();
    await page.waitForFunction(() => window.tracks.length === 1 && window.tracks[0].readyState === "ended");
    await back();
    await person.sees(person.screen("card-form"));
    await person.standsThere(BADGE.texts);

    // An open dialog is above everything again.
    await sandbox.expireTokens();
    await person.button("Save draft").click();
    await person.sees(person.dialog);
    for (const move of [async () => { await out(); await back(); }, () => element.evaluate((host) => document.getElementById("place").append(host))]) {
      await move();
      assert.ok(await person.dialog.evaluate((dialog) => dialog.matches(":modal")));
    }
    await person.signInAgain();
    await person.sees(person.host.getByText("Draft saved."));
    assert.equal((await events()).filter(({ type }) => type === "ic-ready").length, 1);

    await out();
    await element.evaluate((host) => host.reset());
    await back();
    await person.choose(BADGE.name);
    await person.standsThere({ "Full name": "" });
    await person.fill({ "Full name": "Zoë" });
    await out();
    await element.evaluate((host) => host.removeAttribute("keep"));
    assert.equal(await element.evaluate((host) => host.shadowRoot.childNodes.length), 0);
    await back();
    await person.sees(person.screen("sign-in"));
  });

  scene("a clone, a closed shadow root in Spanish, a closed dialog, another document, and many at once", {}, async ({ open, page, person, newSandbox, sandbox }) => {
    await open("host.html", { "template-id": "5802" });
    await person.field("Email").fill(EMAIL);
    // A clone has the attributes, and nothing of what was typed.
    await page.evaluate(() => {
      const clone = document.getElementById("card").cloneNode(true);
      clone.id = "clone";
      document.getElementById("other-place").append(clone);
    });
    const clone = page.locator("#clone");
    await clone.getByRole("textbox", { name: "Email" }).waitFor();
    assert.equal(await clone.getByRole("textbox", { name: "Email" }).inputValue(), "");
    assert.equal(await clone.evaluate((host) => host.getAttribute("template-id")), "5802");

    // In a closed shadow root, whose host says the language; events come out, with the host as their target.
    const said = await page.evaluate(() => new Promise((resolve) => {
      const host = document.createElement("section");
      host.lang = "es";
      host.id = "shadow";
      document.body.append(host);
      const root = host.attachShadow({ mode: "closed" });
      document.addEventListener("ic-ready", ({ target }) => resolve([target.id, element.shadowRoot.querySelector("h1").textContent]));
      const element = document.createElement("instant-card");
      element.setAttribute("api-base", "/api/v2/");
      root.append(element);
      window.hidden = element;
    }));
    assert.deepEqual(said, ["shadow", "Inicia sesión para pedir tarjetas"]);

    // In a dialog that is opened, closed, and opened.
    await page.evaluate(() => {
      const dialog = document.createElement("dialog");
      dialog.append(document.getElementById("card"));
      document.body.append(dialog);
      dialog.showModal();
      dialog.close();
      dialog.showModal();
    });
    const card = page.locator("#card");
    assert.equal(await card.getByRole("textbox", { name: "Email" }).inputValue(), EMAIL);
    await page.evaluate(() => { document.querySelector("dialog").close(); document.getElementById("place").append(document.getElementById("card")); });

    // Into another document and back: with its looks, and with what was typed.
    const looks = () => page.evaluate(() => {
      const { shadowRoot } = window.card;
      const view = window.card.ownerDocument.defaultView;
      return [view.getComputedStyle(shadowRoot.querySelector("[data-action=sign-in]")).backgroundColor, shadowRoot.querySelector("[name=email]").value];
    });
    await page.evaluate(() => { window.card = document.getElementById("card"); });
    const here = await looks();
    await page.evaluate(() => new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.onload = () => {
        frame.contentDocument.body.append(window.card);
        done();
      };
      frame.srcdoc = "<!doctype html><body>";
      document.body.append(frame);
    }));
    assert.deepEqual(await looks(), here);
    await page.evaluate(() => document.getElementById("place").append(window.card));
    assert.deepEqual(await looks(), here);

    // Twenty at once, more than have a program each.
    await page.evaluate(() => {
      for (let at = 0; at < 20; at += 1) {
        const element = document.createElement("instant-card");
        element.setAttribute("api-base", "/api/v2/");
        document.getElementById("other-place").append(element);
      }
    });
    await page.waitForFunction(() => window.heard.filter(({ type }) => type === "ic-ready").length === 23);
    await page.evaluate(() => document.getElementById("other-place").replaceChildren());
    assert.equal(await card.getByRole("textbox", { name: "Email" }).inputValue(), EMAIL);
  });
});

scenes("the contract: styling", () => {
  const kiosk = { page: { viewport: { width: 800, height: 1280 }, hasTouch: true } };
  const shop = { ...withToken, sandbox: [...withToken.sandbox, "--cards", "2"] };
  scene("each part can be styled, where it is", { wide: true, ...shop, browser: camera, ...kiosk, network: true }, async (stage) => {
    const { page, open, person, sandbox } = stage;
    const { cssParts } = described();
    const seen = new Set();
    const style = names(cssParts).map((part) => `instant-card::part(${part}) { outline: 3px solid rgb(1, 2, 3); }`).join("\n");
    const look = async () => {
      const found = await page.evaluate((style) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
        document.adoptedStyleSheets = [sheet];
        const parts = [...document.querySelector("instant-card").shadowRoot.querySelectorAll("[part]")];
        return parts.filter((part) => getComputedStyle(part).outlineColor === "rgb(1, 2, 3)").flatMap(({ part }) => [...part]);
      }, style);
      for (const part of found) seen.add(part);
    };
    await journey(stage, look);
    await closed(stage, look);
    await sandbox.fault({ status: 404, body: "Not found" }, { path: "instant-card_bg.wasm", times: 1 });
    await open("host.html");
    await person.sees(person.host.getByRole("alert"));
    await look();
    await sandbox.heal();
    await person.button("Try again").click();
    // Signed in still: a scene before this one has it remembered.
    await person.sees(person.button(BADGE.name));
    await look();
    await person.action("open-cart").click();
    const shopper = new Shopper(person);
    await shopper.cart.waitFor();
    await look();
    await shopper.searches("");
    await shopper.adds((await finalized(sandbox))[0]);
    await shopper.cart.getByRole("button", { name: "Check out", exact: true }).click();
    await person.sees(shopper.checkout.getByRole("radio"));
    await look();
    assert.deepEqual([...seen].sort(), names(cssParts));
    assert.ok(FULL);
  });

  scene("each token changes what it is for, and nothing where it is taken away", { wide: true }, async ({ open, page, person }) => {
    const { cssProperties } = described();
    const probe = { "<color>": "rgb(200, 30, 120)", "<length>": "19px", "<family-name>#": "monospace", "<shadow>#": "0 0 9px rgb(200, 30, 120)" };
    const looks = () => person.host.evaluate((host) => [...host.shadowRoot.querySelectorAll("*")].map((element) => {
      const style = getComputedStyle(element);
      const of = [
        "color", "background-color", "border-top-color", "border-top-left-radius", "padding-top", "padding-left", "min-height", "height", "gap",
        "font-family", "box-shadow", "fill", "stroke", "outline-color", "accent-color", "background-image", "margin-top",
      ];
      return of.map((name) => style.getPropertyValue(name)).join();
    }).join("\n"));
    const changed = new Set();
    const tries = async () => {
      // What lies under the pointer looks otherwise.
      await page.mouse.move(0, 0);
      await person.host.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
      for (const { name, syntax } of cssProperties) {
        const before = await looks();
        await person.host.evaluate((host, [name, value]) => host.style.setProperty(name, value), [name, probe[syntax]]);
        if (await looks() !== before) changed.add(name);
        await person.host.evaluate((host, name) => host.style.removeProperty(name), name);
        assert.equal(await looks(), before, `${name} taken away`);
      }
    };
    await open("host.html");
    await person.action("sign-in").click();
    await person.sees(person.host.getByText("Enter your password."));
    await tries();
    await person.signIn();
    await person.choose(BADGE.name);
    await person.addPhoto("Photo");
    await tries();
    await person.fill(BADGE.texts);
    await person.preview(BADGE);
    await person.finalize();
    await tries();
    await person.action("open-cart").click();
    await person.screen("cart").waitFor();
    await tries();
    // A shadow is thrown by what floats: a dialog does.
    await person.action("new-card").click();
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    await person.button(person.words.signOut).click();
    await person.dialog.waitFor();
    await tries();
    assert.deepEqual([...changed].sort(), names(cssProperties));
  });
});
