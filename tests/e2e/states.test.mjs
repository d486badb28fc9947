// What can be wrong, each as a clear worded state with a way on.

import assert from "node:assert/strict";
import { PASSWORD } from "./support/env.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { CREATE, TEMPLATES } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

const network = true;
const field = (token, label, type = "text") => ({ token, label, type });

/** Opens the portal and the form of the badge. */
async function reachesBadge({ open, person }) {
  await open();
  await person.signIn();
  await person.choose(BADGE.name);
}

const errors = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail);

scenes("states of signing in", () => {
  scene("nothing entered", {}, async ({ open, person, sandbox }) => {
    await open();
    await person.button("Sign in").click();
    await person.sees(person.host.getByText("Enter your email address."), person.host.getByText("Enter your password."));
    await person.focuses(person.field("Email"));
    await person.field("Email").fill("api");
    await person.host.getByLabel("Password", { exact: true }).focus();
    await person.sees(person.host.getByText("Check it for a missing @."));
    assert.equal((await sandbox.requests()).length, 0);
  });

  scene("a wrong password", { network }, async ({ open, person, events }) => {
    await open();
    await person.enterCredentials("instantcard");
    await person.sees(person.alert("This email and password do not match an account."));
    assert.equal(await person.host.getByRole("link", { name: "Forgot your password?" }).getAttribute("href"), "https://online.instantcard.net");
    assert.deepEqual((await errors(events)).map(({ code }) => code), ["unauthorized"]);
    await person.host.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await person.button("Sign in").click();
    await person.sees(person.button(PASS.name));
  });

  scene("an unknown organization", { network }, async ({ open, person }) => {
    await open("host.html", { "organization-id": "999" });
    await person.enterCredentials();
    await person.sees(person.alert("The server does not know the organization 999"), person.button("Try again"));
    await person.host.evaluate((host) => host.setAttribute("organization-id", "20003827"));
    await person.sees(person.button(PASS.name));
  });

  scene("the server is down, and comes back", { network }, async ({ open, page, person, sandbox, newSandbox }) => {
    await open();
    await person.sees(person.screen("sign-in"));
    // The rest of the program comes from the same server.
    await page.waitForLoadState("networkidle");
    await sandbox.stop();
    await person.enterCredentials();
    await person.sees(person.alert("The card server cannot be reached.").getByText("Check your connection."));
    await newSandbox("--port", String(sandbox.port));
    await person.button("Sign in").click();
    await person.sees(person.button(PASS.name));
  });

  scene("the server does not allow this site (CORS)", { network }, async ({ open, person, newSandbox }) => {
    const other = await newSandbox("--no-cors");
    await open("host.html", { "api-base": other.api });
    await person.enterCredentials();
    await person.sees(person.alert("(CORS): the site's owner can set a proxy."));
    await other.faults({ cors: "on" });
    await person.button("Sign in").click();
    await person.sees(person.button(PASS.name));
  });

  scene("a page that has to give the token and does not", {}, async ({ open, person }) => {
    await open("host.html", { mode: "request" });
    await person.sees(person.alert("This page has not given you access yet."));
    assert.equal(await person.host.getByRole("textbox").count(), 0, "no sign-in form");
  });
});

