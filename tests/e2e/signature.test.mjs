// Signing: with the mouse, with a finger, by a typed name, and by keyboard alone.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { Person, STUDENT } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";

const NAME = "Signature";

/** Signs in, opens the student's form and goes to the pad. */
async function toPad({ open, person }) {
  await open("host.html");
  await person.signIn();
  await person.choose(STUDENT.name);
  await person.button("Sign here").click();
  await pad(person).waitFor();
}

const pad = (person) => person.host.getByRole("img", { name: "Signature pad" });

/** Where on the pad a wave goes, in shares of it. */
const WAVE = Array.from({ length: 25 }, (_, at) => [0.2 + at * 0.02, 0.5 + 0.25 * Math.sin(at / 2)]);

async function draw({ page, person }, points = WAVE) {
  const { x, y, width, height } = await pad(person).boundingBox();
  const [first, ...rest] = points.map(([left, top]) => [x + left * width, y + top * height]);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point);
  await page.mouse.up();
}

/** How the picture in `image` (an image or a canvas) is made: its size, the share of dark pixels, and where they are. */
const look = (image) => image.evaluate(async (image) => {
  await image.decode?.();
  const canvas = document.createElement("canvas");
  const [width, height] = [image.naturalWidth ?? image.width, image.naturalHeight ?? image.height];
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let dark = 0;
  let [left, right, top, bottom] = [1, 0, 1, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] > 110) continue;
    dark += 1;
    const [x, y] = [((at / 4) % width) / width, Math.floor(at / 4 / width) / height];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  return { width, height, dark: dark / (width * height), left, right, top, bottom, corner: [...data.slice(0, 3)] };
});

/** Uses what is on the pad, and looks at what the form has of it. */
async function use({ person }) {
  await person.button("Use signature").click();
  await person.screen("card-form").waitFor();
  const shown = person.picture(NAME).getByRole("img");
  await person.loaded(shown);
  return look(shown);
}

function isSignature(seen) {
  assert.deepEqual([seen.width, seen.height], [600, 200], "the field's ratio, large enough to print");
  assert.ok(seen.dark > 0.002 && seen.dark < 0.3, `ink: ${seen.dark}`);
  assert.ok(seen.corner.every((part) => part > 245), `white ground: ${seen.corner}`);
  assert.ok(Math.abs(seen.left + seen.right - 1) < 0.04 && Math.abs(seen.top + seen.bottom - 1) < 0.1, `trimmed, and in the middle: ${JSON.stringify(seen)}`);
}

