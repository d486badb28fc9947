// The element in a lobby: a stranger stands before it, and nothing of it leads out of the widget.

import assert from "node:assert/strict";
import { BADGE, PASS, STUDENT } from "./support/journey.mjs";
import { TOKEN, begins, camera, isAsNew, lobby, seconds, touch, withToken } from "./support/lobby.mjs";
import { CREATE, FINALIZE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

/** A draft, deleted. */
const DELETE = /^DELETE \S+\/cards\/\d+$/;

/** Opens the student's form at a kiosk; `dialogs` gets every file dialog that opens. */
async function toForm({ given, open, page, person }, attributes = {}) {
  await given({ token: TOKEN });
  await open("host.html", { mode: "kiosk", ...attributes });
  const dialogs = [];
  page.on("filechooser", (dialog) => dialogs.push(dialog));
  await person.action("start").click();
  await person.choose(STUDENT.name);
  return dialogs;
}

/** Drops a file on `target`; gives whether the browser would open it. */
const dropOn = (target) => target.evaluate((target) => {
  const data = new DataTransfer();
  data.items.add(new File(["photo"], "photo.jpg", { type: "image/jpeg" }));
  const about = { bubbles: true, composed: true, cancelable: true, dataTransfer: data };
  return ["dragenter", "dragover", "drop"].map((step) => target.dispatchEvent(new DragEvent(step, about))).pop();
});

const pasteInto = (target) => target.evaluate((target) => {
  const data = new DataTransfer();
  data.items.add(new File(["photo"], "photo.jpg", { type: "image/jpeg" }));
  target.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, composed: true, cancelable: true, clipboardData: data }));
});

scenes("a kiosk has no file dialog", () => {
  scene("photo and signature: camera and pad are the only ways", { ...withToken, browser: camera }, async (stage) => {
    const { page, person } = stage;
    const dialogs = await toForm(stage);
    for (const label of ["Photo", "Signature"]) {
      const field = person.picture(label);
      assert.equal(await field.locator('[data-action="choose-file"]').count(), 0, `${label}: no button`);
      assert.ok(!(await field.innerText()).includes("drop it here"), `${label}: no word of files`);
      assert.equal(await dropOn(field), false, `${label}: a dropped file is not opened by the browser`);
      await pasteInto(field);
    }
    assert.equal(await dropOn(person.screen("card-form")), false, "beside a field neither");
    await person.action("take-photo").click();
    await person.sees(person.host.locator('[data-action="shutter"]:not([aria-disabled])'));
    assert.equal(await person.host.locator('input[type="file"], [data-action="choose-file"]').count(), 0, "the camera's screen");
    await person.button("Cancel").click();
    await person.button("Sign here").click();
    await person.screen("signature").waitFor();
    assert.equal(await person.host.locator('input[type="file"], [data-action="choose-file"]').count(), 0, "the pad's screen");
    await person.button("Cancel").click();
    await person.screen("card-form").waitFor();
    assert.equal(await person.host.locator('input[type="file"]').count(), 0, "the form");
    assert.equal(await page.evaluate(() => location.pathname.endsWith("host.html")), true);
    assert.equal(dialogs.length, 0);
  });

  scene("no camera: words for the staff, and the page hears of it", { ...withToken, browser: ["--use-fake-ui-for-media-stream"] }, async (stage) => {
    const { events, person } = stage;
    const dialogs = await toForm(stage);
    await person.action("take-photo").click();
    const said = person.alert("No camera was found.");
    await person.sees(said);
    const text = await said.innerText();
    assert.ok(text.includes("Please ask the staff for help."), text);
    assert.ok(!/file/i.test(await person.screen("photo").innerText()), "no word of files");
    assert.equal(await person.host.locator('input[type="file"], [data-action="choose-file"]').count(), 0);
    assert.ok((await events()).some(({ type, detail }) => type === "ic-error" && detail.code === "camera-missing"));
    assert.equal(dialogs.length, 0);
  });

  scene("a browser without a way to cameras: not the system's own either", withToken, async (stage) => {
    const { page, person } = stage;
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "mediaDevices", { value: undefined }));
    const dialogs = await toForm(stage, { lang: "es" });
    await person.action("take-photo").click();
    await person.sees(person.alert("Pide ayuda al personal."));
    assert.equal(await person.host.locator('input[type="file"]').count(), 0);
    assert.equal(dialogs.length, 0);
  });
});

