// Somebody who does not see the screen, and goes through it by keys: what has the focus, and what is said by itself.

import assert from "node:assert/strict";

const REGIONS = "[role=status], [role=alert], [role=timer], [aria-live]";
/** More stops than any screen has: with Tab alone one passes the keyboard after each field. */
const STOPS = 160;

/** Runs in the page: keeps what live regions say. One that comes with its text says nothing, but for an alert. */
function keep(regions) {
  window.said = [];
  const host = document.querySelector("instant-card");
  const known = new WeakSet(host.shadowRoot.querySelectorAll(regions));
  new MutationObserver((changes) => {
    const changed = new Set();
    for (const { target, addedNodes } of changes) {
      const region = (target instanceof Element ? target : target.parentElement)?.closest(regions);
      if (region) changed.add(region);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const region of [node, ...node.querySelectorAll("*")].filter((node) => node.matches(regions))) changed.add(region);
      }
    }
    for (const region of changed) {
      const text = region.textContent.trim();
      if (text && region.isConnected && (known.has(region) || region.role === "alert")) window.said.push(text);
      known.add(region);
    }
  }).observe(host.shadowRoot, { subtree: true, childList: true, characterData: true });
}

export class Listener {
  #person;

  constructor(person) { this.#person = person; }

  static async at(person) {
    await person.page.evaluate(`(${keep})(${JSON.stringify(REGIONS)})`);
    return new Listener(person);
  }

  /** Presses keys, one after the other. */
  async presses(...keys) {
    for (const key of keys) await this.#person.page.keyboard.press(key);
  }

  /** What has the focus, by its hook, or what it is. */
  stands() {
    return this.#person.host.evaluate(({ shadowRoot }) => {
      const at = shadowRoot.activeElement;
      return at && (at.dataset.action ?? at.dataset.token ?? at.dataset.key ?? (at.name || at.textContent.trim().slice(0, 40)));
    });
  }

  /** Goes on until the thing with this hook has the focus; gives what was come by. */
  async goesTo(hook, key = "Tab") {
    const passed = [];
    while (passed.length < STOPS) {
      const at = await this.stands();
      if (at === hook) return passed;
      passed.push(at);
      await this.presses(key);
    }
    return assert.fail(`${hook} is not come to with ${key}: ${passed}`);
  }

  /** Goes there and presses it. */
  async does(hook, key = "Enter") {
    const passed = await this.goesTo(hook);
    await this.presses(key);
    return passed;
  }

  /** The screen has come up with this title, and is read from there. */
  async hears(title) {
    await this.#person.focuses(this.#person.host.getByRole("heading", { name: title, level: 1 }));
  }

  /** This is said by itself, or was since it was last asked. */
  async isTold(text) {
    await this.#person.page.waitForFunction((text) => {
      const at = window.said.findIndex((said) => said.includes(text));
      if (at >= 0) window.said.splice(0, at + 1);
      return at >= 0;
    }, text).catch(async (error) => {
      throw new Error(`never said: ${text}; but ${JSON.stringify(await this.#person.page.evaluate(() => window.said))}`, { cause: error });
    });
  }
}
