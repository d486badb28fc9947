// The scenes of all files in one process: a browser starts once for all of them, and no file waits for another's last scene.

import { readFileSync, readdirSync } from "node:fs";
import { after, describe } from "node:test";
import { closeBrowsers, gathered } from "./scene.mjs";

const FOLDER = new URL("../", import.meta.url);
/** Those that do this, each in a process of its own, and the one that needs a browser of its own. */
const RUNNERS = ["chromium.test.mjs", "firefox.test.mjs", "webkit.test.mjs"];

/** Runs the scenes of the files whose text is `meant`, so many groups of them beside each other. */
export async function together(title, groups, meant = () => true) {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".test.mjs") && !RUNNERS.includes(name));
  const files = names.map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), "utf8") })).filter(({ text }) => meant(text));
  // The most text takes the longest, and is best begun first.
  files.sort((one, other) => other.text.length - one.text.length);
  const waiting = await gathered(async () => {
    for (const { name } of files) await import(new URL(name, FOLDER));
  });
  waiting.sort((one, other) => other.limit - one.limit);
  describe(title, { concurrency: groups, timeout: 1_800_000 }, () => {
    // Not left to what Node does at the very end: that comes early where the first test of all is one to be left out.
    after(closeBrowsers);
    for (const { group } of waiting) group();
  });
}
