// A person at the element in any browser: by the element's hooks and the words to be seen, with patience. What differs
// between browsers is the hand: `goto`, `find`, `evaluate`, `click`, `type`, `pick` and `attach`.

import { WORDS } from "./journey.mjs";

const PATIENCE = 20_000;

/**
 * In the page: the first element at this selector within the widget that is there to be used, with this text in it or as its
 * label; `hidden` ones too, if that is asked for. A selector that begins with `:root` is one of the page around it.
 */
function look(selector, text, hidden) {
  const root = selector.startsWith(":root") ? document : document.querySelector("instant-card")?.shadowRoot;
  const says = (element) => [element, ...element.labels ?? []].some(({ textContent }) => textContent.includes(text));
  const isThere = (element) => hidden || (element.getClientRects().length > 0 && element.ariaDisabled !== "true");
  return [...root?.querySelectorAll(selector) ?? []].find((element) => isThere(element) && says(element)) ?? null;
}

/** In the page: all that is to be read there. */
const all = () => document.querySelector("instant-card")?.shadowRoot.querySelector("main, [data-screen]")?.innerText;

/** In the page: the natural sizes of the pictures at this selector, or null as long as one of them is not drawn. */
function pictures(selector) {
  const images = [...document.querySelector("instant-card").shadowRoot.querySelectorAll(selector)];
  const drawn = images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
  return drawn && images.length > 0 ? images.map(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]) : null;
}

export class Visitor {
  #hand;

  constructor(hand) {
    this.#hand = hand;
    this.words = WORDS.en;
  }

  goto(url) { return this.#hand.goto(url); }

  async #until(ask, what) {
    for (const end = Date.now() + PATIENCE; ;) {
      const found = await ask();
      if (found) return found;
      if (Date.now() > end) {
        throw new Error(`never seen: ${what}; there is:\n${await this.#hand.evaluate(all)}`);
      }
      await new Promise((resolve) => { setTimeout(resolve, 30); });
    }
  }

  /** Waits for what is at this selector, with this text in it or as its label. */
  sees(selector, text = "") { return this.#until(() => this.#hand.find(look, selector, text), `${selector} ${text}`); }

  /** What stands there. */
  async reads(selector, text = "") {
    await this.sees(selector, text);
    return this.#hand.evaluate(`(...args) => (${look})(...args)?.innerText`, selector, text);
  }

  /** What stands in the field at this selector, with this label. */
  async value(selector, label) {
    await this.sees(selector, label);
    return this.#hand.evaluate(`(...args) => (${look})(...args)?.value`, selector, label);
  }

  /** Whether what is at this selector is such an element. */
  async is(selector, name) {
    await this.sees(selector);
    return this.#hand.evaluate(`(...args) => (${look})(...args)?.localName === ${JSON.stringify(name)}`, selector, "");
  }

  async clicks(selector, text) { await this.#hand.click(await this.sees(selector, text)); }

  async types(selector, text, label) { await this.#hand.type(await this.sees(selector, label), text); }

  /** Waits until nothing is at this selector. */
  async misses(selector) {
    await this.#until(async () => await this.#hand.find(look, selector, "", true) === null, `nothing at ${selector}`);
  }

  /** What `run` gives in the page. */
  asks(run, ...args) { return this.#hand.evaluate(run, ...args); }

  async picks(selector, value) { await this.#hand.pick(await this.sees(selector), value); }

  /** Draws a line over what is at this selector; its points are shares of the width and height. */
  async draws(selector, points) { await this.#hand.draw(await this.sees(selector), points); }

  /** Gives a file to the field of this token. */
  async chooses(token, file) {
    await this.#hand.attach(await this.#hand.find(look, `input[type=file][data-token="${token}"]`, "", true), file);
  }

  /** The pictures there are drawn: their sizes. */
  seesPictures(selector) { return this.#until(() => this.#hand.evaluate(pictures, selector), `pictures at ${selector}`); }
}

/** A signature of sorts, for `draws`. */
export const WAVE = Array.from({ length: 25 }, (_, at) => [0.2 + at * 0.02, 0.5 + 0.25 * Math.sin(at / 2)]);

/** The hand of a browser that Playwright drives. */
export class PageHand {
  #page;

  constructor(page) { this.#page = page; }

  goto(url) { return this.#page.goto(url); }
  evaluate(run, ...args) { return this.#page.evaluate(`(${run})(...${JSON.stringify(args)})`); }
  async find(run, ...args) { return (await this.#page.evaluateHandle(`(${run})(...${JSON.stringify(args)})`)).asElement(); }
  click(element) { return element.click(); }
  type(element, text) { return element.fill(text); }
  pick(element, value) { return element.selectOption(value); }
  async draw(element, points) {
    await element.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await element.boundingBox();
    const [first, ...rest] = points.map(([left, top]) => [x + left * width, y + top * height]);
    const { mouse } = this.#page;
    await mouse.move(...first);
    await mouse.down();
    for (const point of rest) await mouse.move(...point);
    await mouse.up();
  }
  attach(element, { name, mimeType, buffer }) { return element.setInputFiles({ name, mimeType, buffer }); }
}
