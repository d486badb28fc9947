// Staff at a kiosk: the way in that no stranger finds, what they see, and the way out of kiosk mode.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { TAPPED_ANEW, begins, lobby, seconds, touch, withToken } from "./support/lobby.mjs";
import { scene, scenes } from "./support/scene.mjs";

const TWO_CAMERAS = ["--use-fake-device-for-media-stream=device-count=2", "--use-fake-ui-for-media-stream"];
const at = (width, height, more = {}) => ({ ...withToken, page: { viewport: { width, height }, hasTouch: true, ...more } });

/** Holds the corner of the attract screen for so many seconds. */
async function holds({ page, person }, count) {
  const corner = person.host.locator(".attract-corner");
  await corner.dispatchEvent("pointerdown", { isPrimary: true, button: 0 });
  await seconds(page, count);
  if (await corner.count()) await corner.dispatchEvent("pointerup");
}

/** Presses the keys for it, once there is anybody to hear of it. */
async function chord({ page, person }, place = person.action("start")) {
  await place.waitFor();
  await page.keyboard.press("Control+Alt+Shift+KeyS");
}

async function types({ person }, text) {
  for (const letter of text) await person.host.locator(`.keyboard [data-key=${JSON.stringify(letter)}]:visible`).first().tap();
}

async function signsIn({ person }, password = PASSWORD) {
  await person.screen("staff").waitFor();
  await person.enterCredentials(password, person.screen("staff"));
}

const fact = ({ person }, name) => person.screen("staff").locator("dt", { hasText: name }).locator("xpath=following-sibling::dd[1]").innerText();

/** The names of the cameras that the page has got, one after the other: their ids are others after a reload. */
const used = (page) => page.addInitScript(() => {
  window.used = [];
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.used.push(stream.getVideoTracks()[0].label);
    return stream;
  };
});

