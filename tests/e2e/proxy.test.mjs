// The `proxy` attribute, in both its forms, through a real nginx before an API that sends no CORS headers.

import assert from "node:assert/strict";
import { EMAIL, PASSWORD } from "./support/env.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { Nginx } from "./support/nginx.mjs";
import { scene, scenes } from "./support/scene.mjs";

/** The page comes from one sandbox, the API is another one, and nginx stands before that. */
async function proxied(stage, body) {
  const api = await stage.newSandbox("--no-cors");
  const nginx = await Nginx.start({ api: api.api, origin: new URL(stage.sandbox.url).origin });
  const asked = [];
  stage.page.on("request", (request) => asked.push(request.url()));
  try {
    await body({ api, nginx, asked });
  } finally {
    await nginx.stop();
  }
}

const FORMS = [
  ["a base that stands in for api-base", "instantcard/", (target) => target, BADGE],
  ["{url} in the query", "fetch?url={url}", encodeURIComponent, BADGE],
  ["{url} in the path", "to/{url}", encodeURIComponent, PASS],
];

scenes("proxy", () => {
  for (const [about, path, spelled, template] of FORMS) {
    scene(`${about}: the whole journey`, { wide: path !== "instantcard/" }, (stage) => proxied(stage, async ({ api, nginx, asked }) => {
      const { open, person, sandbox } = stage;
      await open("host.html", { "api-base": api.api, proxy: `${nginx.url}${path}` });
      await person.signIn();
      await person.choose(template.name);
      await person.enter(template);
      await person.preview(template);
      await person.edit();
      await person.fill({ "Full name": "Ravi Iyer" });
      await person.button("Preview card").click();
      await person.looksAtPreview(template);
      const number = await person.finalize();

      const [card] = await api.cards();
      assert.deepEqual([card.id, card.finalized, card.data.FULL_NAME], [number, true, "Ravi Iyer"]);
      if (template === BADGE) assert.equal(card.data.PHOTO.mime, "image/jpeg");
      const arrived = await api.requests();
      assert.ok(arrived.length >= 8 && arrived.every(({ status }) => status === 200));
      // One log has what the other has: nothing came another way.
      const through = nginx.requests().map((line) => line.split(" "));
      assert.deepEqual(through.map(([method]) => method), arrived.map(({ method }) => method));
      const finalize = `organizations/20003827/cards/${number}/finalize`;
      const expected = path === "instantcard/" ? `/instantcard/${finalize}` : `/${path.replace("{url}", spelled(`${api.api}${finalize}`))}`;
      assert.equal(through.filter(([method]) => method === "PATCH").at(-1)[1], expected);
      assert.deepEqual(asked.filter((url) => url.startsWith(api.url)), [], "never past the proxy");
      assert.equal((await sandbox.requests()).length, 0);
    }));
  }

  scene("without it the site is refused, and is told what to set", { network: true }, (stage) => proxied(stage, async ({ api, nginx }) => {
    const { open, person } = stage;
    await open("host.html", { "api-base": api.api });
    await person.enterCredentials();
    await person.sees(person.alert("the server does not allow this site (CORS): the site's owner can set a proxy."));
    await person.host.evaluate((host, proxy) => host.setAttribute("proxy", proxy), `${nginx.url}instantcard`);
    await person.sees(person.field("Email"));
    await person.signIn();
    await person.sees(person.button(BADGE.name));
  }));

  scene("the proxy is down, and its error page is HTML", { network: true }, (stage) => proxied(stage, async ({ api, nginx }) => {
    const { open, person } = stage;
    await open("host.html", { "api-base": api.api, proxy: `${nginx.url}instantcard/` });
    await person.signIn();
    await person.sees(person.button(BADGE.name));
    await api.stop();
    await person.button(BADGE.name).click();
    await person.sees(person.alert("The server has a problem of its own right now."));
    assert.equal(await person.host.getByText("Bad Gateway").count(), 0, "a gateway's page is not quoted");
    await nginx.stop();
    await person.button("Try again").click();
    await person.sees(person.alert("The card server cannot be reached."));
  }));

  // Of the set-up in support/nginx.mjs, which the documentation shows to sites.
  scene("a query goes through, and other servers do not", {}, (stage) => proxied(stage, async ({ api, nginx }) => {
    const through = (target) => fetch(`${nginx.url}fetch?url=${encodeURIComponent(target)}`);
    const answer = await through(`${api.api}organizations/20003827/cards/search?term=a%26b%20c&page=1`);
    assert.equal(answer.status, 401, await answer.text());
    const [{ query }] = await api.requests();
    assert.deepEqual(query.map(({ name, value }) => [name, value]), [["term", "a&b c"], ["page", "1"]]);
    assert.equal((await through(`${stage.sandbox.api}profile/me`)).status, 403);
    const body = new FormData();
    body.set("email", EMAIL);
    body.set("password", PASSWORD);
    const signedIn = await fetch(`${nginx.url}to/${encodeURIComponent(`${api.api}authenticate`)}`, { method: "POST", body });
    assert.equal(signedIn.status, 200);
  }));
});
