// No screen changes unseen: how each lies, its texts and its colours are as they are kept in `tests/pictures/layouts/`. Whoever means a
// change writes them down anew (`cargo xtask pictures --write`) and looks at the difference.

import assert from "node:assert/strict";
import { changes, now, read, write } from "../pictures/layouts.mjs";
import { walked } from "../pictures/stage.mjs";
import { WALKS, needs } from "../pictures/walks.mjs";
import { Eyes, HEIGHT, WAYS, rests } from "../pictures/ways.mjs";
import { scene, scenes } from "./support/scene.mjs";

const WRITES = process.env.WRITE_LAYOUTS === "1";
const only = process.env.PICTURES_WALKS?.split(",").filter(Boolean) ?? [];
/**
 * Whether a face is found in time depends on the machine, and what is said of it moves all else; and when a browser takes the look of what was
 * touched away again from behind a question, is its own affair: these are measured and pictured only.
 */
const LEFT_OUT = /^(photo|photo-tone|camera-photo|kiosk-question-whether-to-start-over)$/;
/** More than these tell nothing new. */
const TOLD = 40;

/** The letters of the sandbox's cards, which are the same on every machine. */
async function letters(page, url) {
  await page.evaluate(async (url) => {
    const face = new FontFace("pictures", `url(${url}fonts/Roboto-Regular.ttf)`, { weight: "100 900" });
    document.fonts.add(await face.load());
    document.querySelector("instant-card").style.setProperty("--ic-font", "pictures");
  }, url);
}

scenes("no screen changes unseen", () => {
  for (const walk of WALKS.filter(({ name }) => !only.length || only.includes(name))) {
    const fonts = ["--static", `/fonts=${new URL("../../sandbox/fonts", import.meta.url).pathname}`];
    scene(walk.title, needs(walk, "en", { width: 1280, height: HEIGHT }, { wide: true, sandbox: fonts }), async (stage) => {
      const { page, sandbox } = stage;
      const eyes = await Eyes.of(page, walk.needs.page);
      const found = [];
      await walk.go(await walked(stage, "en"), async (screen, { waits } = {}) => {
        if (LEFT_OUT.test(screen)) return;
        // What is under the mouse changes with the letters, some time later.
        await page.mouse.move(0, 0);
        await letters(page, sandbox.url);
        await rests(page, { waits });
        const there = await now(eyes, page, waits);
        await eyes.look(WAYS["1280-light"], waits);
        if (WRITES) write(screen, there);
        else found.push(...changes(screen, read(screen), there));
      });
      const more = found.length > TOLD ? [`and ${found.length - TOLD} more`] : [];
      assert.ok(!found.length, `changed; if it is meant, \`cargo xtask pictures --write\` keeps it:\n  ${[...found.slice(0, TOLD), ...more].join("\n  ")}`);
    });
  }
});
