// `node tests/faults/play.mjs --runs 12 --seed 1 --at-once 4`: so many scripts of the simulator are played in Chromium
// against a sandbox, one step after the other. Where calls, ledger or screens are otherwise than there, either the simulator
// does not say the truth, or the widget does in a browser what its flows do not.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { start } from "../e2e/support/browser.mjs";
import { FAILURES } from "../e2e/support/env.mjs";
import { Different, play } from "./player.mjs";
import { KINDS, script } from "./script.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "12" },
    seed: { type: "string", default: "1" },
    "at-once": { type: "string", default: "4" },
    steps: { type: "string", default: "25" },
    // A mistake on purpose in the simulator's flows, where it was built with them: the browser does not have it.
    mutant: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});
const number = (name, least) => {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < least) {
    console.error(`--${name} must be a whole number from ${least} on`);
    process.exit(2);
  }
  return number;
};
const [runs, first, atOnce, steps] = [number("runs", 1), number("seed", 0), number("at-once", 1), number("steps", 1)];

/** What all scripts together come to. */
const reached = new Map();
const reaches = (what, count = 1) => reached.set(what, (reached.get(what) ?? 0) + count);
/** What they have to come to: the product's parts, and every kind of fault. */
const PARTS = ["finalized", "submitted", "paid", "cart", "order", "account"];

function count(script) {
  for (const part of ["finalized", "submitted", "paid"]) if (script.reached[part]) reaches(part);
  const screens = new Set(script.steps.map(({ sight }) => sight.screen));
  for (const screen of ["cart", "order", "account"]) if (screens.has(screen)) reaches(screen);
  for (const { faults } of script.steps) for (const { kind } of faults) reaches(kind);
}

async function run(seed, browser) {
  const began = Date.now();
  const lines = [];
  const log = (line) => { lines.push(line); if (values.verbose) console.log(line); };
  const outcome = { seed, calls: 0, steps: 0 };
  try {
    const told = await script(seed, steps, values.mutant);
    outcome.steps = told.steps.length;
    outcome.calls = told.steps.reduce((sum, { calls }) => sum + calls.length, 0);
    await play(told, browser, log);
    count(told);
    outcome.passed = true;
  } catch (error) {
    const notes = [];
    if (error.page) {
      mkdirSync(FAILURES, { recursive: true });
      const picture = join(FAILURES, `script-${seed}.png`);
      writeFileSync(picture, error.page);
      notes.push(`picture: ${picture}`);
    }
    const what = error instanceof Different ? error.message : error.stack;
    outcome.brief = [`script ${seed}: ${what}`, "the end of its story:", ...lines.slice(-25)].join("\n");
    outcome.text = [`seed ${seed}`, ...lines, what, ...notes,
      `again: cargo xtask faults --scripts --seed ${seed} --runs 1`,
      `the simulator's own story: cargo xtask simulate --script ${seed} --steps ${steps}`].join("\n");
  }
  outcome.seconds = (Date.now() - began) / 1000;
  return outcome;
}

const began = Date.now();
const browser = await start();
const outcomes = [];
let next = 0;
await Promise.all(Array.from({ length: Math.min(atOnce, runs) }, async () => {
  while (next < runs) {
    const seed = first + next;
    next += 1;
    const outcome = await run(seed, browser);
    outcomes.push(outcome);
    if (!outcome.passed) {
      console.log(`\nFAILED ${outcome.text}\n`);
      mkdirSync(FAILURES, { recursive: true });
      writeFileSync(join(FAILURES, `script-${seed}.txt`), `${outcome.brief}\n\n${outcome.text}`);
    } else console.log(`ok seed ${seed}: ${outcome.steps} steps, ${outcome.calls} calls, ${outcome.seconds.toFixed(1)} s`);
  }
}));
await browser.close();

const failed = outcomes.filter(({ passed }) => !passed);
const listed = (names) => names.map((name) => `${name} ${reached.get(name) ?? 0}`).join(", ");
console.log(`
scripts       ${outcomes.length}, seeds ${first} to ${first + runs - 1}, ${outcomes.reduce((sum, { steps }) => sum + steps, 0)} steps
calls         ${outcomes.reduce((sum, { calls }) => sum + calls, 0)}
reached       ${listed(PARTS)}
faults        ${listed(KINDS)}
time          ${((Date.now() - began) / 1000).toFixed(0)} s, ${atOnce} at once`);
if (failed.length) console.log(`failed seeds  ${failed.map(({ seed }) => seed).sort((a, b) => a - b).join(" ")}`);
// Fewer than a round of them need not come to everything.
const missing = runs < 12 || failed.length ? [] : [...PARTS, ...KINDS].filter((what) => !reached.has(what));
if (missing.length) console.log(`not reached   ${missing.join(", ")}`);
console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
if (values.mutant) console.log(`mutant ${values.mutant}: found in ${failed.length} of ${outcomes.length} scripts`);
// A mistake on purpose is to be found.
process.exitCode = Boolean(failed.length || missing.length) === Boolean(values.mutant) ? 0 : 1;
