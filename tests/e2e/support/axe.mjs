// What axe finds.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** What violates WCAG 2.2 AA in the whole page, as far as axe can tell: a text for each. */
export async function violations(page, about, rules) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async ([about, tags, rules]) => {
    const options = rules
      ? { runOnly: { type: "rule", values: rules } }
      : { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } } };
    const { violations } = await window.axe.run(document, { ...options, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all }) => {
      const why = [...any, ...all].map(({ message }) => message).join("; ");
      return `${about}: ${id}: ${html.slice(0, 200)}: ${why}`;
    }));
  }, [about, TAGS, rules]);
}

/** The page has no violation. */
export async function isAccessible(page) {
  assert.deepEqual(await violations(page, "axe"), []);
}
