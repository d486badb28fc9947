// Pictures that are not to be seen: the page's policy keeps them away, or the server sends noise.

import assert from "node:assert/strict";
import { BADGE, PASS } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";

const TOKEN = "site-given-token-4f1d";
const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };
/** What a page with a policy writes into the console, and its picture of nothing. */
const expected = [/Content Security Policy|CSP violation/];

/** Gives the pages this policy. */
async function policy(page, images) {
  await page.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch();
    const policy = `script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src ${images}`;
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
}

/** Begins as a PNG, and goes on as noise. */
const NOISE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array.from({ length: 300 }, (_, at) => (at * 7919) >> 3 & 0xff)]).toString("base64");

const codes = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);

scenes("pictures that are not to be seen", () => {
  scene("a page that allows data: shows them by that", { ...withToken, expected, wide: true }, async ({ events, given, open, page, person }) => {
    await policy(page, "'self' data:");
    await given({ token: TOKEN });
    await open("host.html", { mode: "request" });
    await person.choose(BADGE.name);
    await person.enter(BADGE);
    await person.preview(BADGE);
    await person.finalize();
    assert.deepEqual(await codes(events), []);
  });

  scene("a page that allows neither: said, and a stranger finalizes nothing unseen", { ...withToken, expected }, async ({ events, given, open, page, person, sandbox }) => {
    await policy(page, "'self'");
    await given({ token: TOKEN });
    await open("host.html", { mode: "request" });
    await person.choose(BADGE.name);
    await person.fill(BADGE.texts);
    await person.chooseFile("Photo", BADGE.photos.Photo);
    await person.screen("photo").waitFor();
    await person.button("Use photo").click();
    await person.sees(person.picture("Photo").getByText("Chosen. It cannot be shown here."), person.picture("Photo").getByRole("button", { name: "Change photo" }));
    await person.button("Preview card").click();
    const said = person.alert("This page does not let pictures be shown.");
    await person.sees(said);
    // A stranger can do nothing about a policy, and neither can trying again.
    assert.match(await said.innerText(), /Tell the site's owner: .* img-src blob:/);
    assert.doesNotMatch(await said.innerText(), /Try again/);
    assert.ok(!await person.host.getByText("This is how it will be printed.").isVisible());
    assert.equal(await person.action("finalize").count(), 0);
    assert.deepEqual(await codes(events), ["preview-blocked"]);
    assert.ok((await sandbox.cards()).every(({ status }) => status !== "finalized"));
  });

  scene("staff are told, and may go on; their lists say it in words", { expected }, async ({ open, page, person }) => {
    await policy(page, "'self'");
    await open("host.html");
    await person.signIn();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await person.button("Preview card").click();
    const said = person.alert("This page does not let pictures be shown.");
    await person.sees(said);
    assert.match(await said.innerText(), /img-src blob:/);
    assert.doesNotMatch(await said.innerText(), /Try again/);
    await person.button("Finalize card").click();
    await person.isDone();
    await person.action("add-to-cart").click();
    await person.action("open-cart").first().click();
    await person.sees(person.screen("cart").getByText("No picture"));
    assert.equal(await person.host.locator("img").count(), 0, "no broken marks");
  });

  scene("noise for a preview: said, and not to be finalized", withToken, async ({ events, given, open, person, sandbox }) => {
    await given({ token: TOKEN });
    await open("host.html", { mode: "kiosk" });
    await person.action("start").click();
    await person.choose(PASS.name);
    await person.fill(PASS.texts);
    await sandbox.fault({ status: 200, body: { preview_available: true, front: NOISE, back: "" } }, { path: "/preview", times: 1 });
    await person.button("Preview card").click();
    await person.sees(person.alert("The server's preview is not a picture that can be shown."));
    assert.ok(!await person.host.getByText("This is how it will be printed.").isVisible());
    assert.equal(await person.action("finalize").count(), 0);
    assert.deepEqual(await codes(events), ["preview-no-picture"]);
    await person.button("Try again").click();
    await person.looksAtPreview(PASS);
  });
});
