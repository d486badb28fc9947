// The crop editor: by keyboard alone, by touch, with every tool; and photos of every orientation.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { BADGE } from "./support/journey.mjs";
import { jpeg, photos, portrait } from "./support/photos.mjs";
import { colours, isLike } from "./support/pixels.mjs";
import { scene, scenes } from "./support/scene.mjs";

const [RED, GREEN, BLUE, WHITE] = [[230, 0, 0], [0, 160, 0], [0, 0, 230], [250, 250, 250]];
/** Red, green / blue, white: no two ways to lay it look the same. */
const quarters = (x, y) => [RED, GREEN, BLUE, WHITE][(x < 0.5 ? 0 : 1) + (y < 0.5 ? 0 : 2)];
const CORNERS = [[0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]];

const file = (buffer) => ({ name: "photo.jpg", mimeType: "image/jpeg", buffer });

/** From the sign-in to the editor with this photo. */
async function toEditor({ open, person }, photo) {
  await open();
  await person.signIn();
  await person.choose(BADGE.name);
  await person.chooseFile("Photo", photo);
  await person.sees(person.host.getByRole("heading", { name: "Adjust the photo" }));
}

const frame = (person) => person.host.getByRole("application", { name: "Crop frame" });
/** Where the frame stands on the picture, wherever the page is scrolled to. */
const place = async (person) => {
  const [{ x, y, width, height }, picture] = [await frame(person).boundingBox(), await person.host.locator("canvas").boundingBox()];
  return { x: x - picture.x, y: y - picture.y, width, height };
};
const slider = (person, name) => person.host.getByRole("slider", { name });

/** Uses the photo; gives the picture that the form shows, which is the one that is sent. */
async function use(person) {
  await person.button("Use photo").click();
  await person.screen("card-form").waitFor();
  const image = person.picture("Photo").getByRole("img");
  await person.loaded(image);
  return image;
}

const size = (image) => image.evaluate(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]);

