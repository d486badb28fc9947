// The sign-in form before the WASM is there: a person reads, types and sends, and Rust goes on with what stands there.

import assert from "node:assert/strict";
import { violations } from "./support/axe.mjs";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { PASS, Person } from "./support/journey.mjs";
import { AUTHENTICATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

const network = true;
const TOKEN = "site-given-token-20be";
const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };

/** Keeps the WASM from the page until it is let go. */
async function withoutWasm(page) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route("**/instant-card_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

/** Waits until Rust has taken over in the element with this id. */
const inCharge = (page, id) => page.waitForFunction(
  (id) => window.heard.some(({ type, target }) => type === "ic-ready" && (id === undefined || target === id)), id);
const isInCharge = (page) => page.evaluate(() => window.heard.some(({ type }) => type === "ic-ready"));

const email = (person) => person.field(person.words.email);
const password = (person) => person.host.getByLabel(person.words.password, { exact: true });
const reveal = (person) => person.action("show-password");
const send = (person) => person.action("sign-in");
const set = (person, name, value) => person.host.evaluate((host, [name, value]) => host.setAttribute(name, value), [name, value]);

/** Everything in the element, with the texts that only mark a place, and every attribute in its order. */
const tree = (person) => person.host.evaluate((host) => {
  const read = (node) => (node instanceof Text
    ? node.data
    : [node.namespaceURI, node.localName, [...node.attributes].map(({ name, value }) => `${name}=${value}`), [...node.childNodes].map(read)]);
  return [...host.shadowRoot.childNodes].map(read);
});

/** Which node of the form is which, to see that it is still the same one. */
const remember = (person) => person.host.evaluate((host) => { window.known = [...host.shadowRoot.querySelectorAll("*")]; });
const areKnown = (person) => person.host.evaluate((host) => {
  const now = [...host.shadowRoot.querySelectorAll("*")];
  return now.length === window.known.length && now.every((element, at) => element === window.known[at]);
});

scenes("the form that is there before the WASM", () => {
  for (const lang of ["en", "es"]) {
    scene(`is the one that Rust draws, to the letter, and stays when it comes: ${lang}`, { wide: lang === "es" }, async ({ open, page }) => {
      const person = new Person(page, lang);
      await page.route("**/authenticate", () => {});
      const looks = async () => {
        const trees = [await tree(person)];
        await reveal(person).click();
        trees.push(await tree(person));
        await email(person).fill(EMAIL);
        await password(person).fill(PASSWORD);
        await send(person).click();
        trees.push(await tree(person));
        return trees;
      };
      // Here Rust draws everything: this page has no sign-in form at first.
      await open("host.html", { mode: "request", lang });
      await person.sees(person.host.getByRole("alert"));
      await set(person, "mode", "portal");
      await person.sees(email(person));
      const [first, shown, busy] = await looks();

      const letGo = await withoutWasm(page);
      await open("host.html", { lang });
      const early = await looks();
      assert.deepEqual(early[0], first, "at first");
      assert.deepEqual(early[1], shown, "with the password shown");
      assert.deepEqual(early[2], busy, "on its way");
      assert.notDeepEqual(busy, shown);

      await remember(person);
      assert.equal(await isInCharge(page), false);
      letGo();
      await inCharge(page);
      assert.ok(await areKnown(person), "not one element is another one");
      assert.deepEqual(await tree(person), busy, "and it is on its way still");
    });
  }

  const tags = [
    // The element's, what that gives on a page in English, in a browser that speaks Spanish.
    ["es", "es"], ["es-MX", "es"], [" ES_419 ", "es"], ["en-GB", "en"], ["", "es"], [" ", "en"], ["est", "en"], ["tlh", "en"],
    ["constructor", "en"], [undefined, "en"],
  ];
  scene("speaks the language that Rust speaks", { page: { locale: "es-MX" } }, async ({ open, page, person }) => {
    for (const [tag, wanted] of tags) {
      await page.unrouteAll();
      const letGo = await withoutWasm(page);
      await open("host.html", tag === undefined ? {} : { lang: tag });
      const language = () => person.host.locator(".widget").getAttribute("lang");
      assert.equal(await language(), wanted, `${tag} before`);
      letGo();
      await inCharge(page);
      assert.equal(await language(), wanted, `${tag} after`);
    }
  });

  for (const [colorScheme, width] of [["light", 360], ["dark", 360], ["light", 1280], ["dark", 1280]]) {
    const wide = (colorScheme === "dark") === (width === 360);
    const options = { wide, page: { colorScheme, viewport: { width, height: 860 } } };
    scene(`has no flaw that axe finds, and not a pixel moves: ${colorScheme}, ${width} px`, options, async ({ open, page, person }) => {
      const letGo = await withoutWasm(page);
      await open();
      await person.sees(email(person));
      assert.deepEqual(await violations(page, "early"), []);
      await email(person).fill(EMAIL);
      await reveal(person).click();
      await password(person).fill("Tr0ub4dor");
      const before = await page.screenshot();
      assert.equal(await isInCharge(page), false);
      letGo();
      await inCharge(page);
      const after = await page.screenshot();
      assert.ok(before.equals(after), "the pictures before and after are the same");
    });
  }

  scene("leaves the focus where the page has it", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("host.html");
    await person.sees(email(person));
    const body = () => page.evaluate(() => document.activeElement === document.body);
    assert.ok(await body(), "before");
    letGo();
    await inCharge(page);
    assert.ok(await body(), "after");
  });
});

