// What a guide in docs/ says to put where: its files, by their paths.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const guide = (name) => readFileSync(fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url)), "utf8");

/** A guide's files: the block after a line that begins with the file's path. */
export const filesOf = (text) =>
  new Map([...text.matchAll(/^`(\/[^`]+)`.*(?:\n.+)*\n\n```\w*\n([^]*?)^```$/gm)].map(([, path, file]) => [path, file]));
