// Orders through the gateway on lines that break: fifty people, half of them in Chromium and half in Firefox, each of whom orders a
// card. A connection is cut at a random byte, before the gateway or behind it, and for some the gateway is killed and started again on
// its file. Whatever a person reads is true, and InstantCard's ledger has one charge for each order.
//
// By seed, which is printed: GATEWAY_ONCE_SEED and GATEWAY_ONCE_RUNS play others, or fewer.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { start, startFirefox, typeReally } from "./support/browser.mjs";
import { WIDE } from "./support/env.mjs";
import { Gateway } from "./support/gateway.mjs";
import { Person } from "./support/journey.mjs";
import { Sandbox } from "./support/sandbox.mjs";
import { scenes } from "./support/scene.mjs";

const SEED = Number(process.env.GATEWAY_ONCE_SEED || 20261126);
const RUNS = Number(process.env.GATEWAY_ONCE_RUNS || 50);
const skip = !WIDE && !process.env.GATEWAY_ONCE_RUNS;
const UPS = 13;
const COST = 550 + 1250;
const PREFILL = { FULL_NAME: "Ana Núñez", COMPANY: "Brightwater Ltd.", HOST: "Amelia Hart", VALID_UNTIL: "June 30, 2027" };
const HOME = {
  full_name: "Ana Núñez", address_1: "12 Orchard Lane", city: "Albany", country: "USA", state: "NY", zip_code: "12207",
};
/** Numbers that look random, the same ones each time. */
function dice(seed) {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** A line to a port that can be told to break once so many further bytes have gone in one direction. */
async function line(port) {
  const sockets = new Set();
  const it = { left: null, cuts: 0, passed: { there: 0, back: 0 } };
  const passes = (direction, from, to) => from.on("data", (data) => {
    it.passed[direction] += data.length;
    if (it.left?.direction === direction && (it.left.bytes -= data.length) < 0) {
      // What was before the cut still arrives.
      const before = data.subarray(0, data.length + it.left.bytes);
      it.left = null;
      it.cuts += 1;
      to.write(before, () => [from, to].forEach((socket) => socket.destroy()));
    } else to.write(data);
  });
  const server = createServer((here) => {
    const there = connect(port(), "127.0.0.1");
    for (const [one, other] of [[here, there], [there, here]]) {
      sockets.add(one);
      one.on("error", () => {}).on("close", () => { sockets.delete(one); other.destroy(); }).on("end", () => other.end());
    }
    passes("there", here, there);
    passes("back", there, here);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  it.port = server.address().port;
  it.url = `http://127.0.0.1:${it.port}/`;
  it.stop = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return it;
}

/** A sandbox, a gateway, and the lines before and behind it. */
async function house() {
  const sandbox = await Sandbox.start("--balance", "10000000");
  const vendor = await line(() => sandbox.port);
  const gateway = await Gateway.start(
    { url: sandbox.url, api: sandbox.api.replace(`:${sandbox.port}/`, `:${vendor.port}/`) },
    `[orders]\nshipping_provider_id = ${UPS}\n[limits]\nsigning_in = { burst = 1000, per_minute = 1000 }\naddress = { burst = 10000, per_minute = 10000 }\n`,
  );
  const front = await line(() => Number(new URL(gateway.url).port));
  const stop = () => Promise.all([front, vendor, gateway, sandbox].map((one) => one.stop()));
  return { sandbox, gateway, lines: { page: front, vendor }, stop };
}

/**
 * One person orders a card. `bytes` says how many an order takes on each line and in each direction; without it nothing happens to
 * theirs. Gives what was done to it, what they have read at last, and how often they had to ask.
 */
async function orders({ browser, prepare, home, roll, member, bytes }) {
  const { sandbox, gateway, lines } = home;
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-US", reducedMotion: "reduce" });
  context.setDefaultTimeout(30_000);
  try {
    await prepare(context);
    await context.exposeFunction("statement", () => gateway.statement({ sub: member, ends_with: "order" }));
    await context.addInitScript(([prefill, shippingAddress]) => {
      window.given = { tokenProvider: () => window.statement(), prefill, shippingAddress };
    }, [PREFILL, HOME]);
    const page = await context.newPage();
    const person = new Person(page);
    const attributes = new URLSearchParams({ mode: "request", gateway: lines.page.url, "api-base": "", "template-id": "5802", "ends-with": "order" });
    await page.goto(`${sandbox.url}pages/host.html?${attributes}`);
    await person.button("Preview card").click();
    await person.button("Go on to delivery").click();
    await person.screen("checkout").waitFor();

    const { hop, direction, cut, kill } = bytes ? fate(roll, bytes) : {};
    for (const line of Object.values(lines)) line.passed = { there: 0, back: 0 };
    if (hop) lines[hop].left = { direction, bytes: cut };
    await person.action("submit-order").click();
    const killing = kill && (async () => {
      await new Promise((done) => { setTimeout(done, kill.after); });
      await gateway.kill();
      await new Promise((done) => { setTimeout(done, kill.for); });
      await gateway.run();
    })();
    const ordered = person.screen("done").getByRole("heading", { name: "Your card is ordered" });
    const again = person.host.locator('[data-action="retry"]:visible, [data-action="check-again"]:visible');
    let [asked, reads] = [0, ""];
    for (; asked < 12; asked += 1) {
      await ordered.or(again.first()).first().waitFor();
      if (await ordered.count()) {
        reads = "ordered";
        break;
      }
      await again.first().click();
      await again.first().waitFor({ state: "detached", timeout: 2000 }).catch(() => {});
    }
    await killing;
    return { what: `${hop} ${direction} ${cut}${kill ? ` killed after ${kill.after}` : ""}`, reads, asked };
  } finally {
    lines.page.left = null;
    lines.vendor.left = null;
    await context.close();
  }
}

/** What happens to an order: a connection is cut at a byte, or after the last one; and for a third the gateway is killed. */
function fate(roll, bytes) {
  const hop = roll(2) ? "page" : "vendor";
  const direction = roll(2) ? "there" : "back";
  const cut = Math.floor((bytes[hop][direction] * roll(1050)) / 1000);
  return { hop, direction, cut, kill: roll(3) ? null : { after: roll(900), for: roll(600) } };
}

/** So many people, one after the other; the one before them orders on lines that hold, which tells how many bytes that takes. */
async function row(title, count, launch, prepare, seed) {
  const [home, browser] = await Promise.all([house(), launch()]);
  const roll = dice(seed);
  const said = [];
  let bytes;
  try {
    for (let number = 0; number <= count; number += 1) {
      const before = (await home.sandbox.state()).audit.charges.length;
      const { what, reads, asked } = await orders({ browser, prepare, home, roll, member: `${title}-${number}`, bytes });
      bytes ??= Object.fromEntries(Object.entries(home.lines).map(([name, { passed }]) => [name, { ...passed }]));
      said.push(`${number}: ${what}; ${reads || "not known"} after ${asked}`);
      const { audit, cards, print_jobs: jobs } = await home.sandbox.state();
      const charges = audit.charges.slice(before).map(({ cents }) => cents);
      assert.equal(reads, "ordered", `${title}, seed ${seed}\n${said.join("\n")}\n${home.gateway.log.slice(-3000)}`);
      assert.deepEqual(charges, [COST], `${title}, seed ${seed}\n${said.join("\n")}`);
      const card = cards.reduce((last, { id }) => Math.max(last, id), 0);
      const holding = jobs.filter(({ card_ids: ids, submitted }) => submitted && ids.includes(card));
      assert.equal(holding.length, 1, "it is printed once");
    }
    // Nothing has come after all.
    const { audit, print_jobs: jobs } = await home.sandbox.state();
    assert.equal(audit.charges.length, count + 1);
    assert.equal(new Set(audit.charges.map(({ job }) => job)).size, count + 1);
    assert.equal(jobs.filter(({ submitted }) => submitted).length, count + 1);
    const { cuts: front } = home.lines.page;
    const { cuts: back } = home.lines.vendor;
    console.log(`${title}, seed ${seed}: ${count + 1} orders, ${count + 1} charges; ${front} connections cut before the gateway, ${back} behind it`);
    assert.ok(count < 10 || (front > 0 && back > 0));
  } finally {
    await browser.close();
    await home.stop();
  }
}

if (!skip) scenes("fifty orders on lines that break", () => {
  const half = Math.ceil(RUNS / 2);
  const rows = [
    ["Chromium", half, () => start(), () => {}, SEED],
    ["Firefox", RUNS - half, () => startFirefox(), (context) => context.addInitScript(typeReally), SEED + 1],
  ];
  for (const [title, count, launch, prepare, seed] of rows) {
    test(`${title}: each is charged once, and told so`, () => row(title, count, launch, prepare, seed));
  }
}, { concurrency: true, limit: 1_200_000 });