scenes("states of templates", () => {
  scene("there are none yet", {}, async ({ open, person, sandbox }) => {
    await sandbox.templates([]);
    await open();
    await person.enterCredentials();
    await person.sees(person.alert("Your organization has no card templates yet."));
    await sandbox.templates([{ name: "First", fields: [] }, { name: "Second", fields: [] }]);
    await person.button("Try again").click();
    await person.sees(person.button("First"), person.button("Second"));
  });

  scene("the one that the page asks for is not there", {}, async ({ open, person }) => {
    await open("host.html", { "template-id": "4711" });
    await person.enterCredentials();
    await person.sees(person.alert("The template that this page asks for does not exist"));
    await person.host.evaluate((host) => host.setAttribute("template-id", "5802"));
    await person.sees(person.field("Company"));
  });

  scene("there is only one, without fields: no choice, and nothing to fill in", {}, async ({ open, person, sandbox }) => {
    await sandbox.templates([{ id: 7, name: "Plain", fields: [] }]);
    await open();
    await person.enterCredentials();
    await person.sees(person.host.getByText("This template has nothing to fill in"));
    await person.preview({ name: "Plain", sides: 1, portrait: false });
    const number = await person.finalize();
    const cards = await sandbox.cards();
    assert.deepEqual(cards.map(({ id, card_template_id, data, finalized }) => [id, card_template_id, data, finalized]),
      [[number, 7, {}, true]]);
  });

  scene("a field of a type that nobody knows is a text", {}, async ({ open, person, sandbox }) => {
    await sandbox.templates([{ id: 8, name: "Locker", fields: [field("CODE", "Locker code", "barcode")] }]);
    await open();
    await person.enterCredentials();
    await person.fill({ "Locker code": "A-17" });
    await person.preview({ name: "Locker", sides: 1, portrait: false });
    await person.finalize();
    const [data] = await sandbox.sentData(CREATE);
    assert.deepEqual(data.map(({ token, type, value }) => [token, type, value]), [["CODE", "barcode", "A-17"]]);
  });

  scene("markup in names, labels and the server's words is text", { network, sandbox: ["--csp", "none"] }, async ({ open, page, person, sandbox }) => {
    const bad = (mark) => `${mark} <img src=x onerror="window.broken=1"><script>window.broken=1</script><b>&amp;</b>`;
    const template = { name: bad("Template"), sides: 1, portrait: false };
    await sandbox.templates([
      { id: 9, name: template.name, fields: [field("A", bad("Label")), field(bad("TOKEN"), bad("Photo"), "image")] },
      { id: 10, name: "Other" },
    ]);
    await open();
    await person.signIn();
    await person.choose(template.name);
    await person.button("Preview card").click();
    await person.sees(person.alert(`Fill in “${bad("Label")}”.`));
    await person.fill({ [bad("Label")]: bad("Value") });
    await person.addPhoto(bad("Photo"));
    await sandbox.fault({ status: 400, body: { error: bad("Said") } }, { method: "POST", times: 1 });
    await person.button("Preview card").click();
    await person.sees(person.alert(bad("Said")));
    await person.button("Try again").click();
    await person.looksAtPreview(template);
    await person.edit();
    await person.standsThere({ [bad("Label")]: bad("Value") });
    await person.preview(template);
    await person.finalize();
    const foreign = await page.evaluate(() => {
      const root = document.querySelector("instant-card").shadowRoot;
      return [root.querySelectorAll('script, b, [onerror], img[src="x"]').length, window.broken];
    });
    assert.deepEqual(foreign, [0, undefined]);
    assert.equal((await sandbox.cards())[0].data.A, bad("Value"));
  });
});

scenes("states of photos", () => {
  const refusals = [
    ["a text that is called a photo", photos.text, "This file is not a photo. Choose a JPEG or PNG file."],
    ["a truncated JPEG", photos.truncated, "The end of this photo is missing."],
    ["an empty file", photos.empty, "This file is empty. Choose another one."],
  ];
  scene("no photo at all: said, and another one can be chosen", {}, async (stage) => {
    const { person } = stage;
    await reachesBadge(stage);
    await person.fill(BADGE.texts);
    for (const [about, photo, words] of refusals) {
      await person.chooseFile("Photo", photo);
      await person.sees(person.picture("Photo").getByRole("alert").filter({ hasText: words }));
      assert.equal(await person.screen("card-form").count(), 1, about);
      await person.standsThere(BADGE.texts);
    }
    await person.addPhoto("Photo", photos.png);
    assert.equal(await person.picture("Photo").getByRole("alert").filter({ hasText: /\S/ }).count(), 0, "the error is gone");

    // A bad file does not take away the photo there is.
    await person.chooseFile("Photo", photos.truncated);
    await person.sees(person.picture("Photo").getByRole("alert").filter({ hasText: "The end of this photo is missing." }));
    await person.loaded(person.picture("Photo").getByRole("img"));
    await person.preview(BADGE);
    await person.finalize();
  });

  scene("30 megapixels", { wide: true }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesBadge(stage);
    await person.fill(BADGE.texts);
    await person.addPhoto("Photo", photos.huge);
    await person.preview(BADGE);
    await person.finalize();
    const [{ data }] = await sandbox.cards();
    assert.equal(data.PHOTO.mime, "image/jpeg");
    assert.deepEqual([data.PHOTO.width, data.PHOTO.height], [900, 1200]);
    assert.ok(data.PHOTO.bytes < 300_000, `${data.PHOTO.bytes} bytes`);
  });
});

