// The custom element as a host page knows it: attributes, properties, methods, events, and its good manners.

import assert from "node:assert/strict";
import { EMAIL, ORGANIZATION, PASSWORD } from "./support/env.mjs";
import { BADGE, PASS, Person } from "./support/journey.mjs";
import { AUTHENTICATE, CREATE, FIELDS } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

const network = true;
const TOKEN = "site-given-token-4f1d";
const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };

const names = async (events) => (await events()).map(({ type }) => type);
const set = (person, name, value) => person.host.evaluate((host, [name, value]) => host.setAttribute(name, value), [name, value]);

/** A site's own back end, which gets tokens for its users. `given` to the page as the element's `tokenProvider`. */
async function tokenService({ page, sandbox }, answer = (token) => token) {
  const calls = [];
  await page.exposeFunction("siteToken", async () => {
    const body = new FormData();
    body.set("email", EMAIL);
    body.set("password", PASSWORD);
    const response = await fetch(`${sandbox.api}authenticate`, { method: "POST", body });
    calls.push(response.status);
    return answer((await response.json()).auth_token, calls.length);
  });
  await page.addInitScript(() => { window.given = { tokenProvider: () => window.siteToken() }; });
  return calls;
}

scenes("what the page hears", () => {
  scene("events of a journey: ids, and nothing secret", { network }, async ({ open, person, sandbox, events }) => {
    await open("host.html");
    await person.enterCredentials("wrong-password-1");
    await person.sees(person.alert("do not match an account"));
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    await person.preview(BADGE);
    await person.edit();
    await person.fill({ "Full name": "Zoë" });
    await sandbox.fault("json_500", { method: "PATCH", times: 1 });
    await person.button("Preview card").click();
    await person.button("Try again").click();
    await person.looksAtPreview(BADGE);
    const cardId = await person.finalize();
    await person.button("Sign out").click();
    await person.sees(person.screen("sign-in"));

    const card = { cardId, templateId: 5801 };
    const heard = await events();
    assert.ok(heard.every(({ target }) => target === "card"), "the element itself is the target");
    assert.deepEqual(heard.filter(({ type }) => type !== "ic-error").map(({ type, detail }) => [type, detail]), [
      ["ic-ready", {}],
      ["ic-sign-in", { organizationId: ORGANIZATION }],
      ["ic-card-created", card],
      ["ic-card-updated", card],
      ["ic-card-finalized", card],
      ["ic-sign-out", {}],
    ]);
    const errors = heard.filter(({ type }) => type === "ic-error").map(({ detail }) => detail);
    assert.deepEqual(errors.map(({ code }) => code), ["unauthorized", "server"]);
    for (const detail of errors) assert.deepEqual(Object.keys(detail).sort(), ["code", "message"]);
    assert.ok(!JSON.stringify(heard).includes("wrong-password-1"), "no password, not even a wrong one");
    assert.ok(!JSON.stringify(heard).includes("Zoë"), "nothing that was typed");
  });
});

