// Plays a script of the simulator in a browser against a sandbox, step by step, and compares what came of each.

import { goesWithout } from "../e2e/support/browser.mjs";
import { Sandbox } from "../e2e/support/sandbox.mjs";
import { ORGANIZATION } from "../e2e/support/env.mjs";
import { installClock } from "./clock.mjs";
import { different, differentCalls, told, worded } from "./compare.mjs";
import { Hands } from "./deeds.mjs";
import { rules } from "./script.mjs";
import { sight } from "./sight.mjs";

/** So many connections a browser keeps to one server. */
const CONNECTIONS = 6;
/** What the browser itself says of requests that fail on purpose. */
const NETWORK_NOISE = /^Failed to load resource: /;
const TOKEN = "a-token-from-the-start";
/** Something differs. */
export class Different extends Error {}

/** A sandbox whose world is the script's. */
async function start({ world }) {
  const dialects = world.dialect.flatMap((dialect) => ["--dialect", dialect]);
  const sandbox = await Sandbox.start("--cards", String(world.cards), "--balance", String(world.balance_cents), "--token", TOKEN, ...dialects);
  for (const job of world.jobs) {
    const form = new FormData();
    form.set("print_job[card_ids]", JSON.stringify(job.cards));
    form.set("print_job[number_of_copies]", String(job.copies));
    if (job.has_shipping) {
      form.set("print_job[address_id]", "9301");
      form.set("print_job[shipping_provider_id]", "13");
    }
    const jobs = `${sandbox.api}organizations/${ORGANIZATION}/print_jobs`;
    const asked = { method: "POST", headers: { authorization: `bearer ${TOKEN}` } };
    await fetch(jobs, { ...asked, body: form });
    const { id } = (await sandbox.state()).print_jobs.at(-1);
    if (job.is_submitted) await fetch(`${jobs}/${id}/print`, asked);
  }
  return sandbox;
}

/** All connections that the browser keeps have been used: what is dropped on one of these, it repeats. */
async function warm(page, sandbox) {
  // So slowly that none is free again for the next call.
  await sandbox.faults({ rules: [], latency_ms: 150 });
  await page.evaluate(([address, count]) => window.ownClock.warm(address, count), [`${sandbox.api}warm`, CONNECTIONS]);
  await sandbox.faults({ latency_ms: 0 });
}

/** Plays it; throws {@link Different} where anything is otherwise. `log` hears of each step. */
export async function play(script, browser, log) {
  const sandbox = await start(script);
  const wrong = [];
  let context;
  try {
    context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: "en-US", reducedMotion: "reduce" });
    await context.addInitScript(goesWithout);
    await context.addInitScript(installClock);
    const page = await context.newPage();
    page.on("dialog", (dialog) => { dialog.accept().catch(() => {}); });
    page.on("pageerror", (error) => wrong.push(`page error: ${error.stack ?? error}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !NETWORK_NOISE.test(message.text())) wrong.push(`console: ${message.text()}`);
    });
    const hands = new Hands(page, sandbox);
    let seen = (await sandbox.state()).requests.at(-1)?.n ?? 0;
    let hasRules = false;
    for (const [number, step] of script.steps.entries()) {
      log(`${number}  ${step.words}${step.faults.map(({ method, target, kind }) => `\n      [${kind}: ${worded({ method, target })}]`).join("")}`);
      if (number === 0) {
        const organization = script.organization ? `&organization-id=${script.organization}` : "";
        await page.goto(`${sandbox.url}pages/host.html?lang=en&page-size=${script.page_size}${organization}`);
      } else {
        if (step.faults.some(({ kind }) => kind === "repeated")) {
          await warm(page, sandbox);
          seen = (await sandbox.state()).requests.at(-1).n;
        }
        if (hasRules || step.faults.length) await sandbox.faults({ rules: rules(step.faults) });
        hasRules = step.faults.length > 0;
        await page.evaluate(() => window.ownClock.hold());
        if (step.deed) await hands.do(step.deed);
      }
      await page.evaluate(() => window.ownClock.runOut());
      const state = await sandbox.until((state) => state.audit.under_way === 0 && state);
      const requests = state.requests.filter(({ n }) => n > seen);
      seen = state.requests.at(-1)?.n ?? seen;
      const differences = [
        ...differentCalls(step.calls.map(worded), requests.map(worded)),
        ...different("screen", step.sight, await page.evaluate(sight)),
      ];
      if (differences.length) throw new Different(`step ${number}, ${step.words}:\n${differences.map(told).join("\n")}`);
      if (wrong.length) throw new Different(wrong.join("\n"));
    }
    if (!script.end) return;
    const state = await sandbox.state();
    const end = {
      jobs: state.print_jobs.map((job) => ({
        id: job.id, submitted: job.submitted, cards: job.card_ids, copies: job.number_of_copies, provider: job.shipping_provider_id,
      })),
      ledger: state.ledger.map(({ cents, job }) => ({ cents, job })),
    };
    const differences = different("end", script.end, end);
    if (differences.length) throw new Different(`in the end:\n${differences.map(told).join("\n")}`);
  } catch (error) {
    error.page = await context?.pages()[0]?.screenshot({ fullPage: true, timeout: 5000 }).catch(() => undefined);
    throw error;
  } finally {
    await context?.close().catch(() => {});
    await sandbox.stop();
  }
}