scenes("the crop editor", () => {
  scene("wholly by keyboard, with every tool", {}, async (stage) => {
    const { page, person } = stage;
    await toEditor(stage, file(jpeg(900, 1200, quarters)));
    const { keyboard } = page;
    await person.tabTo(person.button("Rotate right"));
    await keyboard.press("Enter");
    await person.tabTo(person.button("Flip horizontally"));
    await keyboard.press("Space");
    await person.tabTo(person.button("Rotate left"), "Shift+Tab");
    await keyboard.press("Enter");
    await keyboard.press("Control+z");
    await person.tabTo(slider(person, "Straighten"));
    for (let times = 0; times < 4; times += 1) await keyboard.press("ArrowRight");
    assert.equal(await slider(person, "Straighten").getAttribute("aria-valuetext"), "4°");
    await person.tabTo(person.host.locator("summary"));
    await keyboard.press("Enter");
    await person.tabTo(slider(person, "Brightness"));
    await keyboard.press("Home");
    await person.tabTo(slider(person, "Contrast"));
    await keyboard.press("ArrowLeft");
    await person.tabTo(frame(person), "Shift+Tab");
    const whole = await frame(person).boundingBox();
    await keyboard.press("+");
    const small = await frame(person).boundingBox();
    assert.ok(small.width < whole.width, "the frame is smaller");
    await keyboard.press("ArrowUp");
    assert.ok((await frame(person).boundingBox()).y < small.y, "the frame is higher");
    await isAccessible(page);
    // Enter does what the screen is for.
    await keyboard.press("Enter");
    await person.screen("card-form").waitFor();
    const image = person.picture("Photo").getByRole("img");
    await person.loaded(image);
    // Turned to the right: blue, red / white, green. Flipped: red, blue / green, white. Half as bright.
    const half = (colour) => colour.map((part) => part * 0.5);
    const seen = await colours(image, CORNERS);
    [RED, BLUE, GREEN, WHITE].forEach((wanted, at) => isLike(seen[at], half(wanted), `corner ${at}`));

    // Adjusting goes on from there, and everything can be taken back.
    await person.action("adjust-photo").click();
    assert.equal(await slider(person, "Straighten").inputValue(), "4");
    await person.button("Reset").click();
    const plain = await colours(await use(person), CORNERS);
    [RED, GREEN, BLUE, WHITE].forEach((wanted, at) => isLike(plain[at], wanted, `corner ${at}, reset`));
  });

  scene("by touch: one finger moves the frame, two make it smaller", { page: { hasTouch: true, viewport: { width: 390, height: 780 } } }, async (stage) => {
    const { page, person } = stage;
    await toEditor(stage, photos.portrait);
    await frame(person).scrollIntoViewIfNeeded();
    const hand = await page.context().newCDPSession(page);
    const touch = (type, ...points) => hand.send("Input.dispatchTouchEvent", {
      type, touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
    const before = await frame(person).boundingBox();
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
    // Two fingers come together to half the distance.
    const first = await place(person);
    await touch("touchStart", [x - 60, y], [x + 60, y]);
    for (const way of [50, 40, 30]) await touch("touchMove", [x - way, y], [x + way, y]);
    await touch("touchEnd");
    const small = await place(person);
    assert.ok(Math.abs(small.width / before.width - 0.5) < 0.03, `half as wide: ${small.width / before.width}`);
    // One finger takes it to the upper left.
    await touch("touchStart", [x, y]);
    for (const way of [10, 25, 40]) await touch("touchMove", [x - way, y - way]);
    await touch("touchEnd");
    const moved = await place(person);
    assert.ok(Math.abs(small.x - moved.x - 40) < 2 && Math.abs(small.y - moved.y - 40) < 2, "it went along");
    assert.equal(await page.evaluate(() => window.scrollX), 0);
    // Each of the two is a step of its own.
    await person.button("Undo").click();
    assert.deepEqual(await place(person), small);
    await person.button("Undo").click();
    assert.deepEqual(await place(person), first);
    assert.equal(await person.button("Undo").getAttribute("aria-disabled"), "true");
  });

  scene("the original beside the edited photo", {}, async (stage) => {
    const { person } = stage;
    await toEditor(stage, file(jpeg(900, 1200, quarters)));
    const canvas = person.host.locator("canvas");
    const shape = () => canvas.evaluate(({ width, height }) => width / height);
    await person.button("Rotate right").click();
    assert.ok((await shape()) > 1);
    await person.button("Original").click();
    assert.ok((await shape()) < 1);
    assert.equal(await person.button("Original").getAttribute("aria-pressed"), "true");
    await person.button("Original").click();
    assert.ok((await shape()) > 1);
    // What is used is the edited photo, whatever is being looked at.
    await person.button("Original").click();
    const seen = await colours(await use(person), CORNERS);
    [BLUE, RED, WHITE, GREEN].forEach((wanted, at) => isLike(seen[at], wanted, `corner ${at}`));
  });

  scene("cancelling leaves the photo as it was used", {}, async (stage) => {
    const { person } = stage;
    await toEditor(stage, file(jpeg(900, 1200, quarters)));
    const canvas = person.host.locator("canvas");
    const shape = () => canvas.evaluate(({ width, height }) => width / height);
    await use(person);
    await person.action("adjust-photo").click();
    await person.button("Rotate right").click();
    assert.ok((await shape()) > 1);
    await person.button("Cancel").click();
    await person.action("adjust-photo").click();
    assert.ok((await shape()) < 1, "as it is on the card");
    assert.equal(await person.button("Undo").getAttribute("aria-disabled"), "true");
    const seen = await colours(await use(person), CORNERS);
    [RED, GREEN, BLUE, WHITE].forEach((wanted, at) => isLike(seen[at], wanted, `corner ${at}`));
  });

  scene("another photo that is not used leaves the one that is on the card", {}, async (stage) => {
    const { person } = stage;
    await toEditor(stage, file(jpeg(900, 1200, quarters)));
    await person.button("Cancel").click();
    assert.equal(await person.action("adjust-photo").isVisible(), false, "there is no photo");
    await person.chooseFile("Photo", file(jpeg(900, 1200, quarters)));
    await person.sees(person.screen("photo"));
    await use(person);
    await person.chooseFile("Photo", file(jpeg(1200, 900, () => WHITE)));
    await person.sees(person.screen("photo"));
    await person.button("Cancel").click();
    const canvas = person.host.locator("canvas");
    await person.action("adjust-photo").click();
    assert.ok(await canvas.evaluate(({ width, height }) => width < height), "the one that is on the card");
    const seen = await colours(await use(person), CORNERS);
    [RED, GREEN, BLUE, WHITE].forEach((wanted, at) => isLike(seen[at], wanted, `corner ${at}`));
    await person.chooseFile("Photo", file(jpeg(1200, 900, () => GREEN)));
    await person.sees(person.screen("photo"));
    isLike((await colours(await use(person), CORNERS))[0], GREEN, "the new one");
    await person.action("adjust-photo").click();
    assert.ok(await canvas.evaluate(({ width, height }) => width > height));
  });

  scene("each thing that was done is taken back by itself, by mouse and by key", {}, async (stage) => {
    const { page, person } = stage;
    await toEditor(stage, photos.landscape);
    const box = () => frame(person).boundingBox();
    const start = await box();
    const [x, y] = [start.x + start.width / 2, start.y + start.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y, { steps: 3 });
    await page.mouse.up();
    const dragged = await box();
    await slider(person, "Zoom").fill("30");
    const zoomed = await box();
    await page.keyboard.press("ArrowRight");
    assert.ok((await box()).width < zoomed.width);
    await page.keyboard.press("Control+z");
    assert.deepEqual(await box(), zoomed);
    await page.keyboard.press("Control+Z");
    assert.deepEqual(await box(), dragged);
    // Beside the frame: it comes, and the keys are its own.
    const picture = await person.host.locator("canvas").boundingBox();
    await page.mouse.click(picture.x + 3, picture.y + 3);
    assert.ok((await box()).x < dragged.x);
    await page.keyboard.press("Control+z");
    assert.deepEqual(await box(), dragged);
    await page.keyboard.press("+");
    assert.ok((await box()).width < dragged.width);
    // A hand that holds the frame while the picture is turned holds nothing afterwards.
    await slider(person, "Zoom").fill("0");
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 1, y);
    await page.keyboard.press("Control+z");
    await person.button("Rotate right").focus();
    await page.keyboard.press("Enter");
    const turned = await box();
    await page.mouse.move(x + 60, y + 60, { steps: 3 });
    await page.mouse.up();
    assert.deepEqual(await box(), turned);
  });

  scene("what may spoil the print is said, and stops nobody", {}, async (stage) => {
    const { page, person } = stage;
    const dim = (x, y) => portrait(x, y).map((part) => part * 0.2);
    await toEditor(stage, file(jpeg(240, 320, dim)));
    const warnings = person.host.getByRole("status").filter({ hasText: "The photo" });
    await person.sees(person.host.getByText("The photo looks too dark."), person.host.getByText(/pixels wide; a sharp print needs \d+/));
    await isAccessible(page);
    await person.host.locator("summary").click();
    await slider(person, "Brightness").fill("50");
    await slider(person, "Contrast").fill("50");
    await use(person);
    await person.action("adjust-photo").click();
    await person.sees(person.host.getByText(/pixels wide/));
    assert.ok(await warnings.count() <= 1);
  });

  for (const some of [[1, 6], [2, 3, 4, 5, 7, 8]]) scene(`a photo of 12 megapixels is upright from the orientations ${some}`, { wide: true }, async (stage) => {
    const { person } = stage;
    await toEditor(stage, photos.portrait);
    await person.button("Cancel").click();
    // As the camera wrote it: the row and the column that are shown first, as Exif numbers them from 1 on.
    const turned = [
      quarters, (x, y) => quarters(1 - x, y), (x, y) => quarters(1 - x, 1 - y), (x, y) => quarters(x, 1 - y),
      (x, y) => quarters(y, x), (x, y) => quarters(1 - y, x), (x, y) => quarters(1 - y, 1 - x), (x, y) => quarters(y, 1 - x),
    ];
    for (const [at, paint] of [...turned.entries()].filter(([at]) => some.includes(at + 1))) {
      const shape = at < 4 ? [3000, 4000] : [4000, 3000];
      const photo = file(jpeg(...shape, paint, { orientation: at + 1 }));
      await person.chooseFile("Photo", photo);
      await person.sees(person.screen("photo"));
      const image = await use(person);
      const [width, height] = await size(image);
      assert.ok(height === 1200 && Math.abs(width / height - 282 / 375) < 0.01, `orientation ${at + 1}: ${width} x ${height}`);
      const seen = await colours(image, CORNERS);
      [RED, GREEN, BLUE, WHITE].forEach((wanted, corner) => isLike(seen[corner], wanted, `orientation ${at + 1}, corner ${corner}`));
    }
  });
});
