// The journey against each answer that the real server may give where the vendor's text leaves it open. The list comes
// from the sandbox itself, so that a new one is tested from the day it is there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { ORGANIZATION, SANDBOX_BIN } from "./support/env.mjs";
import { BADGE, PASS, STUDENT } from "./support/journey.mjs";
import { CREATE, UPDATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

/** `[[key, [value, …]]]`, the default first. */
const POINTS = (() => {
  const help = execFileSync(SANDBOX_BIN, ["--help"], { encoding: "utf8" });
  const list = help.slice(help.indexOf("Dialects ("), help.indexOf("While it runs"));
  return [...list.matchAll(/^ {2}(\w+) +(\w+(?: \| \w+)+)$/gm)].map(([, key, values]) => [key, values.split(" | ")]);
})();

/** What is about pictures needs a card with one; what is about portrait, a portrait card. */
const TEMPLATES = { card_data: BADGE, card_image: BADGE, images: BADGE, dimensions: BADGE, orientation: STUDENT };

/** Print jobs and money, which this journey never asks for: once, together, to see that they do not matter. */
const ELSEWHERE = ["balance", "job_cards", "job_status", "job_extras"];

const others = POINTS.filter(([key]) => !ELSEWHERE.includes(key))
  .flatMap(([key, [, ...values]]) => values.map((value) => [key, value]));
const farthest = (points) => points.flatMap(([key, values]) => ["--dialect", `${key}=${values.at(-1)}`]);

/** The whole journey with a correction, and what the server has at its end. */
async function journey({ open, person, sandbox, events }, template) {
  await open();
  await person.signIn();
  await person.choose(template.name);
  await person.enter(template);
  await person.preview(template);
  await person.edit();
  await person.standsThere(template.texts);
  await person.fill({ "Full name": "Noah Okafor" });
  await person.preview(template);
  const number = await person.finalize();
  const cards = await sandbox.cards();
  assert.equal(cards.length, 1);
  const values = Object.entries(cards[0].data);
  const texts = values.filter(([, value]) => typeof value === "string");
  assert.deepEqual(Object.fromEntries(texts), { ...template.data, FULL_NAME: "Noah Okafor" });
  const pictures = values.filter(([, value]) => value.mime === "image/jpeg");
  assert.equal(pictures.length, Object.keys(template.photos).length);
  assert.deepEqual([cards[0].id, cards[0].finalized], [number, true]);
  assert.equal((await sandbox.requests(CREATE)).length, 1);
  assert.deepEqual((await sandbox.sentData(UPDATE)).map((data) => data.map(({ token }) => token)), [["FULL_NAME"]]);
  const heard = await events();
  const of = (type) => heard.filter((event) => event.type === type).map(({ detail }) => detail);
  assert.deepEqual(of("ic-sign-in"), [{ organizationId: ORGANIZATION }]);
  assert.deepEqual(of("ic-card-finalized").map(({ cardId }) => cardId), [number], "a number, however the server spells it");
  assert.deepEqual(of("ic-error"), []);
}

scenes("dialects", () => {
  for (const [key, value] of others) {
    const sandbox = ["--dialect", `${key}=${value}`];
    scene(`${key}=${value}`, { sandbox }, (stage) => journey(stage, TEMPLATES[key] ?? PASS));
  }

  const elsewhere = POINTS.filter(([key]) => ELSEWHERE.includes(key));
  scene(`elsewhere: ${ELSEWHERE}`, { sandbox: farthest(elsewhere) }, (stage) => journey(stage, PASS));
  scene("everything other than expected at once", { sandbox: farthest(POINTS) }, (stage) => journey(stage, BADGE));

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

assert.ok(others.length >= 15, `the list of dialects was read: ${JSON.stringify(POINTS)}`);