scenes("tokens of the page", () => {
  scene("mode=request with a token: one card, and nothing else", withToken, async ({ open, page, person, given, events, sandbox }) => {
    await given({ token: TOKEN });
    await open("host.html", { mode: "request", "template-id": "5802" });
    await person.sees(person.field("Company"));
    for (const way of ["sign-in", "sign-out", "save-draft", "open-cart", "open-cards", "open-account"]) {
      assert.equal(await person.action(way).count(), 0, way);
    }
    await person.enter(PASS);
    await person.preview(PASS);
    const number = await person.finalize();
    assert.deepEqual((await sandbox.cards()).map(({ id, finalized }) => [id, finalized]), [[number, true]]);
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 0);
    assert.ok((await names(events)).includes("ic-card-finalized"));
    assert.equal(await page.evaluate(() => document.getElementById("card").token), TOKEN, "the property says what was set");
  });

  scene("a token that is set later, and taken away", withToken, async ({ open, person, events }) => {
    await open("host.html", { mode: "request" });
    await person.sees(person.alert("This page has not given you access yet."));
    await person.host.evaluate((host, token) => { host.token = token; }, TOKEN);
    await person.choose(PASS.name);
    await person.fill({ Company: "Brightwater" });
    await person.host.evaluate((host) => { host.token = null; });
    await person.sees(person.alert("This page has not given you access yet."));
    assert.deepEqual(await names(events), ["ic-ready", "ic-sign-in", "ic-sign-out"]);
  });

  scene("a token that is refused, without a provider", { ...withToken, network }, async ({ open, person, given, sandbox }) => {
    await given({ token: TOKEN });
    await open("host.html", { mode: "request", "template-id": "5802" });
    await person.enter(PASS);
    await sandbox.expireTokens();
    await person.button("Preview card").click();
    await person.sees(person.alert("The server does not accept your sign-in any more."));
    await person.standsThere(PASS.texts);
    assert.equal(await person.dialog.count(), 0, "no sign-in form: these are not staff");
  });

  scene("a provider: asked when there is no token, and once for all calls that were refused", { wide: true, network }, async (stage) => {
    const { open, person, sandbox } = stage;
    const calls = await tokenService(stage);
    await open("host.html", { mode: "request" });
    await person.sees(person.button(BADGE.name));
    assert.equal(calls.length, 1);
    await sandbox.expireTokens();
    await sandbox.faults({ latency_ms: 1500 });
    await person.choose(BADGE.name);
    await person.host.getByRole("navigation").getByRole("button", { name: "Template" }).click();
    await person.choose(PASS.name);
    // Two forms were refused before this one's fields are there.
    await person.sees(person.field("Company"));
    assert.equal(calls.length, 2);
    await sandbox.heal();
    await person.enter(PASS);
    await sandbox.expireTokens();
    await person.preview(PASS);
    await person.finalize();
    assert.equal(calls.length, 3);
    const fields = (await sandbox.requests(FIELDS)).map(({ status }) => status);
    assert.deepEqual(fields.sort(), [200, 200, 401, 401]);
    assert.equal(await person.dialog.count(), 0);
  });

  scene("a provider that fails, or whose tokens are refused: said, with a way on", { network }, async (stage) => {
    const { open, person } = stage;
    const calls = await tokenService(stage, (token, call) => {
      if (call === 1) throw new Error("the site's own trouble");
      return call === 2 ? "not-a-token" : token;
    });
    await open("host.html", { mode: "request", "template-id": "5802" });
    await person.sees(person.alert("This page has not given you access yet."));
    assert.equal(calls.length, 1);
    // The next one is refused. A provider that gives nothing better is not asked without end.
    const answered = stage.page.waitForResponse((response) => response.status() === 401);
    await person.button("Try again").click();
    await answered;
    await person.sees(person.alert("The server does not accept your sign-in any more."));
    assert.equal(calls.length, 2);
    await person.button("Try again").click();
    await person.sees(person.field("Company"));
    assert.equal(calls.length, 3);
  });
});

scenes("properties and methods", () => {
  scene("set before the module is loaded", withToken, async ({ open, page, person, given }) => {
    await given({ token: TOKEN, prefill: { COMPANY: "Nordlicht GmbH" } });
    await open("late.html", { mode: "request", "template-id": "5802" });
    assert.equal(await page.evaluate(() => document.getElementById("card").shadowRoot), null, "not defined yet");
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.type = "module";
      script.src = "/pkg/instant-card.js";
      document.head.append(script);
    });
    await person.sees(person.field("Company"));
    await person.standsThere({ Company: "Nordlicht GmbH" });
    const own = await page.evaluate(() => Object.getOwnPropertyNames(document.getElementById("card")));
    assert.deepEqual(own, [], "no property hides the element's own");
  });

  scene("prefill fills what is empty, and nothing else", withToken, async ({ open, person, given, sandbox }) => {
    await given({ token: TOKEN, prefill: { FULL_NAME: "Ana Núñez", VALID_UNTIL: 2027, NOBODY: "x", HOST: null } });
    await open("host.html", { mode: "request", "template-id": "5802" });
    await person.standsThere({ "Full name": "Ana Núñez", Company: "", Host: "", "Valid until": "2027" });
    await person.fill({ Host: "Typed" });
    await person.fill({ "Full name": "Ana N." });
    await person.host.evaluate((host) => { host.prefill = { FULL_NAME: "Other", HOST: "Other", COMPANY: "Late Ltd." }; });
    await person.standsThere({ "Full name": "Ana N.", Host: "Typed" });
    await person.preview({ ...PASS, data: {} });
    const [data] = await sandbox.sentData(CREATE);
    const sent = Object.fromEntries(data.map(({ token, value }) => [token, value]));
    assert.deepEqual(sent, { FULL_NAME: "Ana N.", COMPANY: "Late Ltd.", HOST: "Typed", VALID_UNTIL: "2027" });
  });

  scene("reset() drops the card, not the person", {}, async ({ open, person, sandbox }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    await person.host.evaluate((host) => host.reset());
    await person.choose(BADGE.name);
    await person.standsThere({ "Full name": "", "Job title": "" });
    assert.equal(await person.picture("Photo").getByRole("img").count(), 0);
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 1);
  });

  scene("signOut() drops both", {}, async ({ open, person, sandbox, events }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await person.host.evaluate((host) => host.signOut());
    await person.sees(person.screen("sign-in"));
    await person.signIn();
    await person.choose(PASS.name);
    await person.standsThere({ "Full name": "", Company: "" });
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 2);
    assert.deepEqual(await names(events), ["ic-ready", "ic-sign-in", "ic-sign-out", "ic-sign-in"]);
  });
});

