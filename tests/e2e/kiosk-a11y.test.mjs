// A kiosk for everybody: how large things are on every screen, what axe finds there, and the whole way by keys alone.

import assert from "node:assert/strict";
import { violations } from "./support/axe.mjs";
import { STUDENT } from "./support/journey.mjs";
import { Listener } from "./support/listener.mjs";
import { TAPPED_ANEW, TOKEN, camera, lobby, seconds, withToken } from "./support/lobby.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { small } from "./support/sizes.mjs";
import { FULL, GIVEN, HOME, closed, journey, opens, staff } from "./support/stranger.mjs";

const at = (width, height, more = {}) => ({
  ...withToken, network: true, browser: camera, expected: [TAPPED_ANEW], page: { viewport: { width, height }, hasTouch: true, ...more },
});

/** What is in sight on a screen without a swipe, where it is as large as a kiosk's. */
const IN_SIGHT = {
  camera: ["[data-action=shutter]", "[name=timer]"], crop: ["[data-action=use-photo]"],
  signature: [".sign-pad", ".sign-tools", "[data-action=use-signature]"], preview: ["[data-action=checkout]"], done: [".finished .help"],
};

async function outOfSight({ page, person }, about) {
  const { height } = page.viewportSize();
  const boxes = await Promise.all((IN_SIGHT[about] ?? []).map(async (selector) => {
    const { y, height: own } = await person.host.locator(selector).first().boundingBox();
    return y >= 0 && y + own <= height ? [] : [`${about}: ${selector} is out of sight: ${y} + ${own} of ${height}`];
  }));
  return boxes.flat();
}

/** Every screen there is: what is small on it or out of sight, where that is asked for, and what axe finds. */
async function everyScreen(stage, attributes, isMeasured) {
  const wrong = [];
  const look = async (about) => {
    if (isMeasured) {
      wrong.push(...(await small(stage.person.host)).map((what) => `${about}: ${what}`), ...await outOfSight(stage, about));
    }
    // What is half under a bar that stays where it is, is a swipe away.
    wrong.push(...(await violations(stage.page, about)).filter((what) => !what.includes("partially obscured")));
  };
  await journey(stage, look, attributes);
  await closed(stage, look);
  await opens(stage);
  await staff(stage, look);
  assert.deepEqual(wrong, []);
}

scenes("every screen of a kiosk", () => {
  scene("what is pressed has 64 pixels and what is read 20, and axe finds nothing", { ...at(1280, 800), wide: true }, (stage) => everyScreen(stage, {}, true));

  for (const [width, height] of [[320, 640], [768, 1024], [1366, 768], [1080, 1920]]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const lang of ["en", "es"]) {
        scene(`axe at ${width} x ${height}, ${colorScheme}, ${lang}`, { ...at(width, height, { colorScheme }), lang, wide: true }, (stage) => (
          everyScreen(stage, { lang }, width > 1000)));
      }
    }
  }
});

scenes("a kiosk without seeing it", () => {
  scene("the whole way by keys alone: as by a switch, with the keyboard on the screen, and then with keys of one's own", { ...at(1280, 800), wide: true }, async (stage) => {
    const { page, person, sandbox } = stage;
    await lobby(stage, FULL, TOKEN, GIVEN);
    const one = await Listener.at(person);
    const board = person.host.locator(".keyboard");
    const isReady = (action) => person.host.locator(`[data-action="${action}"]:not([aria-disabled])`).waitFor();
    await isReady("start");
    await one.does("start");
    await one.hears("Choose a card");
    await person.tabTo(person.button(STUDENT.name));
    await one.presses("Enter");
    await one.hears("Fill in the card");

    // The keyboard comes after its field; the arrows go round in it.
    assert.deepEqual(await one.goesTo("FULL_NAME"), ["Fill in the card"]);
    await one.presses("Tab");
    assert.equal(await one.stands(), "1");
    let typed = "";
    for (const letter of "Alba") {
      await one.goesTo(letter.toLowerCase(), "ArrowRight");
      await one.presses("Space");
      await one.isTold(typed += letter);
    }
    // Whoever is slow is asked, as often as it takes, and goes on from where they were.
    for (let times = 0; times < 10; times += 1) {
      await seconds(page, 61);
      await person.focuses(person.button("I am still here"));
      assert.equal(await person.dialog.evaluate((dialog) => dialog.getRootNode().getElementById(dialog.getAttribute("aria-describedby")).textContent), "If not, everything that you have entered is deleted in 15 seconds.");
      await one.presses(times % 2 ? "Enter" : "Space");
      await person.dialog.waitFor({ state: "detached" });
      assert.equal(await one.stands(), "a");
    }
    await one.goesTo("next", "ArrowRight");
    await one.presses("Enter");
    await person.focuses(person.field("Student number"));
    await one.presses("Tab");
    await one.goesTo("7", "ArrowLeft");
    await one.presses("Enter");
    await one.isTold("7");
    await one.goesTo("hide", "ArrowLeft");
    await one.presses("Enter");
    assert.equal(await one.stands(), "STUDENT_NUMBER");
    assert.ok(!(await board.isVisible()));

    await one.does("consent", "Space");
    assert.deepEqual(await one.does("take-photo"), ["consent"]);
    await one.hears("Take a photo");
    await isReady("shutter");
    await one.isTold("Fit your head and shoulders into the outline.");
    await one.does("shutter", "Space");
    for (const left of ["3", "2", "1"]) {
      await one.isTold(left);
      await seconds(page, 1);
    }
    await one.hears("Adjust the photo");
    await person.tabTo(person.host.getByRole("application"));
    await one.presses("ArrowLeft", "ArrowLeft");
    await one.isTold("% from the left");
    await one.does("use-photo");
    await one.hears("Fill in the card");
    await one.does("sign");
    await one.hears("Sign");
    await one.goesTo("signature-name");
    await page.keyboard.type("Alba");
    assert.ok(!(await board.isVisible()), "whoever has keys needs none on the screen");
    await one.does("use-signature");
    await one.hears("Fill in the card");
    const passed = await one.does("show-preview");
    assert.deepEqual(passed.filter((at) => at.length === 1), [], "nor at the next field");
    await one.hears("Check the card");
    await isReady("checkout");
    await one.does("start-over");
    await person.focuses(person.dialog.locator('[data-action="cancel"]'));
    await one.presses("Enter");
    assert.equal(await one.stands(), "start-over");
    await one.does("checkout");

    await one.hears("Where shall your card go?");
    await one.goesTo("submit-order");
    await one.presses("Enter");
    await person.focuses(person.screen("checkout").locator("[name=full_name]"));
    for (const name of ["full_name", "address_1", "city", "state", "zip_code"]) {
      await one.goesTo(name);
      // A list goes to what begins like that.
      await page.keyboard.type(name === "state" ? "New Y" : HOME[name]);
    }
    await one.presses("Enter");
    await one.hears("Your card is ordered");
    await seconds(page, 1);
    await one.isTold("Thank you! This screen closes in 10 seconds.");
    await one.does("finish");
    await person.focuses(person.screen("attract"));
    const [card] = (await sandbox.cards()).slice(-1);
    assert.deepEqual([card.data.FULL_NAME, card.data.STUDENT_NUMBER, card.finalized], ["Alba", "7", true]);
  });
});
