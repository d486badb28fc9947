// What stands before a person's first photo: what they agree to, and what a good photo is like.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { clip } from "./support/clip.mjs";
import { STUDENT } from "./support/journey.mjs";
import { scene, scenes } from "./support/scene.mjs";

const TOKEN = "site-given-token-2e8b";
const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };
const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip()}`, "--use-fake-ui-for-media-stream"];
const CONSENT = { text: "My photo is used for this card only.", link: "/privacy.html", required: true };

async function toForm({ given, open, person }, consent, attributes = {}) {
  await given({ token: TOKEN, consent });
  await open("host.html", { mode: "request", "template-id": "5803", ...attributes });
  if (attributes.mode === "kiosk") await person.action("start").click();
  await person.screen("card-form").waitFor();
}

const agree = ({ person }) => person.host.getByRole("checkbox", { name: CONSENT.text });
const told = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail);

/** The files of it that the page fetches. */
function ofTerms(page) {
  const fetched = [];
  page.on("request", (request) => { if (request.url().includes("instant-card-terms")) fetched.push(request.url()); });
  return fetched;
}

scenes("before the first photo", () => {
  scene("nobody takes one without having agreed, and the next card asks again", withToken, async (stage) => {
    const { page, person } = stage;
    const fetched = ofTerms(page);
    await toForm(stage, CONSENT);
    const photo = person.picture("Photo");
    await person.sees(agree(stage));
    assert.equal(await photo.isVisible(), false, "there is no way to a photo");
    await isAccessible(page);
    const link = person.host.getByRole("link", { name: "Read all of it" });
    assert.deepEqual(await link.evaluate(({ href, target, rel }) => [new URL(href).pathname, target, rel]), ["/privacy.html", "_blank", "noopener"]);
    // Who forgets it is led to it.
    await person.fill(STUDENT.texts);
    await person.button("Preview card").click();
    await person.alert("").getByRole("button", { name: /Photo/ }).click();
    await person.focuses(agree(stage));
    await page.keyboard.press("Space");
    await person.sees(photo.getByRole("button", { name: "Take photo" }));
    await agree(stage).uncheck();
    await photo.waitFor({ state: "hidden" });
    await page.evaluate(() => document.querySelector("instant-card").reset());
    await person.screen("card-form").waitFor();
    assert.equal(await agree(stage).isChecked(), false);
    // The signature is no photo.
    await person.sees(person.button("Sign here"));
    assert.equal(fetched.length, 1);
  });

  scene("a page may only say it, change it, and take it back; one that cannot be read lets nobody through", withToken, async (stage) => {
    const { page, person, events } = stage;
    await toForm(stage, { text: "Photos are kept for a year." });
    const set = (consent) => page.evaluate((consent) => { document.querySelector("instant-card").consent = consent; }, consent);
    const photo = person.picture("Photo");
    await person.sees(photo);
    await person.sees(person.host.getByText("Photos are kept for a year."));
    assert.equal(await person.host.getByRole("checkbox").count(), 0);
    const wrong = [
      ["Photos are kept.", "object"], [{ text: " " }, "empty"], [{ text: "x", link: "javascript:alert(1)" }, "javascript:alert(1)"],
      [{ text: "x", link: "http://example.org/" }, "http://example.org/"], [{ text: "x", required: "yes" }, "true or false"],
      [{ text: "x", href: "/a" }, "consent.href"],
    ];
    for (const [consent, part] of wrong) {
      await set(consent);
      await person.sees(person.alert(part));
      assert.equal(await photo.isVisible(), false, part);
    }
    const codes = await told(events);
    assert.deepEqual(codes.map(({ code }) => code), wrong.map(() => "configuration"));
    await set(null);
    await person.sees(photo);
    assert.equal(await person.alert("consent").count(), 0);
  });

  scene("a kiosk says what a good photo is like, at the form and at the camera, and has no link", { ...withToken, browser: camera }, async (stage) => {
    const { page, person } = stage;
    await toForm(stage, CONSENT, { mode: "kiosk", "photo-rules": "on" });
    await person.sees(person.host.getByText("No hat, no sunglasses"));
    assert.equal(await person.host.getByRole("link").count(), 0);
    await isAccessible(page);
    await agree(stage).check();
    await person.button("Take photo").click();
    await person.sees(person.host.locator('[data-action="shutter"]:not([aria-disabled])'));
    await person.sees(person.screen("photo").getByText("No hat, no sunglasses"));
    await isAccessible(page);
  });

  scene("photo-rules has two values, and without it nothing is fetched or said", withToken, async (stage) => {
    const { page, person, events } = stage;
    const fetched = ofTerms(page);
    await toForm(stage, undefined);
    await person.sees(person.button("Take photo"));
    assert.equal(fetched.length, 0);
    await page.evaluate(() => document.querySelector("instant-card").setAttribute("photo-rules", "yes"));
    await person.sees(person.alert("photo-rules"));
    await page.waitForFunction(() => window.heard.some(({ type }) => type === "ic-error"));
    assert.equal((await told(events)).at(-1).code, "configuration");
    await page.evaluate(() => document.querySelector("instant-card").setAttribute("photo-rules", "on"));
    await person.sees(person.host.getByText("Nothing behind you"));
  });
});
