// The element in a lobby: a stranger stands before it, and nothing of it leads out of the widget.

import assert from "node:assert/strict";
import { clip } from "./support/clip.mjs";
import { STUDENT } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";

const TOKEN = "site-given-token-4f1d";
const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };
const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip()}`, "--use-fake-ui-for-media-stream"];

/** Opens the student's form at a kiosk; `dialogs` gets every file dialog that opens. */
async function toForm({ given, open, page, person }, attributes = {}) {
  await given({ token: TOKEN });
  await open("host.html", { mode: "kiosk", ...attributes });
  const dialogs = [];
  page.on("filechooser", (dialog) => dialogs.push(dialog));
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
