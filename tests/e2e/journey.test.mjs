// From sign-in to a finalized card, as a person goes it, on embedded defaults.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { BADGE, PASS, STUDENT } from "./support/journey.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";
import { CREATE, FINALIZE, UPDATE } from "./support/sandbox.mjs";

const TYPO = "Zoe Muller";

/** The card at the server is what was entered, and its pictures are what printing needs. */
async function isAtServer(sandbox, number, template, ratios = {}) {
  const cards = await sandbox.cards();
  const card = cards.find(({ id }) => id === number);
  assert.ok(card, `card ${number} exists`);
  assert.equal(card.finalized, true);
  for (const [token, text] of Object.entries(template.data)) assert.equal(card.data[token], text, token);
  for (const [token, ratio] of Object.entries(ratios)) {
    const picture = card.data[token];
    assert.equal(picture.mime, "image/jpeg", token);
    assert.ok(Math.abs(picture.width / picture.height / ratio - 1) < 0.01, `${picture.width} x ${picture.height}`);
    assert.ok(Math.max(picture.width, picture.height) <= 1200, `${picture.width} x ${picture.height}`);
  }
  return card;
}

/** No part of the page stands out to the side. */
async function fits(person) {
  const [wide, room] = await person.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  assert.ok(wide <= room, `the page is ${wide} px wide in ${room} px`);
}

