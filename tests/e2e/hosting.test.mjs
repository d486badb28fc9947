// docs/hosting.md to the letter: nginx and Caddy as it sets them up, with the portal below a path.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { CADDY, NGINX, WIDE } from "./support/env.mjs";
import { certificate } from "./support/front.mjs";
import { filesOf, guide } from "./support/guide.mjs";
import { listens } from "./support/nginx.mjs";
import { freePort } from "./support/ports.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { Staff } from "./support/staff.mjs";

const TEXT = guide("hosting.md");
const FILES = filesOf(TEXT);
const POLICY = /^```http\nContent-Security-Policy: (.*)$/m.exec(TEXT)[1];
const FOREVER = "public, max-age=31536000, immutable";

const here = (text, folder) => text
  .replaceAll("/etc/ssl/certs/www.example.org.pem", join(folder, "site.pem"))
  .replaceAll("/etc/ssl/private/www.example.org.key", join(folder, "site.key"))
  .replaceAll("/var/www", join(folder, "www"));

const KINDS = {
  nginx(folder, port) {
    const main = join(folder, "nginx.conf");
    writeFileSync(main, `${process.getuid?.() === 0 ? "user root;" : ""} worker_processes 1; pid ${folder}/nginx.pid; events { worker_connections 64; }
      http { access_log off; ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
      ${here(FILES.get("/etc/nginx/sites-available/portal"), folder).replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)} }`);
    return [NGINX, ["-p", folder, "-c", main, "-e", join(folder, "error.log"), "-g", "daemon off;"]];
  },
  caddy(folder, port) {
    const file = join(folder, "Caddyfile");
    const site = here(FILES.get("/etc/caddy/Caddyfile"), folder)
      .replace(/^www\.example\.org \{$/m, `www.example.org:${port} {\n\ttls ${join(folder, "site.pem")} ${join(folder, "site.key")}`);
    writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
    return [CADDY, ["run", "--adapter", "caddyfile", "--config", file]];
  },
};

/** The portal behind one of them. */
async function host(kind) {
  const folder = mkdtempSync(join(tmpdir(), "instant-card-hosting-"));
  const staff = new Staff();
  certificate(folder);
  mkdirSync(join(folder, "www"));
  symlinkSync(staff.folder, join(folder, "www/staff"));
  const port = await freePort();
  const [program, args] = KINDS[kind](folder, port);
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
  let said = "";
  child.stderr.on("data", (text) => { said += text; });
  const failed = once(child, "exit").then(([code]) => { throw new Error(`${kind} ended with ${code}: ${said}`); });
  failed.catch(() => {});
  await Promise.race([listens(port), failed]);
  const get = (path) => new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, rejectUnauthorized: false, servername: "www.example.org", headers: { Host: `www.example.org:${port}` } },
      (answer) => { answer.resume().on("end", () => resolve(answer)); }).on("error", reject).end();
  });
  return {
    staff, get, origin: `https://www.example.org:${port}`,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await failed.catch(() => {});
      }
      staff.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

if (!WIDE) {
  test("docs/hosting.md: what CloudFront and Netlify are given says the same", () => {
    const code = /^```js\n(function handler[^]*?)^```$/m.exec(TEXT)[1];
    const asks = (uri) => runInNewContext(`${code}; handler({ request: { uri } })`, { uri });
    assert.equal(asks("/staff").headers.location.value, "/staff/");
    assert.equal(asks("/staff/").uri, "/staff/index.html");
    assert.equal(asks("/staff/v-0123abcd/instant-card.js").uri, "/staff/v-0123abcd/instant-card.js");
    const headers = /^```\n(\/staff\/\*\n[^]*?)^```$/m.exec(TEXT)[1];
    assert.ok(headers.includes(`  Content-Security-Policy: ${POLICY}\n`) && headers.endsWith(`/staff/v-*\n  Cache-Control: ${FOREVER}\n`));
  });
}

scenes("docs/hosting.md", () => {
  for (const kind of Object.keys(KINDS)) {
    const browser = ["--host-resolver-rules=MAP *.example.org 127.0.0.1", "--ignore-certificate-errors"];
    const options = { wide: true, worker: true, network: true, browser, page: { ignoreHTTPSErrors: true } };
    scene(`${kind}: the portal below a path, under its policy, with what caches may keep`, options, async ({ page, person, ends }) => {
      const { staff, get, origin } = ends(await host(kind));
      const about = async (path) => (await get(path)).headers;
      const moved = await get("/staff");
      assert.ok([301, 302, 308].includes(moved.statusCode) && new URL(moved.headers.location, origin).pathname === "/staff/", moved.headers.location);
      for (const path of ["/staff/", "/staff/index.html", "/staff/sw.js", "/staff/instant-card.js"]) {
        assert.equal((await about(path))["cache-control"], "no-cache", path);
      }
      assert.equal((await about("/staff/"))["content-security-policy"], POLICY);
      const wasm = await about(`/staff/v-${staff.version}/instant-card_bg.wasm`);
      assert.deepEqual([wasm["cache-control"], wasm["content-type"], wasm["x-content-type-options"]], [FOREVER, "application/wasm", "nosniff"]);
      assert.match((await about("/staff/portal.webmanifest"))["content-type"], /^application\/manifest\+json/);
      assert.equal((await get("/staff/nothing.wasm")).statusCode, 404, "no page in place of a file");

      await page.goto(`${origin}/staff`);
      await person.enterCredentials();
      await person.sees(person.host.getByRole("alert"));
      await page.evaluate(() => navigator.serviceWorker.ready);
    });
  }
});
