// Browsers and extensions that scramble what a page reads of a canvas, so that nobody is known by how their machine draws.

import assert from "node:assert/strict";
import { portrait, jpeg, photos } from "./support/photos.mjs";
import { STUDENT } from "./support/journey.mjs";
import { isLike } from "./support/pixels.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";

/** Scrambles what is read of a canvas; `way` says of what. The page's own tests read by what was there before. */
const scramble = (way) => {
  const stripes = (data) => data.forEach((_, at) => { data[at] = (at >> 5) % 2 ? 255 : (at * 37) % 256; });
  const { getImageData } = CanvasRenderingContext2D.prototype;
  window.readTruly = getImageData;
  if (way !== "files") {
    for (const context of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
      const read = context.prototype.getImageData;
      context.prototype.getImageData = function (...where) {
        const image = read.apply(this, where);
        stripes(image.data);
        return image;
      };
    }
  }
  const scrambled = (canvas) => {
    const other = new OffscreenCanvas(canvas.width, canvas.height);
    const context = other.getContext("2d");
    const image = new ImageData(canvas.width, canvas.height);
    stripes(image.data);
    context.putImageData(image, 0, 0);
    return other;
  };
  const { convertToBlob } = OffscreenCanvas.prototype;
  HTMLCanvasElement.prototype.toBlob = function (done, type, quality) {
    convertToBlob.call(scrambled(this), { type, quality }).then(done);
  };
  OffscreenCanvas.prototype.convertToBlob = function (options) { return convertToBlob.call(scrambled(this), options); };
  if (way === "everything") delete window.VideoFrame;
};

/** The colours of a picture on the page, read truly. */
const look = (image, places) => image.evaluate(async (image, places) => {
  await image.decode?.();
  const canvas = document.createElement("canvas");
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  return {
    size: [width, height],
    colours: places.map(([x, y]) => [...window.readTruly.call(context, x * width, y * height, 1, 1).data.slice(0, 3)]),
  };
}, places);

/** Places of the portrait, and what is there. */
const PLACES = [[0.1, 0.1], [0.5, 0.5], [0.5, 0.95]];
const isPortrait = ({ colours }) => PLACES.forEach((place, at) => isLike(colours[at], portrait(...place), `at ${place}`));

async function toForm({ open, page, person }, way) {
  if (way) await page.addInitScript(scramble, way);
  await open("host.html");
  await person.signIn();
  await person.choose(STUDENT.name);
}

async function sign({ page, person }) {
  const box = await person.host.getByRole("img", { name: "Signature pad" }).boundingBox();
  await page.mouse.move(box.x + 0.2 * box.width, box.y + 0.5 * box.height);
  await page.mouse.down();
  for (let at = 0; at <= 20; at += 1) {
    await page.mouse.move(box.x + (0.2 + at * 0.03) * box.width, box.y + (0.5 + 0.25 * Math.sin(at / 2)) * box.height);
  }
  await page.mouse.up();
  await person.button("Use signature").click();
  await person.screen("card-form").waitFor();
}

/** A drawn signature: dark on white, and more white than dark. */
async function isSigned({ person }) {
  const shown = person.picture("Signature").getByRole("img");
  await person.loaded(shown);
  const grid = Array.from({ length: 60 * 20 }, (_, at) => [(at % 60 + 0.5) / 60, (Math.floor(at / 60) + 0.5) / 20]);
  const { size, colours } = await look(shown, grid);
  assert.deepEqual(size, [600, 200]);
  const dark = colours.filter(([red]) => red < 110).length / colours.length;
  const white = colours.filter((colour) => colour.every((part) => part > 235)).length / colours.length;
  assert.ok(dark > 0.005 && dark < 0.2 && dark + white > 0.85, `ink on paper: ${dark} dark, ${white} white`);
}

