// The journey against each answer that the real server may give where the vendor's text leaves it open. The list comes
// from the sandbox itself, so that a new one is tested from the day it is there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { ORGANIZATION, SANDBOX_BIN } from "./support/env.mjs";
import { BADGE, PASS, STUDENT } from "./support/journey.mjs";
import { UPDATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

/** `[[key, [value, …]]]`, the default first. */
const POINTS = (() => {
  const help = execFileSync(SANDBOX_BIN, ["--help"], { encoding: "utf8" });
  const list = help.slice(help.indexOf("Dialects ("), help.indexOf("While it runs"));
  return [...list.matchAll(/^ {2}(\w+) +(\w+(?: \| \w+)+)$/gm)].map(([, key, values]) => [key, values.split(" | ")]);
})();

/** What is about pictures needs a card with one; what is about portrait, a portrait card. */
const TEMPLATES = {
  card_data: BADGE, card_image: BADGE, images: BADGE, dimensions: BADGE, orientation: STUDENT, back_side: { ...BADGE, sides: 1 },
};

/** Print jobs and money, which this journey never asks for: once, together, to see that they do not matter. */
const ELSEWHERE = [
  "balance", "job_cards", "job_status", "job_extras", "status_filter", "print", "add_cards", "check_balance", "create_job",
  "list_order", "address_refusals",
];

const others = POINTS.filter(([key]) => !ELSEWHERE.includes(key))
  .flatMap(([key, [, ...values]]) => values.map((value) => [key, value]));
const farthest = (points) => points.flatMap(([key, values]) => ["--dialect", `${key}=${values.at(-1)}`]);

/** From a sign-in form to a finalized card, with a correction; and what the server has of it. */
async function journey({ person, sandbox, events }, template) {
  const before = { cards: await sandbox.cards(), requests: await sandbox.requests(), events: await events() };
  await person.signIn();
  await person.choose(template.name);
  await person.enter(template);
  await person.preview(template);
  await person.edit();
  await person.standsThere(template.texts);
  await person.fill({ "Full name": "Noah Okafor" });
  await person.preview(template);
  const number = await person.finalize();

  const cards = (await sandbox.cards()).slice(before.cards.length);
  assert.deepEqual(cards.map(({ id, finalized }) => [id, finalized]), [[number, true]]);
  const values = Object.entries(cards[0].data);
  const texts = values.filter(([, value]) => typeof value === "string");
  assert.deepEqual(Object.fromEntries(texts), { ...template.data, FULL_NAME: "Noah Okafor" });
  const pictures = values.filter(([, value]) => value.mime === "image/jpeg");
  assert.equal(pictures.length, Object.keys(template.photos).length);
  assert.deepEqual((await sandbox.sentData(UPDATE)).at(-1).map(({ token }) => token), ["FULL_NAME"]);
  const requests = (await sandbox.requests()).slice(before.requests.length);
  assert.ok(requests.every(({ status }) => status === 200));

  const heard = (await events()).slice(before.events.length);
  const of = (type) => heard.filter((event) => event.type === type).map(({ detail }) => detail);
  assert.deepEqual(of("ic-sign-in"), [{ organizationId: ORGANIZATION }]);
  assert.deepEqual(of("ic-card-finalized").map(({ cardId }) => cardId), [number], "a number, however the server spells it");
  assert.deepEqual(of("ic-error"), []);
}

/** One journey after another, each in its own dialect, on one page. */
async function journeys(stage, dialects) {
  const { open, person, sandbox } = stage;
  await open();
  for (const [key, value] of dialects) {
    await sandbox.faults({ replace: true, dialect: { [key]: value } });
    try {
      await journey(stage, TEMPLATES[key] ?? PASS);
    } catch (error) {
      error.message = `${key}=${value}: ${error.message}`;
      error.stack = `${key}=${value}: ${error.stack}`;
      throw error;
    }
    await person.button("Sign out").click();
    await person.sees(person.screen("sign-in"));
  }
}

scenes("dialects", () => {
  for (let at = 0; at < others.length; at += 4) {
    const some = others.slice(at, at + 4);
    scene(some.map((pair) => pair.join("=")).join(", "), { wide: true }, (stage) => journeys(stage, some));
  }

  const elsewhere = POINTS.filter(([key]) => ELSEWHERE.includes(key));
  for (const [about, points, template, wide] of [
    [`elsewhere: ${ELSEWHERE.join(", ")}`, elsewhere, PASS, true], ["everything other than expected at once", POINTS, { ...BADGE, sides: 1 }],
  ]) {
    scene(about, { wide, sandbox: farthest(points) }, async (stage) => {
      await stage.open();
      await journey(stage, template);
    });
  }

  // How a refusal is worded shows only where something is refused.
  for (const value of ["string", "list"]) {
    scene(`a refusal as a ${value}`, { sandbox: ["--dialect", `errors=${value}`], network: true }, async ({ open, person, sandbox }) => {
      await open();
      await person.signIn();
      await person.choose(PASS.name);
      await person.enter(PASS);
      await sandbox.templates([]);
      await person.button("Preview card").click();
      const said = person.alert("The server did not accept this.");
      await person.sees(said, said.getByText("Card template not found"));
      await person.standsThere(PASS.texts);
    });
  }
  scene("a refusal of several sentences", { network: true }, async ({ open, person, sandbox }) => {
    await open();
    await person.signIn();
    await person.choose(PASS.name);
    await sandbox.fault("error_400_list", { method: "POST", times: 1 });
    await person.enter(PASS);
    await person.button("Preview card").click();
    const said = person.alert("The server did not accept this.");
    await person.sees(said.getByRole("listitem").nth(1));
    assert.deepEqual(await said.getByRole("listitem").allInnerTexts(), ["The request was refused", "by a fault of the sandbox"]);
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);
  });
});

assert.ok(others.length >= 13, `the list of dialects was read: ${JSON.stringify(POINTS)}`);