scenes("states of the form", () => {
  scene("10,000 characters: kept, counted, and shortened", {}, async (stage) => {
    const { open, page, person, sandbox } = stage;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    const long = "0123456789".repeat(1000);
    await page.evaluate((text) => navigator.clipboard.writeText(text), long);
    const name = person.field("Full name");
    await name.press("ControlOrMeta+a");
    await name.press("ControlOrMeta+v");
    await person.sees(person.host.getByText("10000 of 255 characters"));
    await name.press("Tab");
    const error = person.host.getByText("This text has 10000 characters, and a card holds 255. Shorten it.");
    await person.sees(error);
    assert.equal(await name.inputValue(), long);
    assert.equal(await name.getAttribute("aria-invalid"), "true");
    await person.button("Preview card").click();
    const summary = person.alert("Some fields need you");
    await person.sees(summary);
    assert.equal(await person.action("leave-empty").count(), 0, "too long is not empty");
    await person.button("Save draft").click();
    assert.equal((await sandbox.requests(CREATE)).length, 0, "nothing that the card cannot hold is sent");
    await summary.getByRole("button", { name: "This text has 10000 characters" }).click();
    await person.focuses(name);
    await name.fill(long.slice(0, 255));
    await summary.waitFor({ state: "detached" });
    await person.sees(person.host.getByText("255 of 255 characters"));
    await person.preview(PASS);
    await person.finalize();
    assert.equal((await sandbox.cards())[0].data.FULL_NAME, long.slice(0, 255));
  });

  scene("empty fields: named, reached by their links, and left empty on purpose", {}, async (stage) => {
    const { person, sandbox } = stage;
    await reachesBadge(stage);
    await person.fill({ Department: "Operations" });
    await person.button("Preview card").click();
    const summary = person.alert("Some fields need you");
    await person.sees(summary);
    assert.deepEqual(await summary.getByRole("listitem").allInnerTexts(),
      ["Fill in “Full name”.", "Fill in “Job title”.", "Fill in “Employee number”.", "Add a picture to “Photo”."]);
    await summary.getByRole("button", { name: "Fill in “Employee number”." }).click();
    await person.focuses(person.field("Employee number"));
    assert.equal(await person.field("Employee number").getAttribute("aria-invalid"), "true");
    assert.equal((await sandbox.requests(CREATE)).length, 0);
    await person.button("Leave them empty and go on").click();
    await person.looksAtPreview(BADGE);
    await person.sees(person.screen("preview").getByText("Left empty: Full name, Job title, Employee number, Photo."));
    await person.finalize();
    const [{ data }] = await sandbox.cards();
    assert.deepEqual([data.DEPARTMENT, data.FULL_NAME, data.PHOTO], ["Operations", "", undefined]);
  });
});