scenes("what a person does before the WASM is there", () => {
  scene("the keyboard alone: everything in its order, and all of it is kept", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("host.html");
    await person.sees(email(person));
    await page.locator("#outside").focus();
    await page.keyboard.press("Tab");
    assert.ok(await person.hasFocus(email(person)));
    await page.keyboard.type(EMAIL);
    await page.keyboard.press("Tab");
    assert.ok(await person.hasFocus(password(person)));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Tab");
    assert.ok(await person.hasFocus(reveal(person)));
    await page.keyboard.press("Space");
    assert.equal(await password(person).getAttribute("type"), "text");
    await page.keyboard.press("Tab");
    assert.ok(await person.hasFocus(send(person)));
    await page.keyboard.press("Shift+Tab");
    assert.equal(await isInCharge(page), false);
    letGo();
    await inCharge(page);
    assert.ok(await person.hasFocus(reveal(person)));
    assert.equal(await email(person).inputValue(), EMAIL);
    assert.equal(await password(person).inputValue(), PASSWORD);
    assert.equal(await reveal(person).getAttribute("aria-pressed"), "true");
    await page.keyboard.press("Space");
    assert.equal(await password(person).getAttribute("type"), "password", "Rust knows that it was shown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await person.sees(person.button(PASS.name));
  });

  scene("typing on while Rust takes over: no letter is lost, none comes twice", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await page.addInitScript(() => {
      document.addEventListener("ic-ready", ({ target }) => {
        window.typedThen = target.shadowRoot.querySelector("[name=email]").value.length;
      });
    });
    await open("host.html");
    await email(person).click();
    const text = `${Array.from({ length: 60 }, (_, at) => at).join(".")}@example.org`;
    const typing = page.keyboard.type(text, { delay: 1 });
    await page.waitForFunction(() => document.getElementById("card").shadowRoot.querySelector("[name=email]").value.length > 10);
    letGo();
    await typing;
    assert.equal(await email(person).inputValue(), text);
    const then = await page.evaluate(() => window.typedThen);
    assert.ok(then > 10 && then < text.length, `taken over after ${then} of ${text.length} letters`);
    // Rust has all of it too.
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.route("**/authenticate", () => {});
    const [request] = await Promise.all([page.waitForRequest(/authenticate$/), page.keyboard.press("Enter")]);
    const sent = request.postDataBuffer().toString();
    assert.ok(sent.includes(text) && sent.includes(PASSWORD));
  });

  scene("the caret, and what is selected", {}, async ({ open, page, person }) => {
    for (const field of [email, password]) {
      await page.unrouteAll();
      const letGo = await withoutWasm(page);
      await open("host.html");
      await field(person).click();
      await page.keyboard.type("abcdef");
      for (const key of ["ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft"]) await page.keyboard.press(key);
      letGo();
      await inCharge(page);
      await page.keyboard.type("-");
      assert.equal(await field(person).inputValue(), "ab-ef", "what was selected is replaced");
      await page.keyboard.press("Control+z");
      assert.equal(await field(person).inputValue(), "abcdef", "and what was typed before can be had back");
    }
  });

  scene("a character that is being composed is finished first", {}, async ({ open, page }) => {
    const first = new Person(page, "en", "#first");
    const letGo = await withoutWasm(page);
    await open("two.html");
    await email(first).click();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
    letGo();
    await inCharge(page, "second");
    const ready = () => page.evaluate(() => window.heard.filter(({ type }) => type === "ic-ready").map(({ target }) => target));
    assert.deepEqual(await ready(), ["second"]);
    await devtools.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
    assert.deepEqual(await ready(), ["second"]);
    await devtools.send("Input.insertText", { text: "日本" });
    await inCharge(page, "first");
    await page.keyboard.type("@example.org");
    assert.equal(await email(first).evaluate(({ value }) => value.startsWith("日本") || value.startsWith("xn--")), true);
    await page.keyboard.press("Enter");
    await first.sees(first.host.getByText("Enter your password."));
    assert.equal(await first.host.getByText("Enter your email address.").isVisible(), false, "Rust has it");
  });

  for (const [how, act] of [
    ["Enter", (person, page) => page.keyboard.press("Enter")],
    ["the button, twice", async (person, page) => { await send(person).click(); await page.keyboard.press("Enter"); }],
  ]) {
    scene(`sending: ${how}`, {}, async ({ open, page, person, sandbox }) => {
      const letGo = await withoutWasm(page);
      await open("host.html");
      await page.evaluate(() => { window.same = true; });
      await email(person).click();
      await page.keyboard.type(EMAIL);
      await page.keyboard.press("Tab");
      await page.keyboard.type(PASSWORD);
      await act(person, page);
      await person.sees(person.button("Signing in…"));
      assert.equal((await sandbox.requests()).length, 0);
      letGo();
      await person.sees(person.button(PASS.name));
      assert.equal((await sandbox.requests(AUTHENTICATE)).length, 1);
      assert.ok(await page.evaluate(() => window.same), "the page was not left");
    });
  }

  scene("sending nothing: Rust says what is missing", {}, async ({ open, page, person, sandbox }) => {
    const letGo = await withoutWasm(page);
    await open();
    await send(person).click();
    await person.sees(person.button("Signing in…"));
    letGo();
    await person.sees(person.host.getByText("Enter your email address."), person.host.getByText("Enter your password."));
    await person.focuses(email(person));
    await person.sees(person.button("Sign in"));
    assert.equal((await sandbox.requests()).length, 0);
  });

  scene("Enter after the email, then the password: half of one is never sent", {}, async ({ open, page, person, sandbox }) => {
    const letGo = await withoutWasm(page);
    await open();
    await email(person).fill(EMAIL);
    await email(person).press("Enter");
    await person.sees(person.button("Signing in…"));
    await password(person).pressSequentially(PASSWORD.slice(0, 5));
    await person.sees(person.button("Sign in"));
    letGo();
    await inCharge(page);
    await password(person).pressSequentially(PASSWORD.slice(5));
    assert.equal((await sandbox.requests()).length, 0);
    await page.keyboard.press("Enter");
    await person.sees(person.button(PASS.name));
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 1);
  });

  for (const isSent of [false, true]) {
    scene(`the WASM does not arrive: what was typed is there after the retry${isSent ? ", and is sent" : ""}`, { network }, async ({ open, page, person, sandbox }) => {
      const first = await withoutWasm(page);
      await open("host.html");
      await email(person).fill(EMAIL);
      await password(person).fill(PASSWORD);
      if (isSent) await page.keyboard.press("Enter");
      await sandbox.fault({ status: 404, body: "Not found" }, { path: ".wasm", times: 1 });
      first();
      await person.sees(person.alert("does not give its file (HTTP 404)"));
      assert.equal(await email(person).count(), 0);
      await page.unrouteAll();
      const second = await withoutWasm(page);
      await person.button("Try again").click();
      await person.sees(email(person));
      assert.equal(await email(person).inputValue(), EMAIL);
      assert.equal(await password(person).inputValue(), PASSWORD);
      second();
      await inCharge(page);
      if (!isSent) await send(person).click();
      await person.sees(person.button(PASS.name));
    });
  }

  const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    + "img-src 'self' blob: data:; require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'";
  scene("under a strict policy with trusted types", { sandbox: ["--csp", strict] }, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("host.html");
    await email(person).fill(EMAIL);
    await password(person).fill(PASSWORD);
    const markup = await page.evaluate(() => {
      const host = document.querySelector("instant-card");
      return document.documentElement.outerHTML + host.shadowRoot.innerHTML;
    });
    assert.ok(!markup.includes(PASSWORD), "no secret in the markup");
    await page.keyboard.press("Enter");
    letGo();
    await person.sees(person.button(PASS.name));
  });
});

