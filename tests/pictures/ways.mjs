// How a screen is looked at: in which width, theme and size of letters; and that it stands still meanwhile.

/** The height of every window. */
export const HEIGHT = 860;
/** What a browser's letters have when nobody has set anything, and what somebody sets who sees little. */
const MEDIUM = 16;
const LARGE = 32;

const way = (width, more = {}) => ({ width, scheme: "light", forced: false, letters: MEDIUM, ...more });

/** The ways by their names, as pictures are taken. */
export const WAYS = Object.fromEntries([360, 768, 1280].flatMap((width) => [
  [`${width}-light`, way(width)],
  [`${width}-dark`, way(width, { scheme: "dark" })],
  [`${width}-forced`, way(width, { scheme: "dark", forced: true })],
  [`${width}-letters`, way(width, { letters: LARGE })],
]));

/** Those that are measured. */
export const MEASURED = {
  "320 px": way(320, { touch: true }), "360 px": way(360, { touch: true }), "768 px": way(768), "1280 px": way(1280),
  "360 px, letters of 32 px": way(360, { letters: LARGE }), "1280 px, letters of 32 px": way(1280, { letters: LARGE }),
};

/** A person's eyes: what they look at a page with. */
export class Eyes {
  #page;
  #cdp;
  #letters = MEDIUM;
  #touch = false;

  #hasTouch;

  constructor(page, cdp, hasTouch) {
    this.#page = page;
    this.#cdp = cdp;
    this.#hasTouch = hasTouch;
  }

  /** Those of a page; of one that is for fingers anyway, where `hasTouch`. */
  static async of(page, { hasTouch = false } = {}) {
    return new Eyes(page, await page.context().newCDPSession(page), hasTouch);
  }

  get cdp() { return this.#cdp; }

  /** Looks in this way; with `waits`, at what is still on its way. */
  async look({ width, scheme, forced, letters, touch = false }, waits = false) {
    await this.#page.emulateMedia({ colorScheme: scheme, forcedColors: forced ? "active" : "none" });
    if (letters !== this.#letters) {
      // The browser's own setting, as a person makes it.
      await this.#cdp.send("Page.setFontSizes", { fontSizes: { standard: letters, fixed: letters } });
      this.#letters = letters;
    }
    if (touch !== this.#touch && !this.#hasTouch) {
      await this.#cdp.send("Emulation.setTouchEmulationEnabled", { enabled: touch });
      this.#touch = touch;
    }
    await this.#page.setViewportSize({ width, height: HEIGHT });
    // A browser tells its pages of these at its leisure.
    await this.#page.waitForFunction(([scheme, forced, letters]) => (
      matchMedia(`(prefers-color-scheme: ${scheme})`).matches && matchMedia("(forced-colors: active)").matches === forced
      && parseFloat(getComputedStyle(document.documentElement).fontSize) === letters), [scheme, forced, letters]);
    await rests(this.#page, { waits });
  }
}

/** Waits until pictures are decoded and nothing moves any more; with `waits`, what is still to come is let be. */
export async function rests(page, { waits = false } = {}) {
  await page.evaluate(async (waits) => {
    const frame = () => new Promise(requestAnimationFrame);
    const root = document.querySelector("instant-card")?.shadowRoot;
    if (!root) return;
    const ends = performance.now() + 8000;
    const isSeen = (element) => element.checkVisibility() && element.getBoundingClientRect().top < innerHeight;
    const comes = () => [...root.querySelectorAll(".skeleton")].some(isSeen);
    while (!waits && comes() && performance.now() < ends) await frame();
    await Promise.all([...root.querySelectorAll("img")].filter((image) => image.src).map((image) => image.decode().catch(() => {})));
    const moving = () => root.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.all(moving().map((animation) => animation.finished.catch(() => {})));
    let before = "";
    for (let same = 0; same < 2 && performance.now() < ends;) {
      await frame();
      const now = [root.textContent.length, root.querySelectorAll("*").length, document.documentElement.scrollHeight, document.documentElement.scrollWidth].join();
      same = now === before ? same + 1 : 0;
      before = now;
    }
  }, waits);
}