scenes("staff at a kiosk", () => {
  scene("by touch alone: in by the corner, how it goes, and the camera that is used from then on", { ...touch, browser: TWO_CAMERAS, expected: [TAPPED_ANEW] }, async (stage) => {
    const { page, person } = stage;
    await used(page);
    await lobby(stage, { keyboard: "on", "idle-timeout": "20" });
    await holds(stage, 2);
    assert.equal(await person.screen("staff").count(), 0, "not by accident");
    await begins(stage);
    await person.button("Start over").tap();
    await person.button("Delete everything").tap();
    await person.screen("attract").waitFor();

    await holds(stage, 3);
    await person.screen("staff").waitFor();
    await person.field("Email").tap();
    await isAccessible(page);
    await types(stage, EMAIL);
    await person.host.locator('.keyboard [data-key="next"]').tap();
    await person.focuses(person.screen("staff").locator("[name=password]"));
    await types(stage, PASSWORD);
    await person.host.locator('.keyboard [data-key="next"]').tap();
    await person.sees(person.host.getByRole("heading", { name: "This kiosk" }));
    const built = await page.evaluate(() => customElements.get("instant-card").version);
    assert.ok((await fact(stage, "Version")).endsWith(`(${built})`) && built.length > 5);
    assert.match(await fact(stage, "Server"), /^http:\/\/.*\/api\/v2\/$/);
    assert.equal(await fact(stage, "Asks whether"), "20 seconds");
    assert.deepEqual([await fact(stage, "Cards finished"), await fact(stage, "Begun and left")], ["0", "1"]);

    await person.button("Test the camera").tap();
    const picture = person.screen("staff").locator("video");
    await person.sees(picture);
    const list = person.host.getByRole("combobox", { name: "Camera" });
    await page.waitForFunction(() => document.querySelector("instant-card").shadowRoot.querySelectorAll("#staff-camera option").length === 3);
    await isAccessible(page);
    const [, first, second] = await list.locator("option").allInnerTexts();
    await list.selectOption({ label: second });
    await person.sees(person.host.getByText("This camera is used from now on"));
    await page.waitForFunction((name) => window.used.at(-1) === name, second);
    await person.sees(picture);
    const kept = await page.evaluate(() => ({ ...localStorage }));
    assert.deepEqual(Object.keys(kept), ["instant-card-camera"]);
    assert.equal(kept["instant-card-camera"].split("\n")[1], second);
    await person.button("Close").tap();
    await person.screen("attract").waitFor();

    // Whoever comes next begins with it, after a restart too; and with another one where it is gone.
    const photographs = async () => {
      await person.action("start").tap();
      await person.button(BADGE.name).tap();
      await person.action("take-photo").tap();
      await person.sees(person.host.locator('[data-action="shutter"]:not([aria-disabled])'));
      return page.evaluate(() => window.used);
    };
    await page.reload();
    assert.deepEqual(await photographs(), [second]);
    for (const [device, camera] of [[`gone\n${second}`, second], ["gone\nUSB", first]]) {
      await page.evaluate((device) => localStorage.setItem("instant-card-camera", device), device);
      await page.reload();
      assert.deepEqual(await photographs(), [camera], device);
    }
    await page.evaluate(() => localStorage.clear());
  });

  scene("by keys: who is mistaken waits, a minute ends it, and kiosk mode is left and begun again", { ...at(1280, 800), network: true, wide: true }, async (stage) => {
    const { events, page, person } = stage;
    await page.addInitScript(() => addEventListener("ic-kiosk-left", ({ target }) => { window.left = target.id; }));
    await lobby(stage);
    await chord(stage);
    for (let times = 0; times < 3; times += 1) {
      await signsIn(stage, "wrong");
      await person.sees(person.alert("do not match an account"));
      await page.waitForFunction(() => !document.querySelector("instant-card").shadowRoot.querySelector("[data-action=sign-in]").textContent.includes("…"));
    }
    await person.sees(person.host.getByText(/^Too many tries\. You can try again in \d+ seconds\.$/));
    await isAccessible(page);
    await seconds(page, 31);
    await signsIn(stage);
    await person.sees(person.host.getByRole("heading", { name: "This kiosk" }));
    await seconds(page, 61);
    await person.screen("attract").waitFor();

    await chord(stage);
    await signsIn(stage);
    await person.button("Leave kiosk mode").tap();
    await person.sees(person.host.getByRole("heading", { name: "Kiosk mode is off" }));
    assert.equal(await page.evaluate(() => window.left), "card");
    await isAccessible(page);
    const isRefused = () => person.host.locator("h1").evaluate((title) => !title.dispatchEvent(new Event("contextmenu", { bubbles: true, composed: true, cancelable: true })));
    assert.equal(await isRefused(), false, "the lock has let go");
    assert.equal(await page.evaluate(() => document.documentElement.getAttribute("style") || null), null);
    await person.button("Start kiosk mode").tap();
    await person.screen("attract").waitFor();
    assert.equal(await isRefused(), true);
    await begins(stage, PASS.texts);
    await chord(stage, person.screen("card-form"));
    assert.equal(await person.screen("staff").count(), 0, "nobody is called over a card in work");
    assert.ok(!(await events()).some(({ type }) => type === "ic-sign-out"), "the kiosk has been signed in all the time");
  });

  scene("in Spanish, on a narrow dark screen", { ...at(320, 640, { colorScheme: "dark" }), lang: "es", wide: true }, async (stage) => {
    const { page, person } = stage;
    await lobby(stage, { lang: "es", keyboard: "on" });
    await chord(stage);
    await person.field("Correo electrónico").tap();
    await isAccessible(page);
    await signsIn(stage);
    await person.sees(person.host.getByRole("heading", { name: "Este puesto" }));
    await isAccessible(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
    await person.button("Salir del modo puesto").tap();
    await person.button("Iniciar el modo puesto").waitFor();
    await isAccessible(page);
  });
});
