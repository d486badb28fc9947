// A person in Firefox: by the element's hooks, and with as much patience as anywhere.

import puppeteer from "puppeteer-core";
import { EMAIL, FIREFOX, PASSWORD } from "./env.mjs";

const PATIENCE = 20_000;

export const start = () => puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true });

export class FirefoxPerson {
  constructor(page) { this.page = page; }

  /** The element that this selects within the widget, once it is to be seen; with `text` in it, if that is asked for. */
  async sees(selector, text = "") {
    for (const end = Date.now() + PATIENCE; ;) {
      for (const found of await this.page.$$(`instant-card >>> ${selector}`)) {
        const isIt = await found.evaluate((element, text) => (
          element.isConnected && element.getClientRects().length > 0 && element.textContent.includes(text)), text).catch(() => false);
        if (isIt) return found;
      }
      if (Date.now() > end) throw new Error(`never seen: ${selector} ${text}`);
      await new Promise((resolve) => { setTimeout(resolve, 30); });
    }
  }

  async isGone(selector) {
    for (const end = Date.now() + PATIENCE; await this.page.$(`instant-card >>> ${selector}`);) {
      if (Date.now() > end) throw new Error(`still there: ${selector}`);
      await new Promise((resolve) => { setTimeout(resolve, 30); });
    }
  }

  async clicks(selector) { await (await this.sees(selector)).click(); }

  async types(name, text, within = "") { await (await this.sees(`${within} [name="${name}"]`)).type(text); }

  async signsIn(url) {
    await this.page.evaluateOnNewDocument(() => {
      window.told = [];
      document.addEventListener("ic-error", ({ detail }) => window.told.push(detail.code));
    });
    await this.page.goto(url);
    await this.types("email", EMAIL);
    await this.types("password", PASSWORD);
    await this.clicks('[data-action="sign-in"]');
    await this.sees('[data-screen="templates"] [data-action="choose-template"]');
  }

  told() { return this.page.evaluate(() => window.told); }
}
