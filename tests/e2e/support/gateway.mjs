// A gateway of its own for a test, and the site that signs its visitors' statements.

import { spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { EMAIL, GATEWAY_BIN, ORGANIZATION, PASSWORD } from "./env.mjs";

const READY = "instant-card-gateway listening on ";
const ISSUER = "https://site.example";
const AUDIENCE = "https://site.example/cards/";

const base64 = (value) => Buffer.from(value).toString("base64url");

export class Gateway {
  #child;
  #folder = mkdtempSync(join(tmpdir(), "instant-card-gateway-"));
  #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #port = 0;
  /** The site's, where it signs with HS256. */
  #secret;
  /** What it has logged so far. */
  log = "";

  /** Starts one before `sandbox`, for the pages that it serves. `more` is further configuration. */
  static async start(sandbox, more = "") {
    const gateway = new Gateway();
    gateway.sandbox = sandbox;
    gateway.more = more;
    gateway.origin = new URL(sandbox.url).origin;
    await gateway.run();
    return gateway;
  }

  /** The one that `cargo xtask demo` puts before its sandbox, which signs the statements itself; its pages are at `origin`. */
  static async demo(sandbox, origin = new URL(sandbox.url).origin) {
    const gateway = new Gateway();
    Object.assign(gateway, { sandbox, origin, more: "[orders]\nshipping_provider_id = 13\n" });
    gateway.#secret = randomBytes(32).toString("hex");
    await gateway.run();
    const { host } = new URL(gateway.url);
    await sandbox.site({ gateway: host, issuer: ISSUER, audience: AUDIENCE, kid: "site-1", secret: gateway.#secret });
    return gateway;
  }

  /** Starts it, or starts it again on the store of before. */
  async run() {
    const file = join(this.#folder, "gateway.toml");
    const pem = this.#keys.publicKey.export({ type: "spki", format: "pem" });
    writeFileSync(file, `
listen = "127.0.0.1:${this.#port}"
origins = ["${this.origin}"]
[vendor]
base = "${this.sandbox.api}"
organization_id = ${ORGANIZATION}
email = "${EMAIL}"
[statements]
audience = "${AUDIENCE}"
[[statements.keys]]
issuer = "${ISSUER}"
kid = "site-1"
${this.#secret ? 'algorithm = "HS256"' : `algorithm = "ES256"\npublic_key = """\n${pem}"""`}
[store]
file = "${join(this.#folder, "store.sqlite")}"
${this.more}`);
    const child = spawn(GATEWAY_BIN, ["--config", file], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, INSTANT_CARD_PASSWORD: PASSWORD, INSTANT_CARD_KEY_SITE_1: this.#secret ?? "" },
    });
    this.#child = child;
    child.stderr.on("data", (text) => { this.log += text; });
    const failed = new Promise((_, reject) => {
      child.once("error", (error) => reject(new Error(`${GATEWAY_BIN}: ${error.message}`)));
      child.once("exit", (code) => reject(new Error(`the gateway ended with ${code}: ${this.log}`)));
    });
    // Only a failure before it is ready matters here.
    failed.catch(() => {});
    const ready = (async () => {
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith(READY)) return line.slice(READY.length).trim();
        this.log += `${line}\n`;
      }
      return failed;
    })();
    this.url = await Promise.race([ready, failed]);
    this.#port = Number(new URL(this.url).port);
    child.stdout.on("data", (text) => { this.log += text; });
    child.stdout.resume();
  }

  /** What the site says of a visitor. */
  statement(claims = {}) {
    const now = Math.floor(Date.now() / 1000);
    const header = { alg: "ES256", kid: "site-1", typ: "JWT" };
    const body = {
      iss: ISSUER, aud: AUDIENCE, origin: this.origin, iat: now, exp: now + 120, jti: randomUUID(), sub: "member-17",
      mode: "request", template_id: 5802, ends_with: "finalized", cards: 1, ...claims,
    };
    const text = [header, body].map((part) => base64(JSON.stringify(part))).join(".");
    return `${text}.${sign("sha256", Buffer.from(text), { key: this.#keys.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  }

  /** Ends it at once, as a power cut does. */
  async kill() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  async stop() {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
