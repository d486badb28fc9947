// What a page gives and fixes: values and pictures for fields, and fields that are locked or hidden.

import assert from "node:assert/strict";
import { BADGE } from "./support/journey.mjs";
import { photos } from "./support/photos.mjs";
import { CREATE, UPDATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

const TOKEN = "site-given-token-51c2";
const withToken = { sandbox: ["--token", TOKEN], secrets: [TOKEN] };
// A card that is not there is a 404.
const withCards = { ...withToken, network: true, sandbox: [...withToken.sandbox, "--cards", "6"] };
const dataUri = (photo) => `data:${photo.mimeType};base64,${photo.buffer.toString("base64")}`;
const errors = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail);

/** Sets a property; `{file: data URI}` stands for a File. */
const sets = (person, name, value) => person.host.evaluate(async (host, [name, value]) => {
  const bytes = (uri) => Uint8Array.from(atob(uri.split(",")[1]), (char) => char.charCodeAt(0));
  const open = (value) => {
    if (value?.file) return new File([bytes(value.file)], "photo");
    if (typeof value !== "object" || !value) return value;
    return Object.fromEntries(Object.entries(value).map(([key, value]) => [key, open(value)]));
  };
  host[name] = open(value);
}, [name, value]);

scenes("what a page gives", () => {
  scene("locked and hidden fields, while the form is open too", withToken, async (stage) => {
    const { open, person, given, sandbox, events } = stage;
    const fields = {
      FULL_NAME: { value: "Zoë Müller-Łukasz", locked: true },
      EMPLOYEE_NUMBER: { value: 20417, hidden: true },
      PHOTO: { value: dataUri(photos.landscape), locked: true },
      JOB_TITLE: { value: "Engineer" },
    };
    await given({ token: TOKEN, fields, prefill: { FULL_NAME: "Somebody", DEPARTMENT: "Sales" } });
    await open("host.html", { mode: "request", "template-id": "5801" });
    const name = person.field("Full name");
    await person.standsThere({ "Full name": "Zoë Müller-Łukasz", Department: "Sales", "Job title": "Engineer" });
    assert.ok(!await name.isEditable() && await name.isEnabled(), "it can be read and reached, and not changed");
    assert.match(await name.evaluate((input) => input.getRootNode().getElementById(input.getAttribute("aria-describedby")).textContent), /Filled in for you/);
    assert.equal(await person.field("Employee number").count(), 0);
    assert.ok(!(await person.host.innerText()).includes("20417"), "what is hidden is seen nowhere");
    const photo = person.picture("Photo");
    const { width, height } = await person.loaded(photo.getByRole("img"));
    assert.ok(height > width, "it is cropped as the field is");
    assert.equal(await photo.getByRole("button").count(), 0);
    assert.equal(await person.host.getByText("Photo", { exact: true }).count(), 1, "and there is no step for it");

    await person.fill({ Department: "Operations", "Job title": "Field engineer" });
    await sets(person, "fields", { ...fields, DEPARTEMENT: { locked: true } });
    await person.sees(person.alert("fields.DEPARTEMENT: the template has no such field"));
    assert.deepEqual((await errors(events)).map(({ code }) => code), ["configuration"]);
    await sets(person, "fields", { ...fields, FULL_NAME: { value: "Zoë Łukasz" }, PHOTO: { value: { file: dataUri(photos.portrait) } } });
    await person.sees(photo.getByRole("button", { name: "Change photo" }));
    await person.standsThere({ "Full name": "Zoë Łukasz", Department: "Operations", "Job title": "Field engineer" });
    assert.ok(await name.isEditable());
    await photo.getByRole("button", { name: "Adjust" }).click();
    await person.button("Use photo").click();
    await person.fill({ "Full name": BADGE.data.FULL_NAME });
    await person.preview(BADGE);
    const [data] = await sandbox.sentData(CREATE);
    const sent = Object.fromEntries(data.map(({ token, value }) => [token, value]));
    assert.deepEqual([sent.FULL_NAME, sent.EMPLOYEE_NUMBER, sent.DEPARTMENT], [BADGE.data.FULL_NAME, "20417", "Operations"]);
    assert.equal(await person.finalize(), (await sandbox.cards()).at(-1).id);
  });

  scene("pictures: a File is taken, an address is not, a bad one is told", withToken, async ({ open, person, given, events, page }) => {
    await given({ token: TOKEN });
    await open("late.html", { mode: "request", "template-id": "5803" });
    await sets(person, "prefill", { PHOTO: { file: dataUri(photos.portrait) }, SIGNATURE: "https://elsewhere.test/sign.png", FULL_NAME: "Иван" });
    await page.evaluate(() => {
      const script = Object.assign(document.createElement("script"), { type: "module", src: "/pkg/instant-card.js" });
      document.head.append(script);
    });
    await person.loaded(person.picture("Photo").getByRole("img"));
    await person.sees(person.host.getByText("nothing is fetched from one"));
    assert.equal(await person.picture("Signature").getByRole("img").count(), 0);
    // Nothing of it would be lost: the page is not held.
    assert.ok(await page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true }))));
    await sets(person, "prefill", { SIGNATURE: { file: dataUri({ ...photos.signature, buffer: photos.signature.buffer.subarray(0, 400) }) } });
    await person.sees(person.host.getByText("The picture that this page gave cannot be used."));
    await sets(person, "prefill", { SIGNATURE: dataUri(photos.signature) });
    await person.loaded(person.picture("Signature").getByRole("img"));
    assert.equal(await person.host.getByText("cannot be used").filter({ visible: true }).count(), 0);
    assert.deepEqual((await errors(events)).map(({ code }) => code), ["given-picture", "given-picture"]);
  });

  scene("an existing card is corrected, and only what has changed is sent", withCards, async ({ open, person, given, sandbox, events }) => {
    const before = (await sandbox.cards()).find((card) => Number(card.card_template_id) === 5801);
    await given({ token: TOKEN });
    await open("host.html", { mode: "request", "card-id": before.id });
    await person.loaded(person.picture("Photo").getByRole("img"));
    assert.notEqual(await person.field("Full name").inputValue(), "");
    await person.fill({ "Full name": "Zoë Corrected" });
    await person.preview(BADGE);
    assert.equal(await person.finalize(), before.id);
    const sent = (await sandbox.sentData(UPDATE)).map((data) => data.map(({ token, value }) => [token, value]));
    assert.deepEqual(sent, [[["FULL_NAME", "Zoë Corrected"]]]);
    assert.equal((await sandbox.requests(CREATE)).length, 0);
    const after = (await sandbox.cards()).find(({ id }) => id === before.id);
    assert.deepEqual([after.finalized, after.data.PHOTO], [true, before.data.PHOTO], "its photo is what it was");
    const heard = (await events()).filter(({ type }) => type.startsWith("ic-card")).map(({ type, detail }) => [type, detail.cardId]);
    assert.deepEqual(heard, [["ic-card-updated", before.id], ["ic-card-finalized", before.id]]);
    await person.host.evaluate((host) => host.setAttribute("card-id", "99"));
    await person.sees(person.alert("the organization has no such card"));
  });
});