scenes("attributes that change while a person types", () => {
  scene("lang: other words, the same card", {}, async ({ open, person, page, sandbox }) => {
    const spanish = new Person(page, "es");
    await open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    await set(person, "lang", "es");
    await spanish.sees(spanish.button(spanish.words.preview));
    await spanish.standsThere(BADGE.texts);
    await spanish.loaded(spanish.picture("Photo").getByRole("img"));

    // On the photo's screen the frame stays where it was put.
    await spanish.button("Ajustar").click();
    const frame = spanish.host.getByRole("application");
    await frame.focus();
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowLeft");
    const before = await frame.boundingBox();
    await set(person, "lang", "en-GB");
    await person.sees(person.button(person.words.usePhoto));
    assert.deepEqual(await frame.boundingBox(), before);
    await person.button(person.words.usePhoto).click();

    await person.preview(BADGE);
    await set(person, "lang", "es-MX");
    await spanish.looksAtPreview(BADGE);
    await spanish.finalize();
    assert.equal((await sandbox.cards()).length, 1);
  });

  scene("an unknown language is English", {}, async ({ open, person }) => {
    await open("host.html", { lang: "tlh" });
    await person.sees(person.button("Sign in"));
  });

  scene("the portal speaks the browser's language, a host page's element the page's", { page: { locale: "es-MX" } }, async ({ open, person, page }) => {
    const spanish = new Person(page, "es");
    await open();
    await spanish.sees(spanish.button("Iniciar sesión"));
    await open("host.html");
    await person.sees(person.button("Sign in"));
    await set(person, "lang", "");
    await spanish.sees(spanish.button("Iniciar sesión"));
  });

  scene("the sign-in form keeps what is typed", {}, async ({ open, person, page }) => {
    const spanish = new Person(page, "es");
    await open("host.html");
    await person.field("Email").fill(EMAIL);
    await person.host.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await set(person, "lang", "es");
    await spanish.button("Iniciar sesión").click();
    await spanish.sees(spanish.button(PASS.name));
  });

  scene("theme", {}, async ({ open, page, person }) => {
    await open("host.html");
    await person.sees(person.field("Email"));
    const turns = (shade) => page.waitForFunction((shade) => {
      const title = document.querySelector("instant-card").shadowRoot.querySelector("h1");
      return (getComputedStyle(title).color.match(/\d+/)[0] > 128) === (shade === "dark");
    }, shade);
    await turns("light");
    await set(person, "theme", "dark");
    await turns("dark");
    await page.emulateMedia({ colorScheme: "dark" });
    await set(person, "theme", "light");
    await turns("light");
    await set(person, "theme", "auto");
    await turns("dark");
  });

  scene("template-id: each template keeps its own card", {}, async ({ open, person, sandbox }) => {
    await open("host.html", { "template-id": "5801" });
    await person.signIn();
    await person.enter(BADGE);
    await set(person, "template-id", "5802");
    await person.enter(PASS);
    await set(person, "template-id", "5801");
    await person.sees(person.field("Job title"));
    await person.standsThere(BADGE.texts);
    await person.loaded(person.picture("Photo").getByRole("img"));
    await person.preview(BADGE);
    await set(person, "template-id", "5802");
    await person.sees(person.field("Company"));
    await person.standsThere(PASS.texts);
    await person.preview(PASS);
    await person.finalize();
    assert.deepEqual((await sandbox.cards()).map(({ finalized }) => finalized), [false, true]);
  });

  scene("api-base: the card is made there, and the token stays here", {}, async ({ open, person, newSandbox, sandbox }) => {
    const other = await newSandbox();
    await open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    await person.button("Save draft").click();
    await person.sees(person.host.getByText("Draft saved."));
    await set(person, "api-base", other.api);
    await person.sees(person.screen("sign-in"));
    await person.signIn();
    await person.sees(person.screen("card-form"));
    await person.standsThere(BADGE.texts);
    await person.loaded(person.picture("Photo").getByRole("img"));
    await person.preview(BADGE);
    await person.finalize();
    const [first] = await other.requests();
    assert.deepEqual([first.path, first.had_auth], ["/api/v2/authenticate", false]);
    assert.ok((await other.requests()).every(({ status }) => status === 200), "never a token of another server");
    assert.deepEqual([(await sandbox.cards()).map(({ finalized }) => finalized), (await other.cards()).map(({ data }) => data.FULL_NAME)],
      [[false], [BADGE.data.FULL_NAME]]);
  });
});