scenes("states of the set-up", () => {
  scene("attributes that cannot be used are named, and can be mended", {}, async ({ open, person, sandbox, events }) => {
    const wrong = [
      ["api-base", "http://cards.example.org/api/v2/", "must begin with https://"],
      ["api-base", "nowhere", "is not a web address"],
      ["proxy", "http://proxy.example.org/{url}", "must begin with https://"],
      ["mode", "lobby", "must be one of: portal, request, kiosk."],
      ["organization-id", "x", "must be a whole number above zero."],
      ["theme", "sepia", "must be one of: auto, light, dark."],
    ];
    const put = (name, value) => person.host.evaluate((host, [name, value]) => {
      if (value === undefined) host.removeAttribute(name);
      else host.setAttribute(name, value);
    }, [name, value]);
    const [first, ...others] = wrong;
    await open("host.html", { [first[0]]: first[1] });
    for (const [name, value, words] of [first, ...others]) {
      await put(name, value);
      const said = person.alert("This card form is not set up correctly");
      await person.sees(said.getByText(`${name}="${value}" ${words}`));
      const { code, message } = (await errors(events)).at(-1);
      assert.equal(code, "configuration");
      assert.ok(message.includes(`${name}="${value}"`), message);
      await put(name, name === "api-base" ? "/api/v2/" : undefined);
      await person.sees(person.field("Email"));
    }
    await put("mode", "lobby");
    await put("organization-id", "x");
    const said = person.alert("This card form is not set up correctly");
    await person.sees(said.getByRole("listitem").nth(1));
    assert.equal(await said.getByRole("listitem").count(), 2, "every one is named");
    assert.equal((await sandbox.requests()).length, 0);
  });

  const broken = [
    ["is not there", { status: 404, body: "Not found" }, "does not give its file (HTTP 404)", "load-missing"],
    ["breaks off, also the second time", "cut_after", "its file has arrived only in part", "load-part"],
  ];
  for (const [about, action, words, code] of broken) {
    scene(`the WASM file ${about}`, { network }, async ({ open, person, sandbox, events }) => {
      await sandbox.fault(action, { path: "instant-card_bg.wasm", times: code === "load-part" ? 2 : 1 });
      await open("host.html");
      await person.sees(person.alert(words));
      assert.deepEqual((await errors(events)).map((error) => error.code), [code]);
      await person.button("Try again").click();
      await person.signIn();
    });
  }

  scene("what is behind the sign-in form does not arrive", { network }, async ({ open, page, person, sandbox, events }) => {
    // Ahead of time, and once more when it is needed.
    await page.route("**/instant-card-cards.wasm", (route) => route.abort(), { times: 2 });
    const ahead = page.waitForEvent("requestfailed");
    await open("host.html");
    await ahead;
    await person.enterCredentials();
    await person.sees(person.alert("The next screen could not be loaded."));
    assert.match((await errors(events)).map((error) => error.code).join(), /^load-(network|offline)$/);
    await person.button("Sign in").click();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await person.preview(PASS);
  });

  const token = "site-given-token-77aa";
  const known = { network, sandbox: ["--token", token], secrets: [token] };
  scene("what a page with a token of its own waits for does not arrive", known, async ({ open, person, sandbox, given }) => {
    await given({ token });
    await sandbox.fault("cut_after", { path: "instant-card-cards.wasm", times: 2 });
    await open("host.html", { mode: "request" });
    await person.sees(person.alert("The next screen could not be loaded."));
    await person.button("Try again").click();
    await person.choose(PASS.name);
  });

  scene("a host that does not know the type of WASM", { expected: [/MIME type/] }, async ({ open, page, person }) => {
    await page.route("**/*.wasm", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
    });
    await open("host.html");
    await person.signIn();
  });

  scene("a host that answers a page in place of the WASM file", { network, expected: [/WebAssembly/] }, async ({ open, person, sandbox }) => {
    await sandbox.fault({ status: 200, body: "<!doctype html><title>Not found</title>" }, { path: "instant-card_bg.wasm", times: 1 });
    await open("host.html");
    await person.sees(person.alert("The card form could not be loaded"));
    await person.button("Try again").click();
    await person.sees(person.field("Email"));
  });

  const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:";
  const refused = [/WebAssembly/, /Content Security Policy/, /CSP violation: script-src wasm-eval/];
  scene("a policy that forbids WASM", { sandbox: ["--csp", policy], expected: refused }, async ({ open, person }) => {
    await open("host.html", { lang: "es" });
    await person.sees(person.alert("script-src debe permitir 'wasm-unsafe-eval'."));
  });
});

scenes("states of the server's answers", () => {
  scene("JSON that is cut off", { network }, async ({ open, person, sandbox, events }) => {
    await sandbox.fault("garbage_json", { path: "/card_templates", times: 1 });
    await open();
    await person.enterCredentials();
    await person.sees(person.alert("The server's answer could not be understood."));
    assert.deepEqual((await errors(events)).map(({ code }) => code), ["undecodable"]);
    await person.button("Try again").click();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await sandbox.fault("garbage_json", { path: "/preview", times: 1 });
    await person.button("Preview card").click();
    await person.sees(person.alert("The server's answer could not be understood."));
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);
    await person.finalize();
  });

  scene("an empty 503, again and again", { wide: true, network }, async ({ open, person, sandbox }) => {
    await sandbox.fault("empty_503");
    await open();
    await person.enterCredentials();
    await person.sees(person.alert("The server has a problem of its own right now."));
    await sandbox.fault("empty_503", { path: "/card_templates" });
    await person.button("Sign in").click();
    await person.sees(person.screen("templates"), person.alert("The server has a problem of its own right now."));
    assert.equal((await sandbox.requests(TEMPLATES)).length, 3, "a read is tried three times");
    await sandbox.heal();
    await person.button("Try again").click();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await sandbox.fault("empty_503", { method: "POST" });
    await person.button("Preview card").click();
    await person.sees(person.alert("The server has a problem of its own right now."));
    assert.equal((await sandbox.requests(CREATE)).length, 1, "what makes something is tried once");
    await person.standsThere(PASS.texts);
    await sandbox.heal();
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);
  });

  scene("a preview that is no picture", { network }, async ({ open, person, sandbox }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.enter(PASS);
    const body = { preview_available: true, front: "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", back: "" };
    await sandbox.fault({ status: 200, body }, { path: "/preview", times: 1 });
    await person.button("Preview card").click();
    await person.sees(person.alert("The server's preview is not a picture that can be shown."));
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);
  });
});
