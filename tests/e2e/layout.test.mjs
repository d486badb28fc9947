// Every screen in numbers: nothing lies on something else, is cut, or leaves its box or the window, what is pressed is large enough, every
// text and every state of a control can be read in both themes whatever accent a site sets, and nothing jumps where the server is slow.

import assert from "node:assert/strict";
import { contrast, layout, shifts, watchShifts } from "../pictures/measured.mjs";
import { walked } from "../pictures/stage.mjs";
import { WALKS, needs } from "../pictures/walks.mjs";
import { Eyes, HEIGHT, WAYS, rests } from "../pictures/ways.mjs";
import { scene, scenes } from "./support/scene.mjs";

const SLOW_MS = 800;
/** How far things may move on a screen by themselves, and where it is more so far: rows of cards are measured once they are drawn; the review's
 * notices come with the balance; the orders are higher than what stands there while they are read, and so is what an order has cost.
 * Whoever mends that takes it out here. */
const MOST = 0.05;
const SO_FAR = { cards: 0.08, review: 0.08, "order-done": 0.35, orders: 0.13 };

/** The walk with a look at each screen, whose faults are told all at once. */
async function walks(walk, stage, lang, see) {
  const found = [];
  await walk.go(await walked(stage, lang), async (screen, { waits } = {}) => {
    await rests(stage.page, { waits });
    found.push(...await see(screen, waits));
  });
  assert.ok(!found.length, `${found.length} faults:\n  ${found.join("\n  ")}`);
}

scenes("every screen in numbers", () => {
  for (const walk of WALKS) {
    // In Spanish, whose words are longer.
    scene(`it lies well and can be read: ${walk.title}`, needs(walk, "es", { width: 1280, height: HEIGHT }, { wide: true }), async (stage) => {
      const eyes = await Eyes.of(stage.page, walk.needs.page);
      const known = new Set();
      await walks(walk, stage, "es", async (screen, waits) => {
        const found = await contrast(eyes, stage.page, screen, waits, known);
        found.push(...await layout(eyes, stage.page, walk, screen, waits));
        await eyes.look(WAYS["1280-light"], waits);
        return found;
      });
    });

    const slow = ["--latency", `${SLOW_MS}`];
    scene(`nothing jumps: ${walk.title}`, needs(walk, "en", { width: 390, height: 780 }, { wide: true, sandbox: slow }), async (stage) => {
      await stage.page.addInitScript(watchShifts);
      await walks(walk, stage, "en", (screen) => shifts(stage.page, screen, SO_FAR[screen] ?? MOST));
    });
  }
});
