// The proxies of docs/proxy.md as they stand there, with this machine's ports and folders in place of a server's.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CADDY, NGINX, PACKAGE_DIR, PAGES } from "./env.mjs";
import { certificate, gate, line, vendor } from "./front.mjs";
import { filesOf, guide } from "./guide.mjs";
import { listens } from "./nginx.mjs";
import { freePort } from "./ports.mjs";

const FILES = filesOf(guide("proxy.md"));
const CADDYFILE = "/etc/caddy/Caddyfile";

/** What is another one here: names stay, since the browser is told where they are. */
const here = (text, { folder, api, sign }) => text
  .replaceAll("https://core.instantcard.net", `https://localhost:${api}`)
  .replaceAll("127.0.0.1:4180", `127.0.0.1:${sign}`)
  .replaceAll("/etc/ssl/certs/ca-certificates.crt", join(folder, "site.pem"))
  .replaceAll(/\/etc\/ssl\/certs\/\w+\.example\.org\.pem/g, join(folder, "site.pem"))
  .replaceAll(/\/etc\/ssl\/private\/\w+\.example\.org\.key/g, join(folder, "site.key"))
  .replaceAll("/var/www/html", join(folder, "www"))
  .replaceAll("/var/log/nginx", folder);

/** The origins that the guide lets in, as they are with a port. */
const atPort = (text, port) => text.replaceAll(/https:\/\/(www|lobby)\.example\.org/g, `$&:${port}`);

/** nginx as Debian has it, with the guide's files. */
function nginx(places) {
  const { folder, port, front } = places;
  for (const [path, text] of FILES) {
    if (!path.startsWith("/etc/nginx/")) continue;
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, atPort(here(text, places), front).replaceAll("listen 443 ssl", `listen 127.0.0.1:${port} ssl`));
  }
  const main = join(folder, "etc/nginx/nginx.conf");
  writeFileSync(main, `
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  include ${["/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types"].find(existsSync)};
  access_log ${folder}/access.log;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ")}
  include conf.d/*.conf;
  include sites-available/*;
}
`);
  return [NGINX, ["-p", folder, "-c", main, "-e", join(folder, "error.log"), "-g", "daemon off;"]];
}

function caddy(places) {
  const { folder, port, front } = places;
  const certificates = `\ttls ${join(folder, "site.pem")} ${join(folder, "site.key")}`;
  const text = atPort(here(FILES.get(CADDYFILE), places), front)
    .replaceAll(/^(\w+\.example\.org) \{$/gm, `$1:${port} {\n${certificates}`)
    // Several may run beside each other.
    .replace("{\n", "{\n\tadmin off\n\tauto_https disable_redirects\n");
  const file = join(folder, "Caddyfile");
  writeFileSync(file, text);
  return [CADDY, ["run", "--adapter", "caddyfile", "--config", file]];
}

const KINDS = { nginx, caddy };

/** For a browser that is to find the guide's hosts here. */
export const BROWSER = ["--host-resolver-rules=MAP *.example.org 127.0.0.1"];

export class Proxy {
  #folder = mkdtempSync(join(tmpdir(), "instant-card-proxy-"));
  #child;
  #said = "";

  /** Starts one of the `KINDS` before a sandbox. */
  static async start(kind, sandbox) {
    const proxy = new Proxy();
    const folder = proxy.#folder;
    proxy.certificate = certificate(folder);
    // The pages of the site.
    mkdirSync(join(folder, "www"));
    for (const [name, target] of [["pages", PAGES], ["pkg", PACKAGE_DIR]]) symlinkSync(target, join(folder, "www", name));
    mkdirSync(join(folder, "logs"));
    proxy.vendor = await vendor(proxy.certificate, sandbox);
    proxy.gate = await gate();
    const port = await freePort();
    proxy.line = await line(port);
    proxy.port = proxy.line.port;
    const [program, args] = KINDS[kind]({ folder, port, front: proxy.port, api: proxy.vendor.port, sign: proxy.gate.port });
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, SSL_CERT_FILE: proxy.certificate.cert },
    });
    proxy.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { proxy.#said += text; });
    const failed = new Promise((_, reject) => {
      child.once("error", (error) => reject(new Error(`${program}: ${error.message}`)));
      child.once("exit", (code) => reject(new Error(`${kind} ended with ${code}: ${proxy.logs()}`)));
    });
    failed.catch(() => {});
    await Promise.race([listens(port), failed]);
    return proxy;
  }

  /** Where one of the guide's hosts is. */
  origin(host) { return `https://${host}.example.org:${this.port}`; }

  /** All that the proxy has written down. */
  logs() {
    const files = readdirSync(this.#folder).filter((name) => name.endsWith(".log"));
    return this.#said + files.map((name) => readFileSync(join(this.#folder, name), "utf8")).join("");
  }

  /** The files that it keeps bodies in, if any. */
  kept() {
    return ["client_body", "proxy"].flatMap((name) => {
      const folder = join(this.#folder, name);
      return existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
    });
  }

  async stop() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await ended;
    }
    for (const one of [this.line, this.gate, this.vendor]) one.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
