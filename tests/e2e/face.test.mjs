// Help with faces: where the frame stands, what is said before the camera, what is doubted; and that it can be switched off.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { face, faces } from "./support/clip.mjs";
import { BADGE } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { scene, scenes } from "./support/scene.mjs";

const camera = {
  browser: ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${faces()}`, "--use-fake-ui-for-media-stream"],
};
const off = { "face-help": "off" };

async function toForm({ open, person }, attributes) {
  await open(attributes ? "host.html" : "", attributes);
  await person.signIn();
  await person.choose(BADGE.name);
}

async function toEditor(stage, photo, attributes) {
  await toForm(stage, attributes);
  await stage.person.chooseFile("Photo", photo);
  await stage.person.sees(stage.person.host.getByRole("heading", { name: "Adjust the photo" }));
}

/** Where the frame stands in the picture, as parts of it: its middle and its height. */
async function stands(person) {
  const frame = await person.host.getByRole("application").boundingBox();
  const whole = await person.host.locator("canvas").boundingBox();
  return {
    x: (frame.x + frame.width / 2 - whole.x) / whole.width,
    y: (frame.y + frame.height / 2 - whole.y) / whole.height,
    height: frame.height / whole.height,
  };
}

const placed = (person) => person.host.getByText("The frame was placed around the face.");
const noFace = (person) => person.host.getByText("No face was found in the frame.");

scenes("help with faces", () => {
  scene("the frame stands around the face, and goes back there", {}, async (stage) => {
    const { page, person } = stage;
    await toEditor(stage, face("far"));
    await person.sees(placed(person));
    const first = await stands(person);
    assert.ok(Math.abs(first.x - 0.5) < 0.04, `its middle: ${first.x}`);
    assert.ok(first.height > 0.4 && first.height < 0.62, `head and shoulders: ${first.height}`);
    assert.ok(Math.abs(first.y - first.height * 0.08 - 0.42) < 0.06, `the eyes' line: ${first.y}`);
    await person.host.getByRole("slider", { name: "Zoom" }).fill("0");
    assert.ok((await stands(person)).height > 0.95);
    await person.button("Reset").click();
    assert.deepEqual(await stands(person), first);
    assert.equal(await noFace(person).count(), 0);
    await isAccessible(page);
  });

  scene("no face and several faces are doubted, and used all the same", { wide: true }, async (stage) => {
    const { person } = stage;
    await toEditor(stage, photos.portrait);
    await person.sees(noFace(person));
    assert.equal(await placed(person).count(), 0);
    await person.button("Use photo").click();
    await person.sees(person.screen("card-form"));
    await person.chooseFile("Photo", face("two"));
    await person.sees(person.screen("photo"));
    await person.host.getByRole("slider", { name: "Zoom" }).fill("0");
    // The frame stands around one of them, with half of the other.
    const picture = await person.host.locator("canvas").boundingBox();
    await stage.page.mouse.click(picture.x + picture.width * 0.95, picture.y + 9);
    await person.host.getByRole("application").focus();
    for (let times = 0; times < 2; times += 1) await stage.page.keyboard.press("Shift+ArrowLeft");
    await person.sees(person.host.getByText("More than one face was found in the frame."));
    await person.button("Use photo").click();
    await person.sees(person.screen("card-form"));
  });

  scene("before the camera: closer, good, one person only; then the photo is framed", { ...camera, wide: true }, async (stage) => {
    const { page, person } = stage;
    await toForm(stage);
    await person.action("take-photo").click();
    for (const hint of ["Move closer.", "That's good. Hold still.", "Only one person should be in the photo."]) {
      await person.sees(person.host.getByRole("status").getByText(hint));
    }
    await isAccessible(page);
    await person.host.getByRole("combobox", { name: "Countdown" }).selectOption("0");
    await person.sees(person.host.getByRole("status").getByText("Move closer."));
    await person.button("Take photo").click();
    await person.sees(placed(person));
    const { x, height } = await stands(person);
    assert.ok(Math.abs(x - 0.5) < 0.04 && height < 0.62, `${x} ${height}`);
  });

  scene("switched off: nothing is looked for", {}, async (stage) => {
    const { person } = stage;
    await toEditor(stage, face("far"), off);
    assert.equal(await placed(person).count(), 0);
    assert.ok((await stands(person)).height > 0.95, "all of the picture's height");
    // A warning that does come comes together with the one on faces.
    await person.host.getByRole("slider", { name: "Zoom" }).fill("90");
    await person.sees(person.host.getByText(/pixels wide/));
    assert.equal(await noFace(person).count(), 0);
  });

  scene("switched off: whoever comes before the camera is told nothing more", { ...camera, wide: true }, async (stage) => {
    const { person } = stage;
    await toForm(stage, off);
    await person.action("take-photo").click();
    await person.sees(person.host.locator('[data-action="shutter"]:not([aria-disabled])'));
    const said = await person.host.locator(".camera-status").evaluate(async (status) => {
      const said = new Set();
      const seen = new MutationObserver(() => said.add(status.textContent));
      seen.observe(status, { childList: true, characterData: true, subtree: true });
      said.add(status.textContent);
      // All of the clip, in each scene of which somebody would be told something.
      const view = status.getRootNode().querySelector("video");
      const end = view.currentTime + 9;
      while (view.currentTime < end) await new Promise(requestAnimationFrame);
      return [...said];
    });
    assert.deepEqual(said, ["Fit your head and shoulders into the outline."]);
  });
});