scenes("strangers at a kiosk", () => {
  scene("one after another makes a card by touch alone, is thanked, and leaves nothing", { ...touch, browser: camera }, async (stage) => {
    const { page, person, sandbox } = stage;
    await lobby(stage, { "template-id": "5801" });
    for (const name of ["Ana Luz", "Bo Chen"]) {
      const texts = { ...BADGE.texts, "Full name": name };
      await person.action("start").tap();
      await person.sees(person.field("Full name"));
      assert.equal(await person.field("Full name").inputValue(), "");
      await person.fill(texts);
      await person.action("take-photo").tap();
      await person.host.locator('[data-action="shutter"]:not([aria-disabled])').tap();
      await seconds(page, 4);
      await person.button("Use photo").tap();
      await person.screen("card-form").waitFor();
      await person.button("Preview card").tap();
      await person.button("Finalize card").tap();
      const number = await person.isDone();
      await person.sees(person.host.getByText(/^Thank you! This screen closes in \d+ seconds/));
      assert.equal(await person.action("new-card").count(), 0, "the next card is the next one's");
      await seconds(page, 5);
      await person.host.getByText(`Card number ${number}`).tap();
      await seconds(page, 7);
      assert.ok(await person.screen("done").isVisible(), "a touch gives more time");
      await seconds(page, 5);
      await isAsNew(stage, texts);
    }
    const made = (await sandbox.requests(CREATE)).length;
    assert.deepEqual([made, (await sandbox.requests(FINALIZE)).length, (await sandbox.requests(DELETE)).length], [2, 2, 0]);
  });

  scene("whoever goes is asked, politely and for as long as they like; then all of theirs is gone, at the server too", touch, async (stage) => {
    const { page, person, sandbox } = stage;
    await lobby(stage, { "idle-timeout": "20" });
    const before = (await sandbox.cards()).length;
    await begins(stage);
    await person.button("Preview card").tap();
    await person.sees(person.button("Finalize card"));
    const stay = person.button("I am still here");
    for (let times = 0; times < 10; times += 1) {
      await seconds(page, 21);
      await person.focuses(stay);
      if (times % 2) await page.keyboard.press("Enter");
      else await stay.tap();
      await person.dialog.waitFor({ state: "detached" });
    }
    assert.equal((await sandbox.cards()).length, before + 1);
    // Said every five seconds, not each one.
    const said = (left) => person.dialog.getByRole("status").filter({ hasText: `is deleted in ${left} seconds.` });
    await seconds(page, 21);
    await person.sees(said(15));
    await seconds(page, 5);
    await person.sees(said(10));
    await seconds(page, 15);
    await isAsNew(stage);
    await sandbox.until(({ cards }) => cards.length === before);
    await begins(stage, { "Full name": "Bo Chen" });
    assert.equal(await person.field("Company").inputValue(), "");
  });

  scene("starting over asks once", touch, async (stage) => {
    const { person, sandbox } = stage;
    await lobby(stage);
    const before = (await sandbox.cards()).length;
    await begins(stage);
    await person.button("Preview card").tap();
    await person.sees(person.button("Finalize card"));
    await person.button("Start over").tap();
    await person.button("Go on with my card").tap();
    await person.sees(person.button("Finalize card"));
    await person.button("Start over").tap();
    await person.button("Delete everything").tap();
    await isAsNew(stage);
    await sandbox.until(({ cards }) => cards.length === before);
  });

  scene("what is on its way when they go is covered until it is settled", { ...touch, network: true }, async (stage) => {
    const { page, person, sandbox } = stage;
    await lobby(stage, { "idle-timeout": "10" });
    await begins(stage);
    await person.button("Preview card").tap();
    await person.sees(person.button("Finalize card"));
    await sandbox.fault("hang", { path: "/finalize", times: 1 });
    await person.button("Finalize card").tap();
    await seconds(page, 27);
    await person.sees(person.dialog.getByText("A card is being finished."));
    assert.ok(!(await person.screen("preview").isVisible()), "nothing of theirs is to be seen");
    await seconds(page, 10);
    await isAsNew(stage);
    await sandbox.until(({ cards }) => cards.at(-1).finalized);
    assert.equal((await sandbox.requests(DELETE)).length, 0);
    assert.equal((await sandbox.requests(FINALIZE)).length, 2, "the same as once");
  });

  scene("the network goes: nobody new, the code for staff, and first of all the draft is deleted", { ...touch, network: true }, async (stage) => {
    const { events, page, person, sandbox } = stage;
    await lobby(stage, { "idle-timeout": "10" });
    const before = (await sandbox.cards()).length;
    await begins(stage);
    await person.button("Preview card").tap();
    await person.sees(person.button("Finalize card"));
    await page.route("**/api/**", (route) => route.abort());
    await person.button("Finalize card").tap();
    await person.sees(person.alert("The card server cannot be reached."));
    await person.sees(person.host.getByText("it is tried again by itself", { exact: false }));
    await person.button("Edit card").tap();
    await person.standsThere(PASS.texts);
    await seconds(page, 40);
    await isAsNew(stage);
    await person.sees(person.host.getByRole("heading", { name: "Back soon" }), person.host.getByText("unreachable"));
    assert.equal(await person.action("start").count(), 0);
    await page.unroute("**/api/**");
    await seconds(page, 31);
    await person.action("start").waitFor();
    assert.ok((await events()).some(({ type, detail }) => type === "ic-error" && detail.code === "unreachable"));
    const cards = await sandbox.cards();
    assert.ok(cards.length === before || cards.at(-1).finalized, "deleted, or finalized as they wanted");
  });

  scene("without a token it is closed, and opens with one", { ...touch, network: true }, async (stage) => {
    const { page, person } = stage;
    await lobby(stage, { lang: "es" }, null);
    await person.sees(person.host.getByRole("heading", { name: "Volvemos enseguida" }), person.host.getByText("unauthorized"));
    await page.locator("instant-card").evaluate((host, token) => { host.token = token; }, TOKEN);
    await person.button("Toca para empezar").tap();
    await person.screen("templates").waitFor();
  });
});