scenes("scrambled canvases", () => {
  for (const [way, what] of [["pixels", "what is read of them, and their files"], ["files", "their files only"]]) {
    scene(`${what}: photo and signature are as they were`, { wide: true, browsers: way === "pixels" ? BOTH : undefined }, async (stage) => {
      const { page, person } = stage;
      await toForm(stage, way);
      await person.chooseFile("Photo", photos.portrait);
      await person.screen("photo").waitFor();
      // Turned and lightened, to the end, the beginning is there again.
      for (const name of ["Rotate left", "Rotate right"]) await person.button(name).click();
      assert.equal(await person.alert("scrambles").count(), 0);
      await person.button("Use photo").click();
      await person.screen("card-form").waitFor();
      const shown = person.picture("Photo").getByRole("img");
      await person.loaded(shown);
      const seen = await look(shown, PLACES);
      isPortrait(seen);
      await page.clock.install();
      await person.button("Adjust").first().click();
      await person.screen("photo").waitFor();
      if (way === "pixels") {
        // Longer than the hand rests for a hint.
        await page.clock.runFor(1000);
        assert.equal(await person.host.locator(".doubts").innerText(), "", "no hint about what cannot be seen");
      }
      await page.clock.resume();
      await person.button("Cancel").click();
      await person.button("Sign here").click();
      await sign(stage);
      await isSigned(stage);
      await person.button("Sign again").click();
      await person.field("Or type your name").fill("Ivan Petrov");
      await person.button("Use signature").click();
      await person.screen("card-form").waitFor();
      await isSigned(stage);
    });
  }

  scene("with no way around: said before the photo is used; a file that fits goes as it came, without its notes", {}, async (stage) => {
    const { person, sandbox } = stage;
    await toForm(stage, "everything");
    await person.chooseFile("Photo", photos.landscape);
    await person.screen("photo").waitFor();
    await person.sees(person.alert("This browser scrambles pictures"));
    await person.button("Use photo").click();
    await person.sees(person.alert("This browser scrambles pictures"));
    await person.button("Cancel").click();

    const fits = { name: "fits.jpg", mimeType: "image/jpeg", buffer: jpeg(640, 800, portrait, { orientation: 1 }) };
    await person.chooseFile("Photo", fits);
    await person.screen("photo").waitFor();
    await person.button("Use photo").click();
    await person.screen("card-form").waitFor();
    const shown = person.picture("Photo").getByRole("img");
    await person.loaded(shown);
    const seen = await look(shown, PLACES);
    assert.deepEqual(seen.size, [640, 800]);
    isPortrait(seen);

    await person.button("Sign here").click();
    await person.field("Or type your name").fill("Ivan Petrov");
    await person.button("Use signature").click();
    await person.sees(person.alert("does not let a typed name become a picture"));
    await person.button("Clear").click();
    await sign(stage);
    await isSigned(stage);
    await person.fill(STUDENT.texts);
    await person.button("Preview card").click();
    await person.screen("preview").waitFor();
    const [{ data }] = await sandbox.cards();
    assert.deepEqual([data.PHOTO.width, data.PHOTO.height], [640, 800]);
  });

  scene("Firefox as it resists fingerprinting, which leaves no way: said, a file that fits goes as it came, one can sign", {
    browsers: ["firefox"], wide: true, prefs: { "privacy.resistFingerprinting": true },
  }, async (stage) => {
    const { person, sandbox } = stage;
    await toForm(stage);
    await person.chooseFile("Photo", photos.landscape);
    await person.screen("photo").waitFor();
    await person.sees(person.alert("This browser scrambles pictures"));
    await person.button("Cancel").click();
    await person.chooseFile("Photo", { name: "fits.jpg", mimeType: "image/jpeg", buffer: jpeg(640, 800, portrait) });
    await person.screen("photo").waitFor();
    await person.button("Use photo").click();
    await person.loaded(person.picture("Photo").getByRole("img"));
    await person.button("Sign here").click();
    await sign(stage);
    await person.fill(STUDENT.texts);
    await person.button("Preview card").click();
    await person.screen("preview").waitFor();
    const [{ data }] = await sandbox.cards();
    const pictures = [data.PHOTO, data.SIGNATURE].map(({ mime, width, height }) => [mime, width, height]);
    assert.deepEqual(pictures, [["image/jpeg", 640, 800], ["image/jpeg", 600, 200]]);
  });
});
