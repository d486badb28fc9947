// A kiosk with a key of its own: staff enrol it at the gateway, and it says itself, for each person anew, that somebody is there.

import assert from "node:assert/strict";
import { isAccessible } from "./support/axe.mjs";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { Gateway } from "./support/gateway.mjs";
import { PASS } from "./support/journey.mjs";
import { BOTH, scene, scenes } from "./support/scene.mjs";

const DEVICES = "[devices]\ntemplate_id = 5802\n";

const bearer = (request) => request.headers().authorization?.replace(/^bearer /i, "");

/** A kiosk before a gateway, whose page says nothing of who is there; and what it sends. */
async function atGateway(stage, more = DEVICES) {
  const gateway = stage.ends(await Gateway.start(stage.sandbox, more));
  const sent = [];
  stage.page.on("request", (request) => {
    if (request.url().startsWith(gateway.url) && request.method() !== "OPTIONS") sent.push(request);
  });
  await stage.open("kiosk.html", { mode: "kiosk", gateway: gateway.url, "api-base": "", "organization-id": 20003827 });
  return { gateway, sent };
}

/** Staff come to the panel. */
async function comesIn({ page, person }) {
  // Once there is anybody to hear of it.
  await person.sees(person.screen("attract").getByRole("heading", { level: 1 }));
  await page.keyboard.press("Control+Alt+Shift+KeyS");
  await person.screen("staff").waitFor();
  await person.enterCredentials(PASSWORD, person.screen("staff"));
  await person.sees(person.host.getByRole("heading", { name: "This kiosk" }));
}

async function enrols({ person }, name) {
  await person.field("Name of this kiosk").fill(name);
  await person.button("Enrol this kiosk").click();
  await person.sees(person.host.getByText(`Enrolled as ${name}.`));
}

/** A stranger makes a pass. Gives the token of their session. */
async function makesPass({ person }, sent) {
  await person.host.locator('[data-action="start"]:not([aria-disabled])').click();
  const from = sent.length;
  await person.fill(PASS.texts);
  await person.preview(PASS);
  await person.action("finalize").click();
  await person.button("Finish").click();
  await person.screen("attract").waitFor();
  const made = sent.slice(from).find((request) => request.method() === "POST" && /\/cards$/.test(request.url()));
  return bearer(made);
}

/** Somebody of the organization, at another place. */
async function elsewhere({ sandbox }, gateway) {
  const form = new FormData();
  form.set("email", EMAIL);
  form.set("password", PASSWORD);
  const { auth_token: token } = await (await fetch(`${sandbox.api}authenticate`, { method: "POST", body: form })).json();
  return async (method, path) => {
    const answer = await fetch(`${gateway.url}${path}`, { method, headers: { authorization: `bearer ${token}` } });
    assert.equal(answer.status, 200, path);
    return answer.json();
  };
}

/** What the browser keeps for the kiosk: the entries of the database, without what nobody can read. */
const kept = (page) => page.evaluate(async () => {
  const done = (request) => new Promise((resolve, reject) => { Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }); });
  const database = await done(indexedDB.open("instant-card-kiosk"));
  const store = database.transaction("keys").objectStore("keys");
  const [places, entries] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  database.close();
  return entries.map(({ key, about }, at) => ({ place: places[at], about, type: key.type, extractable: key.extractable, usages: key.usages }));
});