scenes("in and out of the page", () => {
  scene("a move keeps everything", {}, async ({ open, person, events, sandbox }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    const move = (to) => person.host.evaluate((host, to) => document.getElementById(to).append(host), to);
    await move("other-place");
    await person.standsThere(BADGE.texts);
    await person.loaded(person.picture("Photo").getByRole("img"));
    // Also while a call is under way.
    await sandbox.faults({ preview_delay_ms: 700 });
    await person.button("Preview card").click();
    await person.sees(person.button("Stop waiting"));
    await move("place");
    await person.looksAtPreview(BADGE);
    await person.finalize();
    assert.equal((await names(events)).filter((name) => name === "ic-ready").length, 1);
  });

  scene("taken out: nothing is left, and calls are given up; put back: begins anew", { expected: [/net::ERR_(ABORTED|FILE_NOT_FOUND)/] }, async ({ open, page, person, sandbox }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await person.preview(PASS);
    const face = await person.screen("preview").locator("img").getAttribute("src");
    await sandbox.faults({ preview_delay_ms: 60_000 });
    await person.edit();
    await person.fill({ Host: "Priya" });
    await person.button("Preview card").click();
    await person.sees(person.button("Stop waiting"));

    const gone = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/preview"));
    const element = await person.host.elementHandle();
    await element.evaluate((host) => host.remove());
    assert.equal((await gone).failure().errorText, "net::ERR_ABORTED");
    await page.waitForFunction((host) => host.shadowRoot.childNodes.length === 0, element);
    // An image that was shown a moment ago may still ask for it; then it is let go of.
    await page.waitForFunction((url) => new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(false);
      image.onerror = () => resolve(true);
      image.src = url;
    }), face, { polling: 200 });

    await sandbox.heal();
    await element.evaluate((host) => document.getElementById("place").append(host));
    await person.makes(PASS);
    await element.evaluate((host) => host.remove());
    await page.waitForFunction((host) => host.shadowRoot.childNodes.length === 0, element);
  });

  scene("taken out while the module still loads", {}, async ({ open, page, person }) => {
    await open("host.html");
    await page.evaluate(async () => {
      for (let round = 0; round < 20; round += 1) {
        const element = document.createElement("instant-card");
        element.setAttribute("api-base", "/api/v2/");
        document.body.append(element);
        if (round % 2) await null;
        element.remove();
      }
    });
    await person.makes(PASS);
    assert.equal(await page.locator("instant-card").count(), 1);
  });

  scene("two on one page are strangers", { network }, async ({ open, page, events, sandbox }) => {
    const first = new Person(page, "en", "#first");
    const second = new Person(page, "es", "#second");
    await open("two.html");
    await second.sees(second.screen("sign-in"));
    await first.signIn();
    await first.enter(PASS);
    await second.sees(second.screen("sign-in"), second.button("Iniciar sesión"));
    await second.signIn();
    await second.enter(BADGE);
    await first.standsThere(PASS.texts);
    await second.standsThere(BADGE.texts);

    await first.host.evaluate((host) => host.signOut());
    await first.sees(first.screen("sign-in"));
    await second.preview(BADGE);
    const number = await second.finalize();

    await first.host.evaluate((host) => host.remove());
    await second.button("Hacer otra tarjeta").click();
    await second.fill({ "Full name": "Łukasz" });
    const heard = await events();
    assert.deepEqual(heard.filter(({ detail }) => detail.cardId).map(({ type, target, detail }) => [type, target, detail.cardId]),
      [["ic-card-created", "second", number], ["ic-card-finalized", "second", number]]);
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 2);
  });
});

