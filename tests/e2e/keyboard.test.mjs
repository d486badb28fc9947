// The keyboard on a kiosk's screen: typed on by touch, and by what presses a button without a finger.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { TOKEN, lobby, seconds, touch, withToken } from "./support/lobby.mjs";
import { CREATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

const at = (width, height, more = {}) => ({ ...withToken, page: { viewport: { width, height }, hasTouch: true, ...more } });

const board = (person) => person.host.locator(".keyboard");
const key = (person, hook) => board(person).locator(`[data-key=${JSON.stringify(hook)}]:visible`).first();

/** Types by touch, as one looks for letters: what is to be seen is touched, else what leads there. Gives how often. */
async function types(person, text) {
  let taps = 0;
  const tap = async (hook) => {
    await key(person, hook).tap();
    taps += 1;
  };
  for (const letter of text) {
    const shown = board(person).locator(`.key:text-is(${JSON.stringify(letter)}):visible`);
    const small = letter.toLowerCase();
    if (letter !== " " && !(await shown.count())) {
      if (letter !== small && await key(person, small).count()) await tap("shift");
      else if (letter === small && await key(person, letter).count()) await tap("shift");
      else if (letter.normalize("NFD").length > 1) {
        await tap("accents");
        await tap(letter.normalize("NFD")[0]);
      } else await tap("signs");
    }
    await tap(small);
  }
  return taps;
}

/** What of the field is not to be seen: under the keyboard, over the window's edge, or behind what sticks. */
const isCovered = (field) => field.evaluate((field) => {
  const { left, top, width, height } = field.getBoundingClientRect();
  const root = field.getRootNode();
  const seen = [0.02, 0.5, 0.98].every((part) => root.elementFromPoint(left + width / 2, top + height * part) === field);
  return seen ? "" : `${top} + ${height} of ${innerHeight}`;
});

const small = (person, side) => board(person).evaluate((board, side) => [...board.querySelectorAll("button")]
  .filter((key) => key.checkVisibility()).map((key) => [key.dataset.key, key.getBoundingClientRect()])
  .filter(([, { left, right, bottom, width, height }]) => width < side || height < side || left < 0 || right > innerWidth || bottom > innerHeight)
  .map(([key, { width, height }]) => `${key}: ${width} x ${height}`), side);

/** How long a person takes for a tap, looking for the letter, in seconds; and how long a name of thirty letters may take. */
const PACE = 0.4;
const PATIENCE = 20;
/** Thirty letters, with accents, capitals and what stands between names. */
const NAMES = { en: "Siobhán Fitzgerald-O'Connor Jr", es: "María Concepción Núñez Ibáñez-P" };

async function opens(stage, attributes = {}, template = PASS.name) {
  await lobby(stage, { keyboard: "on", ...attributes });
  await stage.person.action("start").tap();
  await stage.person.button(template).tap();
}

scenes("a keyboard on the screen", () => {
  scene("a name of thirty letters with accents is typed by touch, within twenty seconds of taps", { ...touch, lang: "es", wide: true }, async (stage) => {
    const { page, person, sandbox } = stage;
    const name = NAMES.es;
    await opens(stage, { lang: "es" });
    const field = person.field("Full name");
    assert.equal(await board(person).isVisible(), false);
    await field.tap();
    await person.sees(person.host.getByRole("group", { name: "Teclado" }));
    assert.equal(await field.getAttribute("inputmode"), "none", "the machine's own keyboard stays away");
    const taps = 1 + await types(person, name);
    assert.equal(await field.inputValue(), name);
    assert.ok(taps * PACE < PATIENCE, `${taps} taps`);
    assert.ok(await person.hasFocus(field), "the focus has stayed");
    assert.deepEqual(await small(person, 64), []);
    await isAccessible(page);

    // On to the others, and from the last one to the preview.
    for (const [label, text] of [["Company", "Óptica Peña"], ["Host", "Ana"], ["Valid until", "30/06/2027"]]) {
      await key(person, "next").tap();
      await person.focuses(person.field(label));
      assert.equal(await isCovered(person.field(label)), "");
      await types(person, text);
      assert.equal(await person.field(label).inputValue(), text);
    }
    assert.equal(await key(person, "next").getAttribute("aria-label"), "Listo");
    await key(person, "next").tap();
    await person.screen("preview").waitFor();
    await seconds(page, 1);
    assert.equal(await board(person).isVisible(), false);
    const [sent] = await sandbox.sentData(CREATE);
    assert.ok(JSON.stringify(sent).includes(name), JSON.stringify(sent));
  });

  scene("it types at the caret, in place of what is chosen, and takes away what looks like one letter", at(1280, 800), async (stage) => {
    const { page, person } = stage;
    await opens(stage);
    const field = person.field("Full name");
    await field.fill("Anna 👨‍👩‍👧é");
    await person.field("Company").tap();
    await field.tap();
    const stands = async (text, caret) => {
      assert.deepEqual(await field.evaluate((field) => [field.value, field.selectionStart]), [text, caret ?? text.length]);
    };
    const choose = (from, to) => field.evaluate((field, range) => field.setSelectionRange(...range), [from, to]);
    await choose(99, 99);
    await key(person, "backspace").tap();
    await key(person, "backspace").tap();
    await stands("Anna ");
    await choose(2, 3);
    await key(person, "d").tap();
    await stands("Anda ", 3);
    await choose(0, 4);
    await key(person, "backspace").tap();
    await stands(" ", 0);
    // A letter that is held offers its relatives; backspace that is held goes on.
    const hold = async (hook, milliseconds) => {
      await key(person, hook).dispatchEvent("pointerdown", { button: 0, isPrimary: true });
      await page.clock.runFor(milliseconds);
      await key(person, hook).dispatchEvent("pointerup");
    };
    await choose(0, 1);
    await key(person, "shift").tap();
    await hold("e", 600);
    await stands("E");
    await isAccessible(page);
    await key(person, "é").tap();
    await stands("É");
    for (const letter of "lan") await key(person, letter).tap();
    await hold("backspace", 1000);
    await stands("");
    await key(person, "shift").tap();
    await key(person, "shift").tap();
    await types(person, "USA");
    await stands("USA");
    await field.evaluate((field) => { field.maxLength = 4; });
    await types(person, "XY");
    await stands("USAX");

    // Without a finger: by what clicks, or from key to key.
    await key(person, "shift").dispatchEvent("click");
    await key(person, "accents").dispatchEvent("click");
    assert.equal(await key(person, "accents").getAttribute("aria-pressed"), "true");
    await key(person, "backspace").focus();
    await page.keyboard.press("Enter");
    await key(person, "accents").dispatchEvent("click");
    await key(person, "o").focus();
    await page.keyboard.press("Space");
    await person.sees(person.host.getByRole("status").filter({ hasText: "Letters with accents for o" }));
    await key(person, "ø").focus();
    await page.keyboard.press("Enter");
    assert.equal(await field.inputValue(), "USAø");
    await person.sees(person.host.getByRole("status").filter({ hasText: "USAø" }));
    await seconds(page, 2);
    assert.ok(await board(person).isVisible(), "it stays for whoever is in it");
    await key(person, "hide").dispatchEvent("click");
    assert.equal(await board(person).isVisible(), false);
    assert.ok(await person.hasFocus(field), "the focus is where it was typed");
    await field.tap();
    assert.ok(await board(person).isVisible(), "a touch brings it back");

    // Where the focus goes elsewhere, so does the keyboard; nothing moves before the finger is up.
    await person.button("Start over").tap();
    await person.button("Delete everything").tap();
    await person.screen("attract").waitFor();
    await seconds(page, 1);
    assert.equal(await board(person).isVisible(), false);
    assert.ok(!(await board(person).innerHTML()).includes("USA"), "nothing of it stays");
  });

  for (const [width, height] of [[1280, 800], [1366, 768], [360, 640]]) {
    const order = { "ends-with": "order", "shipping-provider-id": "13" };
    scene(`no field is covered, and each has its keys, on ${width} x ${height}`, { ...at(width, height, { colorScheme: "dark" }), wide: true }, async (stage) => {
      const { page, person } = stage;
      await opens(stage, order);
      const name = person.field("Full name");
      await name.tap();
      if (width === 1280) {
        const taps = 1 + await types(person, NAMES.en);
        assert.equal(await name.inputValue(), NAMES.en);
        assert.ok(taps * PACE < PATIENCE, `${taps} taps`);
      } else {
        await types(person, "Ana");
      }
      assert.deepEqual(await small(person, width < 1000 ? 24 : 64), []);
      // What comes next is in sight, too, where there is room for it.
      if (width > 1000) assert.equal(await isCovered(person.field("Company")), "", "the field after it");
      for (const label of ["Company", "Host", "Valid until"]) {
        await key(person, "next").tap();
        assert.equal(await isCovered(person.field(label)), "", label);
        await types(person, "X");
      }
      await isAccessible(page);
      await key(person, "next").tap();
      await person.button("Go on to delivery").tap();
      await person.screen("checkout").waitFor();
      for (const [label, first] of [["Full name", "q"], ["Zip code", "@"], ["City", "q"]]) {
        const field = person.screen("checkout").getByRole("textbox", { name: label });
        await field.tap();
        assert.equal(await isCovered(field), "", label);
        assert.ok(await key(person, first).isVisible(), `${label}: ${first}`);
      }
      await types(person, "Albany");
      await key(person, "next").tap();
      await seconds(page, 1);
      assert.ok(!(await board(person).isVisible()), "a list is chosen from");
      await isAccessible(page);
    });
  }
});
