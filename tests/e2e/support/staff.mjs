// The portal in a folder of its own, below a path, where a test can put a second version over it.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PORTAL_DIST } from "./env.mjs";

const hash = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;

export class Staff {
  folder = mkdtempSync(join(tmpdir(), "instant-card-staff-"));

  constructor() {
    cpSync(PORTAL_DIST, this.folder, { recursive: true });
    this.version = readdirSync(this.folder).find((name) => /^v-[0-9a-f]{8}$/.test(name)).slice(2);
  }

  /** A sandbox that serves it at `/staff/`. */
  get mount() { return ["--static", `/staff=${this.folder}`]; }

  read(name) { return readFileSync(join(this.folder, name), "utf8"); }
  write(name, text) { writeFileSync(join(this.folder, name), text); }

  /** Puts the next version over it: the same program by another name. The folder before stays, as the guide says. */
  deploys(version) {
    const before = this.version;
    const offline = this.read(`v-${before}/offline.js`);
    const next = offline.replaceAll(before, version);
    cpSync(join(this.folder, `v-${before}`), join(this.folder, `v-${version}`), { recursive: true });
    this.write(`v-${version}/offline.js`, next);
    for (const name of ["index.html", "sw.js"]) {
      this.write(name, this.read(name).replaceAll(before, version).replaceAll(hash(offline), hash(next)));
    }
    this.version = version;
  }

  /** A file of the build that is there is not whole. */
  breaks(name) {
    const file = join(this.folder, `v-${this.version}`, name);
    renameSync(file, `${file}.whole`);
    writeFileSync(file, "half of i");
    return () => renameSync(`${file}.whole`, file);
  }

  stop() { rmSync(this.folder, { recursive: true, force: true }); }
}
