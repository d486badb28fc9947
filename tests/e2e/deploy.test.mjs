// A new build is put over the one that a person works with: the files that they have not fetched yet are no more.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGE_DIR } from "./support/env.mjs";
import { folder, host } from "./support/host.mjs";
import { BADGE } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { scene, scenes } from "./support/scene.mjs";

const NEXT = "00000002";
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title><link rel="icon" href="data:,">
<script type="module" src="cards/instant-card.js"></script><instant-card api-base="/api/v2/" remember="session"></instant-card>`;

/** Two builds of a page, in folders: `form` is the package's folder that lies beside the page; they differ in their version alone. */
function builds(form) {
  const root = mkdtempSync(join(tmpdir(), "instant-card-deploy-"));
  const [now, next] = ["now", "next"].map((name) => join(root, name));
  cpSync(join(PACKAGE_DIR, form), join(now, "cards"), { recursive: true, filter: (path) => !/\/(docs|cdn)$/.test(path) || path.endsWith(form) });
  writeFileSync(join(now, "index.html"), PAGE);
  cpSync(now, next, { recursive: true });
  const cards = join(next, "cards");
  const wasm = readdirSync(cards).filter((name) => name.endsWith(".wasm"));
  const version = readFileSync(join(cards, wasm[0])).subarray(-8).toString();
  for (const name of readdirSync(cards)) {
    const file = join(cards, name);
    if (name.endsWith(".js")) writeFileSync(file, readFileSync(file, "utf8").replaceAll(version, NEXT));
    if (!name.endsWith(".wasm")) continue;
    const bytes = readFileSync(file);
    bytes.write(NEXT, bytes.length - 8);
    writeFileSync(file, bytes);
    renameSync(file, join(cards, name.replace(version, NEXT)));
  }
  return { now, next, version, clear: () => rmSync(root, { recursive: true, force: true }) };
}

/** Which build the page has. */
const running = (page) => page.evaluate(() => customElements.get("instant-card").version);

scenes("a deploy in mid-session", () => {
  for (const [about, form] of [["names that carry the build", "cdn"], ["names that stay", "."]]) {
    scene(`${about}: what is typed stays, the person is told, and has it in the new build`, { network: true, wide: form === "." }, async (stage) => {
      const { page, person, sandbox, ends, events } = stage;
      const { now, next, version, clear } = builds(form);
      ends({ stop: clear });
      let served = now;
      const site = await host({ answer: (call, response) => folder(served)(call, response) }, sandbox);
      ends(site);
      await page.goto(site.url);
      await person.signIn();
      assert.equal(await running(page), version);
      await person.choose(BADGE.name);
      const { "Full name": name, ...later } = BADGE.texts;
      await person.fill({ "Full name": name });

      served = next;
      await person.chooseFile("Photo", photos.portrait);
      await person.sees(person.alert("There is a new version of the card form."), person.button("Reload page"));
      await person.fill(later);
      await person.standsThere(BADGE.texts);
      const errors = (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);
      assert.deepEqual([...new Set(errors)], ["load-version"]);
      // The old build goes on with what it has.
      await person.button("Save draft").click();
      await person.sees(person.host.getByText("Draft saved."));
      await person.fill({ "Job title": "Coach" });
      await page.waitForFunction(() => JSON.stringify(Object.entries(sessionStorage)).includes("Coach"));

      await person.button("Reload page").click();
      await person.sees(person.dialog.getByRole("heading", { name: "Go on with your card?" }));
      assert.equal(await running(page), NEXT);
      await person.action("go-on").click();
      await person.sees(person.screen("card-form"));
      await person.standsThere({ ...BADGE.texts, "Job title": "Coach" });
      await person.addPhoto("Photo");
      await person.preview(BADGE);
      await person.finalize();
      assert.deepEqual((await sandbox.cards()).map(({ data }) => data.JOB_TITLE), ["Coach"], "one card, with what was typed last");
      await page.evaluate(() => sessionStorage.clear());
    });
  }

  scene("an old script from a cache, whose first file is gone: told as a new version, which comes with the reload", { network: true, wide: true }, async (stage) => {
    const { page, person, sandbox, ends, events } = stage;
    const { now, next, clear } = builds("cdn");
    ends({ stop: clear });
    const old = readFileSync(join(now, "cards/instant-card.js"));
    let isCached = true;
    const site = await host({
      answer: (call, response) => {
        if (!isCached || !call.url.endsWith("instant-card.js") || call.headers["sec-fetch-dest"] !== "script") return folder(next)(call, response);
        return response.writeHead(200, { "content-type": "text/javascript" }).end(old);
      },
    }, sandbox);
    ends(site);
    await page.goto(site.url);
    await person.sees(person.alert("There is a new version of the card form."));
    assert.deepEqual((await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code), ["load-version"]);
    isCached = false;
    await person.button("Reload page").click();
    await person.sees(person.field("Email"));
    assert.equal(await running(page), NEXT);
  });
});