scenes("the signature", () => {
  scene("with the mouse: trimmed, on white, and on the card", {}, async (stage) => {
    const { person, sandbox } = stage;
    await toPad(stage);
    await draw(stage);
    const seen = await use(stage);
    isSignature(seen);
    assert.ok(seen.right - seen.left > 0.8 || seen.bottom - seen.top > 0.8, "as large as it will go");
    await person.sees(person.button("Sign again"));
    await person.fill(STUDENT.texts);
    await person.addPhoto("Photo", STUDENT.photos.Photo);
    await person.preview(STUDENT);
    await person.finalize();
    const [card] = await sandbox.cards();
    assert.deepEqual([card.data.SIGNATURE.width, card.data.SIGNATURE.height], [600, 200]);
  });

  scene("undone, cleared, and nothing to use", {}, async (stage) => {
    const { person } = stage;
    await toPad(stage);
    await person.button("Use signature").click();
    await person.sees(person.alert("There is no signature yet."));
    await draw(stage);
    const one = await look(pad(person));
    await draw(stage, [[0.2, 0.2], [0.8, 0.3]]);
    const two = await look(pad(person));
    assert.ok(one.dark > 0 && two.dark > one.dark);
    await person.button("Undo").click();
    assert.deepEqual(await look(pad(person)), one);
    await draw(stage, [[0.5, 0.5]]);
    assert.ok((await look(pad(person))).dark > one.dark, "a dot is drawn");
    await person.button("Clear").click();
    assert.equal((await look(pad(person))).dark, 0);
    await person.button("Use signature").click();
    await person.sees(person.alert("There is no signature yet."));
  });

  scene("cancelling keeps the one there is", { wide: true }, async (stage) => {
    const { person } = stage;
    await toPad(stage);
    await draw(stage);
    const before = await use(stage);
    await person.button("Sign again").click();
    assert.equal((await look(pad(person))).dark, 0, "a fresh pad");
    await draw(stage, [[0.1, 0.1], [0.9, 0.9]]);
    await person.button("Cancel").click();
    await person.screen("card-form").waitFor();
    const shown = person.picture(NAME).getByRole("img");
    await person.loaded(shown);
    assert.deepEqual(await look(shown), before);
  });

  scene("with a finger, beside which a palm lies", { page: { hasTouch: true, viewport: { width: 390, height: 844 } }, wide: true }, async (stage) => {
    const { page, person } = stage;
    await toPad(stage);
    const devtools = await page.context().newCDPSession(page);
    const { x, y, width, height } = await pad(person).boundingBox();
    const at = ([left, top], id) => ({ x: x + left * width, y: y + top * height, id });
    const palm = at([0.9, 0.95], 2);
    const touch = (type, touchPoints) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", [at(WAVE[0], 1)]);
    await touch("touchStart", [at(WAVE[0], 1), palm]);
    for (const point of WAVE) await touch("touchMove", [at(point, 1), palm]);
    await touch("touchEnd", []);
    const seen = await look(pad(person));
    assert.ok(seen.dark > 0 && seen.right < 0.8, `the palm drew nothing: ${JSON.stringify(seen)}`);
    isSignature(await use(stage));
  });

  scene("after a pointer whose end nobody reported", { page: { hasTouch: true }, wide: true }, async (stage) => {
    const { page, person } = stage;
    await toPad(stage);
    const { x, y, width, height } = await pad(person).boundingBox();
    const to = (left, top) => page.mouse.move(x + left * width, y + top * height);
    const ink = async () => (await look(pad(person))).dark;
    // Let go of over an alert: the mouse comes back, and nothing is pressed.
    await to(0.1, 0.2);
    await page.mouse.down();
    await to(0.3, 0.2);
    const drawn = await ink();
    await page.evaluate(() => window.addEventListener("pointerup", (event) => event.stopImmediatePropagation(), { capture: true, once: true }));
    await page.mouse.up();
    await to(0.8, 0.9);
    assert.equal(await ink(), drawn, "nothing is drawn while no button is down");
    await draw(stage, [[0.1, 0.5], [0.4, 0.5]]);
    const twice = await ink();
    assert.ok(twice > drawn, "the pad is alive");
    // A finger that a gesture of the system took away: once with the loss of its capture, once without a word.
    const ended = await pad(person).evaluate((canvas) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const send = (type, pointerId, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
        bubbles: true, composed: true, cancelable: true, pointerType: "touch", isPrimary: true, buttons: 1, pressure: 0.5,
        pointerId, clientX: left + x * width, clientY: top + y * height,
      }));
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [canvas.width, canvas.height];
      const context = copy.getContext("2d", { willReadFrequently: true });
      const ink = () => {
        context.drawImage(canvas, 0, 0);
        return context.getImageData(0, 0, copy.width, copy.height).data.filter((part, at) => at % 4 === 3 && part > 0).length;
      };
      const seen = [ink()];
      send("pointerdown", 11, 0.1, 0.7);
      send("pointermove", 11, 0.3, 0.7);
      send("lostpointercapture", 11, 0.3, 0.7);
      send("pointermove", 11, 0.3, 0.95);
      seen.push(ink());
      send("pointerdown", 12, 0.5, 0.7);
      send("pointermove", 12, 0.7, 0.7);
      seen.push(ink());
      send("pointerdown", 13, 0.75, 0.3);
      send("pointermove", 13, 0.95, 0.3);
      seen.push(ink());
      return seen;
    });
    for (const [before, after] of [[0, 1], [1, 2], [2, 3]]) assert.ok(ended[after] > ended[before], `a finger draws: ${ended}`);
    isSignature(await use(stage));
  });

  scene("sharp on a screen of fine pixels", { page: { deviceScaleFactor: 2 } }, async (stage) => {
    const { person } = stage;
    await toPad(stage);
    await draw(stage);
    const { width } = await pad(person).boundingBox();
    assert.ok(Math.abs((await look(pad(person))).width - 2 * width) <= 2);
  });

  scene("a typed name, wholly by keyboard", { wide: true }, async (stage) => {
    const { page, person, open } = stage;
    await open("host.html");
    await person.signIn();
    await person.choose(STUDENT.name);
    await person.tabTo(person.button("Sign here"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await person.focuses(person.host.getByRole("heading", { name: "Sign", exact: true }));
    await person.tabTo(person.field("Or type your name"));
    await page.keyboard.type("Ivan Petrov");
    assert.ok((await look(pad(person))).dark > 0, "it is seen on the pad");
    await person.tabTo(person.button("Use signature"));
    await page.keyboard.press("Space");
    await person.focuses(person.host.getByRole("heading", { name: "Fill in the card" }));
    await person.loaded(person.picture(NAME).getByRole("img"));
    isSignature(await look(person.picture(NAME).getByRole("img")));
  });

  scene("in another language half-way, nothing is lost; drawing takes the typed name's place", { wide: true }, async (stage) => {
    const { page, person } = stage;
    await toPad(stage);
    await draw(stage);
    const drawn = await look(pad(person));
    await person.host.evaluate((host) => host.setAttribute("lang", "es"));
    const spanish = new Person(page, "es");
    await spanish.sees(spanish.host.getByRole("heading", { name: "Firma", exact: true }));
    const again = spanish.host.getByRole("img", { name: "Recuadro de firma" });
    await spanish.sees(again);
    await page.waitForFunction((canvas) => canvas.width > 300, await again.elementHandle());
    assert.deepEqual(await look(again), drawn);
    const name = spanish.field("O escribe tu nombre");
    await name.fill("Iván");
    assert.notDeepEqual(await look(again), drawn);
    const { x, y, width, height } = await again.boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    assert.equal(await name.inputValue(), "");
    await spanish.button("Usar firma").click();
    await spanish.screen("card-form").waitFor();
  });

  for (const colorScheme of ["light", "dark"]) {
    scene(`accessible: ${colorScheme}`, { wide: colorScheme === "light", page: { colorScheme, viewport: { width: 320, height: 700 } } }, async (stage) => {
      const { page, person } = stage;
      await toPad(stage);
      await draw(stage);
      await isAccessible(page);
      assert.equal(await pad(person).evaluate((canvas) => getComputedStyle(canvas.parentNode).backgroundColor), "rgb(255, 255, 255)", "paper");
    });
  }
});
