// `node tests/faults/run.mjs --runs 200 --seed 1 --at-once 4`: so many people, one after another, go through cart and
// checkout by chance while faults strike by chance; afterwards the ledger, the jobs and what the screen said must agree.
// `--seed N --runs 1` repeats one of them.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { goesWithout, start } from "../e2e/support/browser.mjs";
import { FAILURES } from "../e2e/support/env.mjs";
import { Sandbox } from "../e2e/support/sandbox.mjs";
import { Book } from "./book.mjs";
import { Dice } from "./dice.mjs";
import { Walk } from "./walk.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    "at-once": { type: "string", default: "4" },
    steps: { type: "string", default: "60" },
    share: { type: "string" },
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

/** What the browser itself says of requests that fail on purpose. */
const NETWORK_NOISE = /^Failed to load resource: /;

async function run(seed, browser) {
  const dice = new Dice(seed);
  const lines = [];
  const began = Date.now();
  const log = (text) => {
    lines.push(`${((Date.now() - began) / 1000).toFixed(2).padStart(7)}  ${text}`);
    if (values.verbose) console.log(lines.at(-1));
  };
  // A balance that is too low for most orders, now and then.
  const balance = dice.chance(0.25) ? dice.number(0, 3000) : 500_000;
  const sandbox = await Sandbox.start("--cards", "12", "--balance", String(balance), "--preview-unavailable", "1000000", "--careless-print");
  const wrong = [];
  const told = [];
  let context;
  let page;
  const outcome = { seed, actions: 0, faults: {}, sendings: 0, charges: 0, patches: 0, cards: 0 };
  try {
    context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: "en-US", reducedMotion: "reduce" });
    await context.addInitScript(goesWithout);
    context.setDefaultTimeout(20_000);
    await context.exposeFunction("tell", (type, detail) => { told.push({ type, detail }); });
    await context.addInitScript(() => {
      for (const type of ["ic-order-submitted", "ic-error"]) {
        document.addEventListener(type, ({ detail }) => window.tell(type, structuredClone(detail)));
      }
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        console.error(`CSP violation: ${violatedDirective} ${blockedURI}`);
      });
    });
    page = await context.newPage();
    page.on("dialog", (dialog) => { dialog.accept().catch(() => {}); });
    page.on("pageerror", (error) => wrong.push(`page error: ${error.stack ?? error}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !NETWORK_NOISE.test(message.text())) {
        wrong.push(`console ${message.type()}: ${message.text()}`);
      }
    });
    const before = await sandbox.state();
    const drafts = new Set(before.cards.filter(({ finalized }) => !finalized).map(({ id }) => id));
    const book = new Book();
    const listen = async () => {
      for (const { type, detail } of told.splice(0)) {
        if (type === "ic-order-submitted") {
          log(`  the page is told that ${detail.printJobIds} were submitted`);
          book.heard(detail.printJobIds.map(Number), Number(detail.cards), Number(detail.copies), await sandbox.state());
        } else if (/^charge/.test(detail.code)) {
          log(`  the page is told: ${detail.code}: ${detail.message}`);
          book.warned(detail.message);
        } else if (/panic/.test(detail.code)) {
          wrong.push(`ic-error ${detail.code}: ${detail.message}`);
        }
      }
      if (wrong.length) throw new Error(wrong.join("\n"));
    };
    const walk = new Walk({ page, sandbox, dice, book, log, drafts, listen });

    await walk.open();
    // Everything now and then, or what is asked of print jobs often.
    const [path, shares] = dice.chance(0.5) ? ["", [0.05, 0.1, 0.2]] : ["/print_jobs", [0.15, 0.25, 0.4]];
    const share = values.share === undefined ? dice.of(shares) : Number(values.share);
    log(`faults strike ${Math.round(share * 100)} % of the requests${path && ` to ${path}`}; balance ${balance} cents`);
    await sandbox.faults({ random: { seed, share, slow_ms: 1200, path_contains: path, kinds: [
      "cut_before", "cut_after", "cut_after", "json_500", "html_502", "empty_503", "slow", "slow", "slow", "expire",
      // What the browser repeats by itself.
      "drop_before", "drop_after",
    ] } });
    for (let step = 0; step < steps; step += 1) {
      await walk.walk(1);
      await listen();
    }

    log("the network is well again");
    await sandbox.faults({ random: null });
    // What was begun goes on to its end, with whatever has to be said for it.
    for (let end = Date.now() + 90_000; ;) {
      const seen = await walk.look();
      if (seen.asked) await walk.signsInAgain();
      else if (seen.checkout?.order && !seen.checkout.stopped && Date.now() < end) await page.waitForTimeout(100);
      else if (seen.checkout?.stopped) { await walk.onTheWay(seen.checkout).then(() => walk.quiet()); if (Date.now() > end - 60_000) break; } else break;
    }
    await walk.settle();
    await walk.isTold();
    await walk.reload();
    await walk.toCart();
    await walk.settle();
    const state = await sandbox.state();
    book.check(state, drafts);
    book.checkOrders(state);
    await listen();
    Object.assign(outcome, {
      passed: true, actions: walk.actions, faults: state.audit.faults, sendings: book.sendings,
      charges: state.audit.charges.length, patches: state.audit.patches, cards: book.cart.size, ...book.repeats(),
    });
  } catch (error) {
    const state = await sandbox.state().catch(() => null);
    const notes = [];
    try {
      mkdirSync(FAILURES, { recursive: true });
      const picture = join(FAILURES, `faults-${seed}.png`);
      await page.screenshot({ path: picture, fullPage: true, timeout: 5000 });
      notes.push(`picture: ${picture}`);
    } catch {
      // The failure itself is what matters.
    }
    const jobs = state?.print_jobs.map(({ id, submitted, card_ids: cards, number_of_copies: copies, shipping_provider_id: provider }) => (
      `  job ${id}: cards ${cards} × ${copies}, provider ${provider}${submitted ? ", submitted" : ""}`));
    const asked = state?.requests.filter(({ path }) => /print_jobs/.test(path)).slice(-60).map(({ method, path, query, parts, status, fault }) => (
      `  ${method} ${path.replace(/.*20003827/, "")} ${[...query, ...parts].map(({ name, value }) => `${name}=${value}`).join(" ")} → ${status}${fault ? ` (${fault})` : ""}`));
    Object.assign(outcome, {
      passed: false, brief: [`seed ${seed}: ${error.message}`, "the end of the walk:", ...lines.slice(-25)].join("\n"), faults: state?.audit.faults ?? {}, charges: state?.audit.charges.length ?? 0,
      text: [`seed ${seed}: ${error.name === "Error" ? "" : error.stack.split("\n").slice(0, 4).join("\n")}`, error.message, "the walk:", ...lines,
        ...wrong, `audit: ${JSON.stringify(state?.audit)}`, ...(jobs ?? []), "requests of print jobs:", ...(asked ?? []), ...notes,
        `again: cargo xtask faults --seed ${seed} --runs 1`].join("\n"),
    });
  } finally {
    await context?.close().catch(() => {});
    await sandbox.stop();
  }
  const count = (pattern) => lines.filter((line) => pattern.test(line)).length;
  Object.assign(outcome, {
    reloads: count(/ {2}reload/), doubles: count(/ {2}double click/), signIns: count(/ {2}sign in/), stops: count(/ {4}stopped/),
  });
  outcome.seconds = (Date.now() - began) / 1000;
  return outcome;
}

const began = Date.now();
let browser = start();
const outcomes = [];
let next = 0;
let ended = 0;

/** One run. When the browser itself has ended meanwhile, that says nothing of the product: once more, in a new one. */
async function once(seed) {
  for (let attempt = 1; ; attempt += 1) {
    const mine = browser;
    const running = await mine;
    const outcome = await run(seed, running);
    if (outcome.passed || running.isConnected() || attempt === 3) return outcome;
    console.log(`the browser has ended: seed ${seed} once more`);
    if (browser === mine) {
      ended += 1;
      browser = start();
    }
  }
}

await Promise.all(Array.from({ length: Math.min(atOnce, runs) }, async () => {
  while (next < runs) {
    const seed = first + next;
    next += 1;
    const outcome = await once(seed);
    outcomes.push(outcome);
    if (!outcome.passed) {
      console.log(`\nFAILED ${outcome.text}\n`);
      mkdirSync(FAILURES, { recursive: true });
      writeFileSync(join(FAILURES, `faults-${seed}.txt`), `${outcome.brief}\n\n${outcome.text}`);
    } else console.log(`ok seed ${seed}: ${outcome.actions} actions, ${sum(Object.values(outcome.faults))} faults, ${outcome.charges} charges, ${outcome.seconds.toFixed(1)} s`);
  }
}));
await (await browser).close();

function sum(list) { return list.reduce((sum, number) => sum + number, 0); }
const total = (of) => sum(outcomes.map(of));
const kinds = {};
for (const { faults } of outcomes) for (const [kind, count] of Object.entries(faults)) kinds[kind] = (kinds[kind] ?? 0) + count;
const failed = outcomes.filter(({ passed }) => !passed);
console.log(`
runs          ${outcomes.length}, seeds ${first} to ${first + runs - 1}
actions       ${total(({ actions }) => actions)}, of which ${total(({ doubles }) => doubles)} double clicks, ${total(({ reloads }) => reloads)} reloads, ${total(({ signIns }) => signIns)} times signing in
faults        ${sum(Object.values(kinds))}: ${Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`).join(", ")}
submissions   ${total(({ sendings }) => sendings)} times sent on their way or on; stopped ${total(({ stops }) => stops)} times
charges       ${total(({ charges }) => charges)}; ${total(({ twice }) => twice ?? 0)} made twice by the browser, of which ${total(({ unread }) => unread ?? 0)} were left before it was told
updates       ${total(({ patches }) => patches)} of print jobs
time          ${((Date.now() - began) / 1000).toFixed(0)} s, ${atOnce} at once`);
if (ended) console.log(`the browser ended by itself ${ended} times; what ran in it was run again`);
if (failed.length) console.log(`failed seeds  ${failed.map(({ seed }) => seed).sort((a, b) => a - b).join(" ")}`);
console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length ? 1 : 0;