/** How everything inside looks, but for what a page may choose: the font's family. */
function looks(person) {
  return person.host.evaluate((host) => {
    const properties = [
      "display", "visibility", "opacity", "pointer-events", "color", "background-color", "font-size", "font-style",
      "font-weight", "line-height", "letter-spacing", "word-spacing", "text-transform", "text-align", "text-indent",
      "text-shadow", "white-space", "cursor", "padding-left", "border-top-width", "border-top-color", "list-style-type",
      "hyphens",
    ];
    return [...host.shadowRoot.querySelectorAll("*")].map((element) => {
      const style = getComputedStyle(element);
      const name = `${element.localName}.${[...element.classList].join(".")}`;
      return [name, ...properties.map((property) => `${property}: ${style.getPropertyValue(property)}`)];
    });
  });
}

scenes("a page of its own mind", () => {
  for (const [about, sheet] of [["rules that hit everything", "hostile.css"], ["what would be inherited", "inherited.css"]]) {
    scene(`styles do not leak in: ${about}`, { wide: sheet === "inherited.css" }, async ({ open, page, person }) => {
      await open("host.html");
      await person.signIn();
      await person.choose(BADGE.name);
      await person.fill(BADGE.texts);
      // What is under the mouse looks different, and the page moves under it.
      await page.mouse.move(0, 0);
      const before = await looks(person);
      await page.evaluate((sheet) => new Promise((resolve) => {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = sheet;
        link.onload = resolve;
        document.head.append(link);
      }), sheet);
      const after = await looks(person);
      const changes = new Set();
      after.forEach(([name, ...values], at) => values.forEach((value, which) => {
        // A page's style may leave the element wider or narrower, and the sketch of the card grows with it.
        const [was, is] = [before[at][which + 1], value].map((text) => parseFloat(text.split(": ")[1]));
        if (/^padding/.test(value) && Math.abs(was - is) < 2) return;
        if (value !== before[at][which + 1]) changes.add(`${before[at][which + 1]} -> ${value.split(": ")[1]}`);
      }));
      assert.deepEqual([...changes], [], "nothing inside looks different");
      await person.addPhoto("Photo");
      await person.preview(BADGE);
      await person.finalize();
    });
  }

  scene("ours do not leak out", {}, async ({ open, page, person }) => {
    const outside = () => page.evaluate(() => [
      document.styleSheets.length, document.adoptedStyleSheets.length,
      document.head.children.length, document.body.children.length,
      ...["h1", "#outside", "body"].map((selector) => {
        const { color, font, margin, padding, display } = getComputedStyle(document.querySelector(selector));
        return JSON.stringify({ color, font, margin, padding, display });
      }),
    ]);
    await open("late.html");
    const before = await outside();
    await page.evaluate(() => import("/pkg/instant-card.js"));
    await person.makes(PASS);
    assert.deepEqual(await outside(), before);
  });

  const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    + "img-src 'self' blob: data:; require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'";
  for (const [about, path] of [["the portal", ""], ["a page that embeds it", "host.html"]]) {
    scene(`a strict policy with trusted types: ${about}`, { wide: path !== "", sandbox: ["--csp", strict] }, async ({ open, page, person }) => {
      await open(path);
      await person.makes(BADGE);
      const markup = await page.evaluate(() => {
        const host = document.querySelector("instant-card");
        return document.documentElement.outerHTML + host.shadowRoot.innerHTML;
      });
      assert.ok(!markup.includes(PASSWORD) && !/sandbox\.[0-9a-f]{32}|\/9j\//.test(markup), "no secret in the markup either");
    });
  }
});
