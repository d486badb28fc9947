// How every screen lies, as it is kept in `layouts/`: read, written, and compared with what is there now.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { recorded } from "./record.mjs";
import { WAYS } from "./ways.mjs";

const FOLDER = fileURLToPath(new URL("layouts/", import.meta.url));
const ROWS = 3;
const WIDTHS = [360, 1280];
/** So many pixels, and such a share of its size or of where it is, may a box be elsewhere: another version of a browser rounds otherwise. */
const PIXELS = 4;
const SHARE = 0.02;

/**
 * A screen now: `{colours: [in light | in dark], items: [[name, text, colours' place, box in each width…]]}`. A width in which something is
 * not to be seen has 0 in place of its box.
 */
export async function now(eyes, page, waits) {
  const looks = {};
  for (const way of ["360-light", "1280-dark", "1280-light"]) {
    await eyes.look(WAYS[way], waits);
    looks[way] = await page.evaluate(recorded, { rows: ROWS });
  }
  const key = ({ name, text }) => `${name} ${text}`;
  const times = new Map();
  /** Several of one kind are told apart by how many came before. */
  const keyed = (items) => {
    times.clear();
    return new Map(items.map((item) => {
      const one = key(item);
      times.set(one, (times.get(one) ?? 0) + 1);
      return [`${one} ${times.get(one)}`, item];
    }));
  };
  const [narrow, dark, light] = Object.values(looks).map(keyed);
  const colours = [];
  const place = (text) => {
    if (!colours.includes(text)) colours.push(text);
    return colours.indexOf(text);
  };
  const keys = [...new Set([...light.keys(), ...narrow.keys()])];
  const items = keys.map((one) => {
    const { name, text, colours: own } = light.get(one) ?? narrow.get(one);
    return [name, text, place(`${own} | ${dark.get(one)?.colours ?? ""}`), narrow.get(one)?.box ?? 0, light.get(one)?.box ?? 0];
  });
  return { colours, items };
}

const path = (screen) => join(FOLDER, `${screen}.json`);

/** One line for each thing, so that a change is one line in a comparison. */
export function write(screen, { colours, items }) {
  const lines = (list) => list.map((one) => `  ${JSON.stringify(one)}`).join(",\n");
  mkdirSync(dirname(path(screen)), { recursive: true });
  writeFileSync(path(screen), `{"colours":[\n${lines(colours)}\n],"items":[\n${lines(items)}\n]}\n`);
}

export function read(screen) {
  return existsSync(path(screen)) ? JSON.parse(readFileSync(path(screen), "utf8")) : null;
}

const isNear = (one, other, size) => Math.abs(one - other) <= Math.max(PIXELS, SHARE * size);
const sameBox = (one, other) => (!one || !other ? one === other : one.every((number, at) => isNear(number, other[at], Math.max(one[at], other[at]))));

/** What has changed: a text for each thing, those that are new and those that are gone too. */
export function changes(screen, kept, there) {
  if (!kept) return [`${screen} is new: nothing of it is kept`];
  const found = [];
  const list = ({ items }) => {
    const times = {};
    return new Map(items.map((item) => {
      const one = `${item[0]} ${JSON.stringify(item[1])}`;
      times[one] = (times[one] ?? 0) + 1;
      return [times[one] > 1 ? `${one}, number ${times[one]}` : one, item];
    }));
  };
  const [before, after] = [list(kept), list(there)];
  for (const [one] of before) if (!after.has(one)) found.push(`${screen}: gone: ${one}`);
  for (const [one, item] of after) {
    const was = before.get(one);
    if (!was) {
      found.push(`${screen}: new: ${one}`);
      continue;
    }
    const [is, had] = [there.colours[item[2]], kept.colours[was[2]]];
    if (is !== had) found.push(`${screen}: ${one} has other colours: ${had} -> ${is}`);
    WIDTHS.forEach((width, at) => {
      if (!sameBox(was[3 + at], item[3 + at])) found.push(`${screen}: ${one} stands elsewhere at ${width}: ${was[3 + at]} -> ${item[3 + at]}`);
    });
  }
  return found;
}