scenes("the journey", () => {
  // Every pair of language, width and colour scheme.
  for (const [lang, width, colorScheme, wide] of [
    ["en", 1280, "light"], ["es", 360, "dark", true], ["en", 360, "dark", true], ["es", 1280, "dark", true], ["es", 360, "light", true],
  ]) {
    const page = { viewport: { width, height: width < 500 ? 740 : 860 }, colorScheme, reducedMotion: "no-preference" };
    scene(`in ${lang}, ${width} px, ${colorScheme}: a badge with a typo`, { wide, lang, page }, async ({ open, person, sandbox }) => {
      await (lang === "en" ? open() : open("host.html", { lang }));
      await person.sees(person.screen("sign-in"));
      await fits(person);
      await person.signIn();
      await person.sees(person.button(BADGE.name), person.button(STUDENT.name));
      await fits(person);
      await person.choose(BADGE.name);
      await person.enter({ ...BADGE, texts: { ...BADGE.texts, "Full name": TYPO } });
      await fits(person);
      await person.preview(BADGE);
      await fits(person);

      await person.edit();
      await person.standsThere({ ...BADGE.texts, "Full name": TYPO });
      await person.loaded(person.picture("Photo").getByRole("img"));
      await person.fill({ "Full name": BADGE.texts["Full name"] });
      await person.preview(BADGE);
      const number = await person.finalize();
      await fits(person);

      await isAtServer(sandbox, number, BADGE, { PHOTO: 282 / 376 });
      const [created] = await sandbox.sentData(CREATE);
      const photo = created.find(({ token }) => token === "PHOTO");
      assert.equal(photo.value.data_prefix, false, "bare Base64");
      assert.equal(photo.value.mime, "image/jpeg");
      const updates = await sandbox.sentData(UPDATE);
      assert.deepEqual(updates.map((data) => data.map(({ token, value }) => [token, value])),
        [[["FULL_NAME", BADGE.data.FULL_NAME]]], "only what changed is sent");
      assert.equal((await sandbox.requests(FINALIZE)).length, 1);
      assert.equal((await sandbox.cards()).length, 1);

      const shade = await person.host.evaluate((host) => {
        const canvas = document.createElement("canvas").getContext("2d");
        canvas.fillStyle = getComputedStyle(host).color;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data[0];
      });
      assert.equal(shade > 128, colorScheme === "dark", "text is light on dark, dark on light");
    });
  }

  scene("a portrait card of two pictures, one dropped and cropped with the mouse, one pasted", {}, async ({ open, page, person, sandbox }) => {
    await open();
    await person.signIn();
    await person.choose(STUDENT.name);
    await person.fill(STUDENT.texts);

    await person.give("drop", "Photo", STUDENT.photos.Photo);
    const frame = person.host.getByRole("application");
    const before = await frame.boundingBox();
    await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width / 2 + 60, before.y + before.height / 2, { steps: 4 });
    await page.mouse.up();
    const after = await frame.boundingBox();
    assert.ok(Math.abs(after.x - before.x - 60) < 2, `the frame went ${after.x - before.x} px along with the mouse`);
    assert.ok(Math.abs(after.width / after.height / (320 / 400) - 1) < 0.02, "the frame has the field's ratio");
    await person.button("Use photo").click();
    await person.screen("card-form").waitFor();

    await person.give("paste", "Signature", STUDENT.photos.Signature);
    await person.button("Use photo").click();
    await person.screen("card-form").waitFor();
    await person.loaded(person.picture("Photo").getByRole("img"));
    await person.loaded(person.picture("Signature").getByRole("img"));
    await person.preview(STUDENT);
    const number = await person.finalize();
    await isAtServer(sandbox, number, STUDENT, { PHOTO: 320 / 400, SIGNATURE: 3 });
  });

  scene("a one-sided card, then another one", {}, async ({ open, person, sandbox }) => {
    await open();
    const first = await person.makes(PASS);
    await isAtServer(sandbox, first, PASS);
    await person.button("Make another card").click();
    await person.choose(PASS.name);
    await person.standsThere({ "Full name": "" });
    const other = { ...PASS, texts: { ...PASS.texts, "Full name": "Bo Li" }, data: { ...PASS.data, FULL_NAME: "Bo Li" } };
    await person.enter(other);
    await person.preview(other);
    const second = await person.finalize();
    assert.notEqual(second, first);
    await isAtServer(sandbox, second, other);
    await isAtServer(sandbox, first, PASS);
  });

  scene("wholly by keyboard", {}, async ({ open, page, person, sandbox }) => {
    const { keyboard } = page;
    await open();
    await person.tabTo(person.host.getByRole("textbox", { name: "Email" }));
    await keyboard.type(EMAIL);
    await keyboard.press("Tab");
    await keyboard.type(PASSWORD);
    await keyboard.press("Enter");

    await person.focuses(person.host.getByRole("heading", { name: "Choose a card" }));
    await person.tabTo(person.button(BADGE.name));
    await keyboard.press("Enter");

    await person.focuses(person.host.getByRole("heading", { name: "Fill in the card" }));
    for (const [label, text] of Object.entries(BADGE.texts)) {
      await person.tabTo(person.field(label));
      await keyboard.type(text);
    }
    // Long before the key: the browser may be told of it after the key otherwise.
    const chooser = page.waitForEvent("filechooser");
    await person.tabTo(person.button("Choose a photo"), "Shift+Tab");
    await keyboard.press("Enter");
    const { name, mimeType, buffer } = BADGE.photos.Photo;
    await (await chooser).setFiles({ name, mimeType, buffer });

    await person.focuses(person.host.getByRole("heading", { name: "Adjust the photo" }));
    const frame = person.host.getByRole("application", { name: "Crop frame" });
    await person.tabTo(frame);
    const whole = await frame.boundingBox();
    await keyboard.press("+");
    const zoomed = await frame.boundingBox();
    assert.ok(zoomed.width < whole.width, "the frame is smaller");
    await keyboard.press("Shift+ArrowLeft");
    const moved = await frame.boundingBox();
    assert.ok(moved.x < zoomed.x, "the frame went to the left");
    await person.tabTo(person.button("Use photo"));
    await keyboard.press("Space");

    await person.focuses(person.host.getByRole("heading", { name: "Fill in the card" }));
    await person.standsThere(BADGE.texts);
    await person.tabTo(person.button("Preview card"));
    await keyboard.press("Space");
    await person.focuses(person.host.getByRole("heading", { name: "Check the card" }));
    await person.looksAtPreview(BADGE);
    await person.tabTo(person.button("Finalize card"));
    await keyboard.press("Enter");
    await person.focuses(person.host.getByRole("heading", { name: "Your card is ready" }));
    await isAtServer(sandbox, await person.isDone(), BADGE, { PHOTO: 282 / 376 });
  });

  scene("back and forth by the step line, between two templates", {}, async ({ open, person, sandbox }) => {
    await open();
    await person.signIn();
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    const steps = person.host.getByRole("navigation", { name: "Steps" });
    await steps.getByRole("button", { name: "Template" }).click();
    await person.choose(PASS.name);
    await person.enter(PASS);
    await steps.getByRole("button", { name: "Template" }).click();
    await person.choose(BADGE.name);
    await person.standsThere(BADGE.texts);
    await person.loaded(person.picture("Photo").getByRole("img"));
    await person.preview(BADGE);
    await steps.getByRole("button", { name: "Photo" }).click();
    await person.sees(person.screen("photo"));
    await person.button("Cancel").click();
    await steps.getByRole("button", { name: "Template" }).click();
    await person.choose(PASS.name);
    await person.standsThere(PASS.texts);
    await person.preview(PASS);
    await isAtServer(sandbox, await person.finalize(), PASS);
    const cards = await sandbox.cards();
    assert.deepEqual(cards.map(({ finalized }) => finalized), [false, true]);
  });

  scene("saved as a draft, and finished later", {}, async ({ open, person, sandbox }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill({ "Full name": "Ana" });
    await person.button("Save draft").click();
    await person.sees(person.host.getByText("Draft saved."));
    const [draft] = await sandbox.cards();
    assert.deepEqual([draft.finalized, draft.data.FULL_NAME, draft.data.COMPANY], [false, "Ana", ""]);
    await person.enter(PASS);
    await person.preview(PASS);
    assert.equal(await person.finalize(), draft.id);
    await isAtServer(sandbox, draft.id, PASS);
  });

  scene("a photo that is dropped beside its field is not opened by the browser in place of the page", { browsers: BOTH, wide: ["firefox"] }, async ({ open, page, person }) => {
    await open("host.html");
    await person.signIn();
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    const left = (place) => place.evaluate((place) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["photo"], "photo.jpg", { type: "image/jpeg" }));
      const about = { bubbles: true, composed: true, cancelable: true, dataTransfer };
      return ["dragover", "drop"].filter((type) => place.dispatchEvent(new DragEvent(type, about)));
    });
    const { host } = person;
    for (const place of [host.getByRole("heading", { level: 1 }), person.field("Full name"), host, page.locator("body"), page.locator("#outside")]) {
      assert.deepEqual(await left(place), [], `nothing is left to the browser at ${place}`);
    }
    await page.evaluate(() => document.body.append(Object.assign(document.createElement("input"), { type: "file", id: "own" })));
    assert.deepEqual(await left(page.locator("#own")), ["dragover", "drop"], "the page's own field for files takes them as ever");
    await person.standsThere(BADGE.texts);
  });
});
