// The scenes that Firefox has to pass as well, those of all files together: so it starts once, and no file waits for it.

import { readFileSync, readdirSync } from "node:fs";

// Before a scene is read: each says by it where it runs.
process.env.E2E_BROWSER = "firefox";

const folder = new URL("./", import.meta.url);
// What is wide runs in Chromium alone.
const names = process.env.E2E_WIDE ? [] : readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
for (const name of names) {
  const file = new URL(name, folder);
  if (file.href !== import.meta.url && /\bbrowsers: /.test(readFileSync(file, "utf8"))) await import(file);
}
