// `cargo xtask pictures`: every screen, in every way of looking at it, as pictures with an index and a contact sheet for each.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { scene, scenes } from "../e2e/support/scene.mjs";
import { contactSheet, index } from "./sheets.mjs";
import { walked } from "./stage.mjs";
import { LANGUAGES, WALKS, needs } from "./walks.mjs";
import { Eyes, HEIGHT, WAYS, rests } from "./ways.mjs";

const FOLDER = process.env.PICTURES || "target/pictures";
/** Only these walks, and only these languages, where somebody is at one thing. */
const only = (name, all) => (process.env[name] ? process.env[name].split(",") : all);
const walks = only("PICTURES_WALKS", WALKS.map(({ name }) => name));
const languages = only("PICTURES_LANGUAGES", LANGUAGES);
const unknown = walks.filter((name) => !WALKS.some((walk) => walk.name === name));
if (unknown.length) throw new Error(`there is no walk ${unknown}; there are ${WALKS.map(({ name }) => name).join(", ")}`);

/** What was taken: `{walk, screen, lang, way, file}`. */
const taken = [];
const began = Date.now();

before(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
});

after(() => {
  const screens = [...new Set(taken.map(({ screen }) => screen))];
  for (const screen of screens) {
    writeFileSync(join(FOLDER, `${screen}.html`), contactSheet(screen, taken.filter((one) => one.screen === screen), screens));
  }
  writeFileSync(join(FOLDER, "index.html"), index(taken, WALKS));
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`${taken.length} pictures of ${screens.length} screens in ${seconds} s: ${join(FOLDER, "index.html")}`);
});

scenes("pictures", () => {
  for (const walk of WALKS.filter(({ name }) => walks.includes(name))) {
    for (const lang of languages) {
      scene(`${walk.title}, ${lang}`, needs(walk, lang, { width: 1280, height: HEIGHT }), async (stage) => {
        const { page } = stage;
        const eyes = await Eyes.of(page);
        await walk.go(await walked(stage, lang), async (screen, { waits } = {}) => {
          await rests(page, { waits });
          for (const [way, how] of Object.entries(WAYS)) {
            await eyes.look(how, waits);
            const file = `${screen}-${way}-${lang}.png`;
            await page.screenshot({ path: join(FOLDER, file), fullPage: true, animations: "disabled", caret: "hide" });
            taken.push({ walk: walk.name, screen, lang, way, file });
          }
          await eyes.look(WAYS["1280-light"], waits);
        });
      });
    }
  }
}, { concurrency: 2 });
