// Which of the API's operations the screens have called, in all scenes of a process.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const TABLE = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");

const called = new Set();

/** A page has asked for this. */
export function asked(method, url) {
  const [, path] = url.split("/api/v2/");
  if (path === undefined) return;
  const [place] = path.split("?");
  called.add(`${method} ${place.replace(/^organizations\/\d+\/?/, "").replace(/\d+/g, "#")}`.trim());
}

/** All that stand in the table of the docs were called, each from the page of some scene. */
export function allWereCalled() {
  const rows = [...TABLE.matchAll(/^\| `[\w.]+` \| `([^`]+)` \|/gm)].map(([, call]) => call);
  assert.equal(rows.length, 37);
  assert.deepEqual(rows.filter((call) => !called.has(call)), [], "operations that no screen has called");
}