scenes("where the form is not the first thing", () => {
  const waits = (person) => person.sees(person.host.getByRole("status", { name: "Loading…" }));
  const others = [
    ["a page's token", {}, { token: TOKEN }], ["mode=request", { mode: "request" }], ["mode=kiosk", { mode: "kiosk" }],
    ["a mode that there is not", { mode: "lobby" }], ["an organization that is no number", { "organization-id": "x" }],
    ["a theme that there is not", { theme: "sepia" }],
  ];
  for (const [about, attributes, given] of others) {
    scene(`no form before the WASM: ${about}`, { ...withToken, wide: /there is not|no number/.test(about) }, async (stage) => {
      const { open, page, person } = stage;
      const letGo = await withoutWasm(page);
      if (given) await stage.given(given);
      await open("host.html", attributes);
      await waits(person);
      assert.equal(await person.host.getByRole("textbox").count(), 0);
      letGo();
      await inCharge(page);
    });
  }

  scene("no form before the WASM: an element that waits to come near; then there is", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("late.html", { loading: "lazy" });
    await page.evaluate(() => {
      document.querySelector("header").style.marginBottom = "5000px";
      return import("/pkg/instant-card.js");
    });
    await waits(person);
    assert.equal(await person.host.getByRole("textbox").count(), 0);
    await person.host.scrollIntoViewIfNeeded();
    await email(person).fill(EMAIL);
    letGo();
    await inCharge(page);
    assert.equal(await email(person).inputValue(), EMAIL);
  });

  scene("no form before the WASM: a provider of tokens", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await page.addInitScript(() => { window.given = { tokenProvider: async () => null }; });
    await open("host.html", { mode: "portal" });
    await waits(person);
    assert.equal(await person.host.getByRole("textbox").count(), 0);
    letGo();
    await inCharge(page);
  });

  scene("a page that gives its token a moment later", withToken, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("host.html");
    await email(person).fill(EMAIL);
    await person.host.evaluate((host, token) => { host.token = token; }, TOKEN);
    await waits(person);
    assert.equal(await person.host.getByRole("textbox").count(), 0);
    letGo();
    await person.sees(person.button(PASS.name));
  });

  scene("a page that gives its token when it hears that the element is there", withToken, async ({ open, page, person }) => {
    await page.addInitScript((token) => {
      document.addEventListener("ic-ready", ({ target }) => { target.token = token; });
    }, TOKEN);
    await open("host.html");
    await person.sees(person.button(PASS.name));
  });

  scene("attributes that change meanwhile", {}, async ({ open, page, person }) => {
    const spanish = new Person(page, "es");
    const letGo = await withoutWasm(page);
    await open("host.html");
    await email(person).pressSequentially("api@");
    await reveal(person).click();
    await email(person).focus();
    await set(person, "lang", "es");
    await spanish.sees(spanish.button("Iniciar sesión"), spanish.button("Ocultar contraseña"));
    await set(person, "theme", "dark");
    await set(person, "organization-id", "20003827");
    assert.ok(await person.hasFocus(email(spanish)));
    await page.keyboard.type("instantcard.net");
    await set(person, "mode", "kiosk");
    await person.sees(person.host.getByRole("status", { name: "Cargando…" }));
    await set(person, "mode", "portal");
    await spanish.sees(email(spanish));
    assert.equal(await email(spanish).inputValue(), EMAIL, "still there");
    await password(spanish).fill(PASSWORD);
    // The page's own language is not the element's to hear of; Rust finds the words right when it comes.
    await person.host.evaluate((host) => host.removeAttribute("lang"));
    await page.evaluate(() => { document.documentElement.lang = "es"; });
    await person.sees(person.button("Sign in"));
    letGo();
    await spanish.button("Iniciar sesión").click();
    await spanish.sees(spanish.button(PASS.name));
  });

  scene("attributes that cannot be used, which only Rust sees", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("host.html", { "api-base": "http://cards.example.org/" });
    await email(person).fill(EMAIL);
    letGo();
    await person.sees(person.alert("not set up correctly"));
    assert.equal(await email(person).count(), 0);
    await set(person, "api-base", "/api/v2/");
    await person.sees(email(person));
    assert.equal(await email(person).inputValue(), EMAIL, "what was typed is kept");
    assert.equal(await email(person).count(), 1);
  });

  scene("a move keeps what was typed; taken out, it is gone", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("host.html");
    await email(person).fill(EMAIL);
    await person.host.evaluate((host) => document.getElementById("other-place").append(host));
    assert.equal(await email(person).inputValue(), EMAIL);
    const element = await person.host.elementHandle();
    await element.evaluate((host) => host.remove());
    await page.waitForFunction((host) => host.shadowRoot.childNodes.length === 0, element);
    await element.evaluate((host) => host.setAttribute("lang", "es"));
    assert.equal(await element.evaluate((host) => host.shadowRoot.childNodes.length), 0);
    await element.evaluate((host) => host.removeAttribute("lang"));
    await element.evaluate((host) => document.getElementById("place").append(host));
    await person.sees(email(person));
    assert.equal(await email(person).inputValue(), "");
    await person.enterCredentials();
    letGo();
    await person.sees(person.button(PASS.name));
    assert.equal(await person.host.evaluate((host) => host.shadowRoot.childElementCount), 1);
  });

  scene("signOut() empties it, reset() does not", {}, async ({ open, page, person }) => {
    const letGo = await withoutWasm(page);
    await open("host.html");
    await person.enterCredentials();
    await person.host.evaluate((host) => host.reset());
    assert.equal(await email(person).inputValue(), EMAIL);
    await person.host.evaluate((host) => host.signOut());
    assert.equal(await email(person).inputValue(), "");
    assert.equal(await password(person).inputValue(), "");
    await person.sees(person.button("Sign in"));
    letGo();
    await inCharge(page);
    assert.equal(await email(person).inputValue(), "");
    await person.signIn();
  });

  scene("two on one page: each has its own", {}, async ({ open, page, sandbox }) => {
    const first = new Person(page, "en", "#first");
    const second = new Person(page, "es", "#second");
    const letGo = await withoutWasm(page);
    await open("two.html");
    await email(first).fill("first@example.org");
    await second.enterCredentials();
    letGo();
    await second.sees(second.host.getByText("Full name"));
    assert.equal(await email(first).inputValue(), "first@example.org");
    await first.sees(first.button("Sign in"));
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 1);
  });
});
