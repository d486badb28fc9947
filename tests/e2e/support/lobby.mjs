// A kiosk in its lobby, whose clock the test drives, and the strangers who come to it.

import assert from "node:assert/strict";
import { clip } from "./clip.mjs";
import { PASS } from "./journey.mjs";

export const TOKEN = "site-given-token-4f1d";
export const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };
export const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip()}`, "--use-fake-ui-for-media-stream"];

/** What Chromium says where Playwright takes back a tap, since what it was for has moved, and taps anew. */
export const TAPPED_ANEW = /^Ignored attempt to cancel a touchstart event/;

/** Seconds of the page's clock pass. */
export const seconds = (page, count) => page.clock.runFor(count * 1000);

/** Opens a kiosk whose clock the test drives, and waits for its first screen; its page gives `more`, too. */
export async function lobby({ given, open, page, person }, attributes = {}, token = TOKEN, more = {}) {
  await given(token ? { token, ...more } : more);
  await page.clock.install();
  await open("kiosk.html", { mode: "kiosk", ...attributes });
  await person.screen("attract").waitFor();
}

/** A stranger touches the screen, chooses, and fills in a pass. */
export async function begins({ person }, texts = PASS.texts) {
  await person.action("start").tap();
  await person.button(PASS.name).tap();
  await person.fill(texts);
}

/** Nothing that was entered is anywhere in the page, nor in what the browser keeps for it. */
export async function isAsNew({ page, person }, texts = PASS.texts) {
  await person.screen("attract").waitFor();
  const there = await page.evaluate(() => {
    const root = document.querySelector("instant-card").shadowRoot;
    const fields = [...root.querySelectorAll("input, textarea")].map(({ value }) => value);
    return [root.innerHTML, fields, { ...localStorage }, { ...sessionStorage }, history.state, document.cookie].map((part) => JSON.stringify(part)).join();
  });
  for (const text of Object.values(texts)) assert.ok(!there.includes(text), `${text} is still there`);
  assert.equal(await person.dialog.count(), 0);
  assert.equal(await page.evaluate(() => scrollY), 0);
}

export const touch = { ...withToken, page: { viewport: { width: 1080, height: 1920 }, hasTouch: true } };
