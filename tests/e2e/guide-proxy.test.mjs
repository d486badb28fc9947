// docs/proxy.md to the letter: nginx and Caddy as it sets them up, before an API that sends no CORS headers.

import assert from "node:assert/strict";
import { request } from "node:https";
import { PASSWORD } from "./support/env.mjs";
import { BADGE, PASS } from "./support/journey.mjs";
import { BROWSER, Proxy } from "./support/proxies.mjs";
import { CREATE } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";

const options = (more = {}) => ({ network: true, browser: BROWSER, page: { ignoreHTTPSErrors: true }, sandbox: ["--no-cors"], ...more });

/** A stage with a proxy of this kind before its sandbox. */
const behind = (kind, body) => async (stage) => {
  const proxy = await Proxy.start(kind, stage.sandbox);
  const open = (host, attributes) => stage.page.goto(`${proxy.origin(host)}/pages/host.html?${new URLSearchParams(attributes)}`);
  try {
    await body({ ...stage, proxy, open, person: stage.person, page: stage.page });
  } finally {
    await proxy.stop();
  }
};

/** A call of a page, or of somebody who only says that they are one. */
const calls = (proxy, host, { method = "GET", path = "instantcard/profile/me", headers = {}, body } = {}) =>
  new Promise((resolve, reject) => {
    const { port } = proxy;
    const sent = request({ host: "127.0.0.1", port, method, path: `/${path}`, rejectUnauthorized: false, headers: { Host: `${host}.example.org:${port}`, ...headers } },
      (answer) => { answer.resume().on("end", () => resolve(answer)); });
    sent.on("error", reject);
    sent.end(body);
  });

const codes = async (events) => (await events()).filter(({ type }) => type === "ic-error").map(({ detail }) => detail.code);
const posts = ({ vendor }) => vendor.heads.filter((head) => /^POST \S+\/cards HTTP/.test(head));

scenes("docs/proxy.md", () => {
  for (const kind of ["nginx", "caddy"]) {
    scene(`${kind}, behind a single sign-on that ends meanwhile: it is told as that, and nothing typed is lost`, { ...options(), wide: true },
      behind(kind, async ({ proxy, open, page, person, events, sandbox, newPage }) => {
        await open("members", { "api-base": "/instantcard/" });
        await person.signIn();
        await person.choose(BADGE.name);
        await person.enter(BADGE);
        await page.context().clearCookies();
        await person.button("Preview card").click();
        await person.sees(person.alert("answered in its place, with status 401."), person.alert("Open this site in a new tab, sign in there"));
        assert.deepEqual(await codes(events), ["sign-in-page"]);
        assert.equal(await person.dialog.count(), 0, "nobody is asked for a password of InstantCard's");
        // The person signs in where they do so otherwise.
        const other = await newPage();
        await other.goto(`${proxy.origin("members")}/pages/host.css`);
        await page.bringToFront();
        await person.button("Try again").click();
        await person.looksAtPreview(BADGE);
        const number = await person.finalize();
        const [card] = await sandbox.cards();
        assert.deepEqual([card.id, card.data.FULL_NAME, card.data.PHOTO.mime], [number, BADGE.data.FULL_NAME, "image/jpeg"]);

        const heads = proxy.vendor.heads.join("");
        assert.match(heads, /^Authorization: bearer sandbox\./m);
        assert.doesNotMatch(heads, /^(Cookie|Origin|Referer|User-Agent: Mozilla|Accept-Language|Sec-[\w-]+|X-Forwarded-\w+|X-Real-IP)/im, "what is not InstantCard's business");
        assert.ok(proxy.gate.heard.length > 5 && proxy.gate.heard.every(({ authorization }) => !authorization), "nor the token the gate's");
        assert.deepEqual(proxy.kept(), [], "no photo on the disk");
      }));

    scene(`${kind}, on a host of its own: for the pages that are named, each call once, with no name in a log`, { ...options(), wide: kind === "caddy" },
      behind(kind, async ({ proxy, open, page, person, sandbox }) => {
        await open("www", { proxy: `${proxy.origin("cards")}/instantcard/` });
        await person.signIn();
        await person.choose(PASS.name);
        await person.enter(PASS);
        // InstantCard's server loses its answer. Straight to it, the browser would send the call again by itself.
        await sandbox.fault("drop_after", { method: "POST", path: "/cards", times: 1 });
        await person.button("Preview card").click();
        await person.sees(person.alert("The server has a problem of its own right now."));
        assert.equal(posts(proxy).length, 1, "nobody has sent it again");
        await person.button("Try again").click();
        await person.looksAtPreview(PASS);
        assert.equal((await sandbox.cards()).length, 1, "it was looked for first");
        await person.finalize();
        // The line to the browser breaks just as the next card is made.
        await person.button("Make another card").click();
        await person.choose(PASS.name);
        await person.enter(PASS);
        const made = posts(proxy).length;
        proxy.vendor.onHead = (head) => { if (head.startsWith("POST")) proxy.line.breaks(); };
        await person.button("Preview card").click();
        await person.sees(person.alert("The card server cannot be reached."));
        proxy.vendor.onHead = () => {};
        assert.equal(posts(proxy).length, made + 1, "nobody has sent it again");

        // With a name in the query, also when it fails.
        const origin = proxy.origin("www");
        const search = { path: `instantcard/organizations/20003827/cards/search?term=${encodeURIComponent("Núñez")}`, headers: { Origin: origin, Authorization: "bearer site-given-token-7c2e" } };
        assert.equal((await calls(proxy, "cards", search)).headers["access-control-allow-origin"], origin);
        await sandbox.fault("drop_before", { path: "/search" });
        assert.equal((await calls(proxy, "cards", search)).statusCode, 502);
        await sandbox.heal();
        const logs = proxy.logs();
        for (const word of ["N%C3%BA", "Núñez", "7c2e", "sandbox.", PASSWORD]) assert.ok(!logs.includes(word), `${word} is in a log`);

        const status = async (call) => (await calls(proxy, "cards", call)).statusCode;
        const from = (Origin, more) => ({ headers: { Origin, ...more } });
        assert.equal(await status(from("https://www.example.org.evil.example")), 403);
        assert.equal(await status({}), 403, "without an origin");
        assert.equal(await status({ ...from(origin), method: "PUT" }), 405);
        assert.equal(await status({ ...from(origin), path: "elsewhere" }), 404);
        assert.equal(await status({ ...from(origin), method: "POST", path: "instantcard/authenticate", body: Buffer.alloc(4_500_000) }), 413);
        const preflight = await calls(proxy, "cards", { method: "OPTIONS", ...from(origin, { "Access-Control-Request-Method": "PATCH" }) });
        assert.equal(preflight.statusCode, 204);
        assert.match(preflight.headers["access-control-allow-methods"], /PATCH/);
        assert.equal(preflight.headers["access-control-max-age"], "7200");
        await sandbox.stop();
        const down = await calls(proxy, "cards", from(origin));
        assert.deepEqual([down.statusCode, down.headers["access-control-allow-origin"]], [502, origin], "the page may read why");
      }));

    scene(`${kind}, on the page's own host: a preview of 41 seconds comes through`, options({ wide: true }),
      behind(kind, async ({ open, person, sandbox }) => {
        await open("www", { "api-base": "/instantcard/" });
        await person.signIn();
        await person.choose(PASS.name);
        await person.enter(PASS);
        await sandbox.faults({ preview_delay_ms: 41_000 });
        await person.button("Preview card").click();
        await person.screen("preview").locator("img").first().waitFor({ timeout: 60_000 });
        await person.looksAtPreview(PASS);
      }));
  }
});
