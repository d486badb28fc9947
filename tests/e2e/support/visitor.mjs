// A person at the element in any browser: by the element's hooks and the words to be seen, with patience. What differs
// between browsers is the hand: `goto`, `find`, `evaluate`, `click`, `type`, `pick` and `attach`.

import { WORDS } from "./journey.mjs";

const PATIENCE = 20_000;

/**
 * In the page: the first element at this selector within the widget that is there to be used, with this text in it or as its
 * label; `hidden` ones too, if that is asked for.
 */
function look(selector, text, hidden) {
  const root = document.querySelector("instant-card")?.shadowRoot;
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

  async clicks(selector, text) { await this.#hand.click(await this.sees(selector, text)); }

  async types(selector, text, label) { await this.#hand.type(await this.sees(selector, label), text); }

  async picks(selector, value) { await this.#hand.pick(await this.sees(selector), value); }

  /** Gives a file to the field of this token. */
  async chooses(token, file) {
    await this.#hand.attach(await this.#hand.find(look, `input[type=file][data-token="${token}"]`, "", true), file);
  }

  /** The pictures there are drawn: their sizes. */
  seesPictures(selector) { return this.#until(() => this.#hand.evaluate(pictures, selector), `pictures at ${selector}`); }
}

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
  attach(element, { name, mimeType, buffer }) { return element.setInputFiles({ name, mimeType, buffer }); }
}