scenes("a kiosk is locked", () => {
  scene("menus, selections, copies, keys, links and Back lead nowhere, and what is typed is nobody's suggestion", touch, async (stage) => {
    const { page, person } = stage;
    await lobby(stage);
    const asked = await page.evaluate(() => {
      window.asked = [];
      Element.prototype.requestFullscreen = async function full() { window.asked.push("fullscreen"); };
      navigator.wakeLock.request = async (kind) => { window.asked.push(kind); return { released: false }; };
      return window.asked;
    });
    assert.deepEqual(asked, []);
    await begins(stage);
    assert.deepEqual(await page.evaluate(() => window.asked), ["fullscreen", "screen"]);
    const name = person.field("Full name");
    await name.focus();
    assert.deepEqual(
      await name.evaluate((field) => ["autocomplete", "autocorrect", "autocapitalize", "spellcheck"].map((name) => field.getAttribute(name))),
      ["off", "off", "none", "false"],
    );
    const refused = (target, kind) => target.evaluate((element, kind) => {
      const event = new Event(kind, { bubbles: true, composed: true, cancelable: true });
      return !element.dispatchEvent(event);
    }, kind);
    const title = person.host.getByRole("heading").first();
    for (const kind of ["contextmenu", "dragstart", "selectstart", "copy", "cut", "paste"]) {
      assert.ok(await refused(title, kind), kind);
    }
    assert.ok(!(await refused(name, "selectstart")), "a caret is put where one touches");
    const isRefused = (target, key) => target.evaluate((element, key) => {
      return !element.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, composed: true, cancelable: true, ...key }));
    }, key);
    const body = page.locator("body");
    for (const key of [{ key: "F5" }, { key: "r", ctrlKey: true }, { key: "p", metaKey: true }, { key: "ArrowLeft", altKey: true }]) {
      assert.ok(await isRefused(name, key) && await isRefused(body, key), JSON.stringify(key));
    }
    for (const key of [{ key: "a" }, { key: "F" }, { key: "@", ctrlKey: true, altKey: true }, { key: "Tab" }]) {
      assert.ok(!(await isRefused(name, key)), JSON.stringify(key));
    }
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => history.state?.["instant-card-kiosk"] === true);
    await page.keyboard.press("Escape");
    await person.standsThere(PASS.texts);
    const style = () => page.evaluate(() => document.documentElement.getAttribute("style"));
    assert.match(await style(), /overscroll-behavior: none/);
    await page.locator("instant-card").evaluate((host) => host.remove());
    await page.waitForFunction(() => !document.documentElement.getAttribute("style"));
  });

  scene("the page's own words stand on the first screen, and its links lead nowhere", touch, async (stage) => {
    const { page, person } = stage;
    await lobby(stage);
    await page.locator("instant-card").evaluate((host) => {
      const own = document.createElement("div");
      own.slot = "attract";
      own.innerHTML = '<h1>Harbor &amp; Sons</h1><a id="link" href="/elsewhere">About us</a>';
      const logo = document.createElement("img");
      Object.assign(logo, { slot: "logo", alt: "Harbor", src: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='900' height='300'/%3E" });
      host.append(own, logo);
    });
    await person.sees(page.getByRole("heading", { name: "Harbor & Sons" }), page.getByRole("img", { name: "Harbor" }));
    assert.ok((await page.getByRole("img", { name: "Harbor" }).boundingBox()).height <= 5 * 30, "it fits");
    assert.ok(!(await person.host.getByRole("heading", { name: "Make your ID card" }).isVisible()));
    await page.locator("#link").tap();
    await person.screen("templates").waitFor();
    assert.match(page.url(), /kiosk\.html/);
  });

  scene("on a small screen each title is in sight, however far the last one was scrolled", { ...withToken, page: { viewport: { width: 360, height: 740 }, hasTouch: true } }, async (stage) => {
    const { page, person } = stage;
    await lobby(stage, { "template-id": "5802" });
    await person.action("start").tap();
    await person.fill(PASS.texts);
    const covered = () => page.evaluate(() => {
      const root = document.querySelector("instant-card").shadowRoot;
      const [head, title] = [".kiosk-head", "h1"].map((part) => root.querySelector(part).getBoundingClientRect());
      return head.bottom - title.top;
    });
    assert.ok(await page.evaluate(() => scrollY) > 100, "the form is scrolled");
    await person.button("Preview card").tap();
    await person.sees(person.button("Finalize card"));
    assert.ok(await covered() <= 0, "the preview's title");
  });

  scene("files come back where the page wants them, and nowhere else", withToken, async (stage) => {
    const { person } = stage;
    await lobby(stage, { "file-choice": "on" });
    await person.action("start").click();
    await person.button(BADGE.name).click();
    await person.sees(person.action("choose-file"));
    await stage.page.locator("instant-card").evaluate((host) => host.setAttribute("mode", "request"));
    await person.sees(person.alert('file-choice is only for mode="kiosk".'));
  });
});

scenes("a file dropped beside its field", () => {
  scene("is not opened by the browser, and everything typed stays", {}, async ({ open, page, person }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(STUDENT.name);
    await person.fill(STUDENT.texts);
    assert.equal(await dropOn(person.field("Full name")), false);
    await person.standsThere(STUDENT.texts);
    await person.button("Sign here").click();
    assert.equal(await dropOn(person.screen("signature")), false, "on another screen neither");
    assert.equal(await dropOn(page.locator("#outside")), false, "nor beside the element");
  });
});
