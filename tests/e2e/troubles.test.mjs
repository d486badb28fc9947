// The journey over a bad network and with a server that has a bad day: nothing typed is lost, and there is always a way on.

import assert from "node:assert/strict";
import { BADGE, PASS } from "./support/journey.mjs";
import { AUTHENTICATE, CREATE, FIELDS, FINALIZE, PREVIEW, UPDATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

const network = true;
const CORRECTED = "Ana María Núñez";

/** Signs in, chooses the pass and fills it. */
async function reachesForm({ open, person }, template = PASS) {
  await open();
  await person.signIn();
  await person.choose(template.name);
  await person.enter(template);
}

const finalized = async (sandbox) => (await sandbox.cards()).filter((card) => card.finalized);

scenes("troubles", () => {
  scene("the token expires between draft and update: sign in again in place", { network }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesForm(stage, BADGE);
    await person.preview(BADGE);
    await person.edit();
    await person.fill({ "Full name": "Zoë Müller" });
    await sandbox.expireTokens();
    await person.button("Preview card").click();

    await person.sees(person.dialog);
    await person.standsThere({ ...BADGE.texts, "Full name": "Zoë Müller" });
    await person.enterCredentials("not this one", person.dialog);
    await person.sees(person.dialog.getByRole("alert").filter({ hasText: "do not match an account" }));
    await person.signInAgain();

    await person.looksAtPreview(BADGE);
    const asked = (await sandbox.requests(/^(GET|PATCH) \S+\/cards\/\d+$/)).map(({ method, status }) => `${method} ${status}`);
    assert.deepEqual(asked, ["GET 401", "GET 200", "PATCH 200", "GET 200"], "the refused call is made again");
    for (const data of await sandbox.sentData(UPDATE)) {
      assert.deepEqual(data.map(({ token, value }) => [token, value]), [["FULL_NAME", "Zoë Müller"]]);
    }
    const number = await person.finalize();
    const cards = await sandbox.cards();
    assert.deepEqual(cards.map(({ id, data }) => [id, data.FULL_NAME, data.PHOTO.mime]), [[number, "Zoë Müller", "image/jpeg"]]);
    assert.equal((await sandbox.requests(CREATE)).length, 1);
  });

  scene("several calls wait for one sign-in", { wide: true, network }, async (stage) => {
    const { open, page, person, sandbox } = stage;
    await open();
    const cart = page.waitForResponse((response) => response.url().includes("/print_jobs"));
    await person.signIn();
    await person.sees(person.button(PASS.name));
    // It is read beside the templates, and would ask for the sign-in by itself.
    await (await cart).finished();
    await sandbox.expireTokens();
    await sandbox.faults({ latency_ms: 1500 });
    await person.choose(BADGE.name);
    await person.host.getByRole("navigation").getByRole("button", { name: "Template" }).click();
    await person.choose(PASS.name);
    await person.sees(person.dialog);
    await sandbox.heal();
    await person.signInAgain();
    await person.enter(PASS);
    assert.equal((await sandbox.requests(AUTHENTICATE)).length, 2, "asked once more");
    const fields = (await sandbox.requests(FIELDS)).map(({ path, status }) => `${path.match(/\d+(?=\/fields)/)} ${status}`);
    assert.deepEqual(fields.sort(), ["5801 200", "5801 401", "5802 200", "5802 401"]);
    await person.preview(PASS);
    await person.finalize();
  });

  scene("not signing in again is no loss either", { network }, async (stage) => {
    const { page, person, sandbox } = stage;
    await reachesForm(stage);
    await sandbox.expireTokens();
    await person.button("Preview card").click();
    await person.sees(person.dialog);
    await page.keyboard.press("Escape");
    await person.sees(person.alert("You are not signed in."));
    await person.dialog.waitFor({ state: "detached" });
    await person.standsThere(PASS.texts);
    await person.button("Try again").click();
    await person.signInAgain();
    await person.looksAtPreview(PASS);
    assert.equal((await finalized(sandbox)).length, 0);
    await person.finalize();
    assert.equal((await sandbox.cards()).length, 1);
  });

  scene("the first GET of every address answers a gateway's HTML", { wide: true, network }, async (stage) => {
    const { person, sandbox } = stage;
    await sandbox.fault("html_502", { method: "GET", times: 1, per_path: true });
    await reachesForm(stage, BADGE);
    await person.preview(BADGE);
    const number = await person.finalize();
    const reads = await sandbox.requests(/^GET/);
    const firsts = new Map(reads.toReversed().map(({ path, status }) => [path, status]));
    assert.ok(firsts.size >= 4 && [...firsts.values()].every((status) => status === 502), "each first read failed");
    assert.deepEqual((await finalized(sandbox)).map(({ id }) => id), [number]);
  });

  scene("another card that is opened while one is finalized goes on", {}, async (stage) => {
    const { page, person, sandbox } = stage;
    await reachesForm(stage, PASS);
    await person.preview(PASS);
    await sandbox.faults({ latency_ms: 1500 });
    await person.button("Finalize card").click();
    await person.host.getByRole("navigation").getByRole("button", { name: "Template" }).click();
    await person.button(BADGE.name).click();
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-card-finalized"));
    await sandbox.heal();
    await person.fill(BADGE.texts);
    await person.standsThere(BADGE.texts);
    assert.equal((await finalized(sandbox)).length, 1);
    // The one that is done is no longer in work: its template begins anew.
    await person.host.getByRole("navigation").getByRole("button", { name: "Template" }).click();
    await person.choose(PASS.name);
    await person.standsThere(Object.fromEntries(Object.keys(PASS.texts).map((label) => [label, ""])));
  });

  scene("800 ms of latency: waiting shows at once, and one can type on", { sandbox: ["--latency", "800"], wide: true }, async (stage) => {
    const { open, person, sandbox } = stage;
    /** How long after the click that `act` makes `selector` is in the shadow root. */
    const shows = async (selector, text, act) => {
      const delay = person.host.evaluate((host, [selector, text]) => new Promise((resolve) => {
        let clicked;
        host.addEventListener("click", () => { clicked ??= performance.now(); }, { capture: true, once: true });
        const watch = new MutationObserver(() => {
          const found = [...host.shadowRoot.querySelectorAll(selector)].some((found) => found.textContent.includes(text));
          if (clicked === undefined || !found) return;
          watch.disconnect();
          resolve(performance.now() - clicked);
        });
        watch.observe(host.shadowRoot, { subtree: true, childList: true, characterData: true });
      }), [selector, text]);
      await act();
      const milliseconds = await delay;
      // Said to be 100 ms; a busy machine is given more, but no answer can be there by then.
      assert.ok(milliseconds < 500, `${selector} ${text} after ${milliseconds} ms`);
    };
    await open();
    await shows("button", "Signing in…", () => person.enterCredentials());
    await person.sees(person.host.getByRole("status", { name: "Loading…" }));
    await person.sees(person.button(PASS.name));
    await shows(".skeleton.input", "", () => person.button(PASS.name).click());
    await person.enter({ ...PASS, texts: { ...PASS.texts, Host: "" } });
    await shows("button", "Saving…", async () => {
      await person.fill({ Host: "Amelia" });
      await person.button("Preview card").click();
    });
    await person.fill({ Host: PASS.texts.Host });
    await person.sees(person.host.getByText("The server is drawing your card…"));
    await person.looksAtPreview(PASS);
    await person.edit();
    await person.standsThere(PASS.texts);
    await person.preview(PASS);
    await shows("button", "Finalizing…", () => person.button("Finalize card").click());
    const number = await person.isDone();
    const cards = await sandbox.cards();
    assert.deepEqual(cards.map(({ id, data }) => [id, data]), [[number, PASS.data]], "also what was typed meanwhile");
    assert.equal((await sandbox.requests(CREATE)).length, 1);
  });

  scene("a second click while the first is under way does nothing more", { sandbox: ["--latency", "300"] }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesForm(stage);
    await person.action("show-preview").dblclick();
    await person.looksAtPreview(PASS);
    await person.action("finalize").dblclick();
    await person.isDone();
    assert.deepEqual([(await sandbox.requests(CREATE)).length, (await sandbox.requests(FINALIZE)).length], [1, 1]);
  });

  scene("the server cannot draw the preview once", { sandbox: ["--preview-unavailable", "1"] }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesForm(stage);
    await person.button("Preview card").click();
    await person.sees(person.alert("could not draw the preview this time"));
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);
    await person.finalize();
    assert.equal((await sandbox.requests(PREVIEW)).length, 2);
  });

  scene("the preview is stopped, and asked for again", { sandbox: ["--preview-delay", "60000"], expected: [/net::ERR_ABORTED/] }, async (stage) => {
    const { page, person, sandbox } = stage;
    await reachesForm(stage);
    const gone = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/preview"));
    await person.button("Preview card").click();
    await person.button("Stop waiting").click();
    await person.sees(person.alert("You stopped the preview."));
    assert.equal((await gone).failure().errorText, "net::ERR_ABORTED");
    await sandbox.heal();
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);

    // The same by way of editing: a late picture of the old card must not come up.
    await sandbox.faults({ preview_delay_ms: 60000 });
    await person.edit();
    await person.fill({ "Full name": CORRECTED });
    await person.button("Preview card").click();
    await person.sees(person.button("Stop waiting"));
    await person.edit();
    await person.standsThere({ "Full name": CORRECTED });
    await sandbox.heal();
    await person.preview(PASS);
    await person.finalize();
    assert.deepEqual((await finalized(sandbox)).map(({ data }) => data.FULL_NAME), [CORRECTED]);
  });

  for (const [action, about] of [["cut_before", "was lost on its way there"], ["cut_after", "was done, but the answer was lost"]]) {
    scene(`what is sent ${about}: said, kept, and tried again`, { network }, async (stage) => {
      const { person, sandbox } = stage;
      await reachesForm(stage);
      const fails = async (method, path, button) => {
        await sandbox.fault(action, { method, path, times: 1 });
        await person.button(button).click();
        await person.sees(person.alert("The card server cannot be reached."));
      };

      await fails("POST", "/cards", "Preview card");
      await person.standsThere(PASS.texts);
      await person.button("Try again").click();
      await person.looksAtPreview(PASS);

      await person.edit();
      await person.fill({ "Full name": CORRECTED });
      await fails("PATCH", "/cards", "Preview card");
      await person.standsThere({ ...PASS.texts, "Full name": CORRECTED });
      await person.button("Preview card").click();
      await person.looksAtPreview(PASS);

      await fails("PATCH", "/finalize", "Finalize card");
      await person.button("Try again").click();
      const number = await person.isDone();

      assert.deepEqual((await finalized(sandbox)).map(({ id, data }) => [id, data]),
        [[number, { ...PASS.data, FULL_NAME: CORRECTED }]]);
    });
  }

  scene("a lost sign-in and lost reads", { wide: true, network }, async (stage) => {
    const { open, person, sandbox } = stage;
    await open();
    await sandbox.fault("cut_after", { path: "/authenticate", times: 1 });
    await person.enterCredentials();
    await person.sees(person.alert("The card server cannot be reached."));
    await person.button("Sign in").click();
    await person.sees(person.button(PASS.name));
    await sandbox.fault("cut_before", { method: "GET", times: 2, per_path: true });
    await person.choose(PASS.name);
    await person.enter(PASS);
    await person.preview(PASS);
    await person.finalize();
  });

  scene("a 500 on finalizing", { network }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesForm(stage);
    await person.preview(PASS);
    await sandbox.fault("json_500", { path: "/finalize", times: 1 });
    await person.button("Finalize card").click();
    const said = person.alert("The server has a problem of its own right now.");
    await person.sees(said, said.getByText("Internal Server Error"));
    assert.equal((await finalized(sandbox)).length, 0);
    await said.getByRole("button", { name: "Try again" }).click();
    await person.isDone();
    assert.equal((await finalized(sandbox)).length, 1);
  });

  scene("an answer that never comes is given up, and asked for again", { network, expected: [/net::ERR_ABORTED/] }, async (stage) => {
    const { page, person, sandbox } = stage;
    await page.clock.install();
    await reachesForm(stage);
    await sandbox.fault("hang", { method: "POST", path: "/cards", times: 1 });
    await person.button("Preview card").click();
    await person.sees(person.button("Saving…"));
    await page.clock.runFor(120_000);
    await person.sees(person.alert(/The server did not answer within \d+ seconds\./));
    await person.standsThere(PASS.texts);
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);
    await person.finalize();
    assert.equal((await sandbox.cards()).length, 1);
  });

  scene("the draft is deleted at the server meanwhile", { network }, async (stage) => {
    const { person, sandbox } = stage;
    await reachesForm(stage);
    await person.preview(PASS);
    await person.edit();
    await person.fill({ "Full name": CORRECTED });
    await sandbox.fault({ status: 404, body: { error: "Card not found" } }, { method: "PATCH", times: 1 });
    await person.button("Preview card").click();
    const said = person.alert("The server does not know this.");
    await person.sees(said, said.getByText("Card not found"));
    await person.standsThere({ ...PASS.texts, "Full name": CORRECTED });
    await said.getByRole("button", { name: "Try again" }).click();
    await person.looksAtPreview(PASS);
    await person.finalize();
    assert.deepEqual((await finalized(sandbox)).map(({ data }) => data), [{ ...PASS.data, FULL_NAME: CORRECTED }]);
  });
});
