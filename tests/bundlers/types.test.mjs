// The package's types, as a project that installs it has them: what is right compiles, and what is wrong does not.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PACKAGE_DIR } from "../e2e/support/env.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const modules = realpathSync(join(HERE, "node_modules"));
const work = mkdtempSync(join(dirname(modules), "types-"));
after(() => rmSync(work, { recursive: true, force: true }));
cpSync(join(HERE, "types"), work, { recursive: true });
cpSync(PACKAGE_DIR, join(work, "node_modules/instant-card"), { recursive: true });

const OPTIONS = {
  strict: true, noEmit: true, target: "es2023", module: "esnext", moduleResolution: "bundler", lib: ["es2023", "dom"], types: [],
};

/** Compiles `file`; the compiler's words, where it has any. */
async function compile(file, more = {}) {
  const project = join(work, `tsconfig.${file}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...OPTIONS, ...more }, files: [file] }));
  const compiler = join(modules, "typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "--project", project]).catch(({ stdout }) => assert.fail(stdout));
}

test("a page's own script", () => compile("element.ts"));
test("React", () => compile("react.tsx", { jsx: "react-jsx" }));
test("Solid", () => compile("solid.tsx", { jsx: "preserve", jsxImportSource: "solid-js", skipLibCheck: true }));
test("Vue", () => compile("vue.ts", { skipLibCheck: true }));
test("Svelte", () => compile("svelte.ts", { skipLibCheck: true }));

test("each file that the package names is there, and what editors read names what there is", () => {
  const read = (name) => JSON.parse(readFileSync(join(PACKAGE_DIR, name), "utf8"));
  const { exports, types, customElements } = read("package.json");
  const named = [types, customElements, ...Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [] : Object.values(entry)))];
  for (const file of named) readFileSync(join(PACKAGE_DIR, file));
  const [{ declarations: [element] }] = read(customElements).modules;
  const tag = read("vscode.html-custom-data.json").tags[0];
  assert.equal(element.tagName, "instant-card");
  assert.deepEqual(tag.attributes.map(({ name }) => name), element.attributes.map(({ name }) => name));
  assert.deepEqual(tag.attributes.find(({ name }) => name === "mode").values.map(({ name }) => name), ["portal", "request", "kiosk"]);
  assert.match(readFileSync(join(PACKAGE_DIR, "THIRD-PARTY-LICENSES.txt"), "utf8"), /^leptos-.*: MIT$/m);
});
