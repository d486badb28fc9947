// What walks have beside what every scene has.

import { rests } from "./ways.mjs";

/** When everything happens, so that no date is another one tomorrow: the Wednesday before Thanksgiving, at ten in New York. */
export const NOW = Date.UTC(2026, 10, 25, 15, 0);

/** Runs in a page before its own scripts: its clock is set, and goes on from there. */
function sets(now) {
  const RealDate = Date;
  const ahead = now - RealDate.now();
  window.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(RealDate.now() + ahead);
    }

    static now() { return RealDate.now() + ahead; }
  };
}

/** A scene's stage for a walk in this language. */
export async function walked(stage, lang) {
  const { page, person } = stage;
  await page.addInitScript(sets, NOW);
  // A kiosk takes all of the screen, whose width is then not to be changed.
  await page.addInitScript(() => { Element.prototype.requestFullscreen = () => Promise.resolve(); });
  return {
    ...stage, lang,
    /** Waits for the first of what this selector finds. */
    sees: (selector) => person.sees(person.host.locator(selector)),
    /** Waits until nothing is on its way any more. */
    still: () => rests(page),
  };
}