scenes("a kiosk with a key of its own", () => {
  scene("is enrolled, serves strangers, outlives a reload, and is revoked from elsewhere", { network: true, browsers: BOTH, wide: ["firefox"] }, async (stage) => {
    const { page, person, events } = stage;
    const { gateway, sent } = await atGateway(stage);
    await person.sees(person.host.getByRole("heading", { name: "This kiosk is not in service" }), person.host.getByText("kiosk-not-enrolled"));
    await comesIn(stage);
    await person.button("Enrol this kiosk").click();
    await person.sees(person.host.getByText("Give this kiosk a name."));
    await enrols(stage, "Lobby north");
    const [own, ...others] = await kept(page);
    assert.deepEqual([others, own.place, own.type, own.extractable, own.usages], [[], gateway.url, "private", false, ["sign"]]);
    await person.button("Close").click();
    const sessions = [await makesPass(stage, sent), await makesPass(stage, sent)];
    assert.ok(sessions.every((token) => token.startsWith("icg_")) && sessions[0] !== sessions[1], "each has a session of their own");

    await page.reload();
    sessions.push(await makesPass(stage, sent));
    assert.equal(new Set(sessions).size, 3);

    const ask = await elsewhere(stage, gateway);
    const [device] = await ask("GET", "devices");
    assert.equal(device.name, "Lobby north");
    await person.host.locator('[data-action="start"]:not([aria-disabled])').click();
    await person.fill(PASS.texts);
    await ask("DELETE", `devices/${device.id}`);
    await person.button("Preview card").click();
    await person.sees(person.dialog.getByRole("heading", { name: "This kiosk is not in service" }));
    await person.dialog.getByRole("button", { name: "Finish" }).click();
    await person.sees(person.screen("attract").getByText("Please use another one, or ask the staff."), person.host.getByText("kiosk-refused"));
    const codes = (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);
    assert.deepEqual(codes.filter((code) => code === "kiosk-refused").length, 1, `${codes}`);

    await comesIn(stage);
    await person.sees(person.host.getByText("Lobby north was taken off the gateway's list"));
    await enrols(stage, "Lobby north");
    await person.button("Close").click();
    assert.ok(!sessions.includes(await makesPass(stage, sent)));
    assert.ok(!gateway.log.includes(sessions[0]) && !gateway.log.includes(PASS.texts["Full name"]));
  });

  scene("staff see the others, and take this one off the list", { network: true }, async (stage) => {
    const { page, person } = stage;
    const { gateway } = await atGateway(stage);
    await comesIn(stage);
    await enrols(stage, "Lobby south");
    // As another machine would be: what it has kept is somebody else's.
    await page.evaluate(() => indexedDB.deleteDatabase("instant-card-kiosk"));
    await page.reload();
    await comesIn(stage);
    await enrols(stage, "Lobby north");
    await isAccessible(page);
    await person.button("Revoke Lobby south").click();
    await person.dialog.getByRole("button", { name: "Keep it" }).click();
    await person.button("Revoke Lobby south").click();
    await isAccessible(page);
    await person.dialog.getByRole("button", { name: "Revoke", exact: true }).click();
    await person.button("Revoke Lobby south").waitFor({ state: "detached" });
    await person.button("Revoke Lobby north").click();
    await person.dialog.getByRole("button", { name: "Revoke", exact: true }).click();
    await person.sees(person.field("Name of this kiosk"));
    const ask = await elsewhere(stage, gateway);
    assert.deepEqual([await ask("GET", "devices"), await kept(page)], [[], []]);
  });

  scene("where nothing can be kept, or the gateway enrols none, staff are told so", { network: true }, async (stage) => {
    const { page, person } = stage;
    await page.addInitScript(() => { Object.defineProperty(window, "indexedDB", { value: undefined }); });
    const { gateway } = await atGateway(stage, "[staff]\nenabled = true\n");
    await comesIn(stage);
    await person.sees(person.host.getByText("This gateway enrols no kiosks. Its configuration needs [devices]."));
    await gateway.kill();
    gateway.more = DEVICES;
    await gateway.run();
    await page.reload();
    await comesIn(stage);
    await person.field("Name of this kiosk").fill("Private");
    await person.button("Enrol this kiosk").click();
    await person.sees(person.host.getByRole("alert").getByText("This browser does not keep a key."));
    const ask = await elsewhere(stage, gateway);
    assert.deepEqual(await ask("GET", "devices"), []);
  });
});
