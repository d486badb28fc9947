// Scripts of the simulator: what one person does step by step, what goes wrong meanwhile, and what comes of it there.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SIMULATOR = process.env.SIMULATOR_BIN || join(ROOT, "target/simulate/simulator");

/**
 * The script of a seed: `{world, organization, page_size, steps, end, reached}`. With a mistake on purpose (`mutant`) it may
 * break off, since the simulator has found that by itself: what there is of it is played all the same.
 */
export async function script(seed, steps, mutant) {
  const words = ["--script", String(seed), "--steps", String(steps), ...(mutant ? ["--mutant", mutant] : [])];
  const { stdout } = await promisify(execFile)(SIMULATOR, words, { maxBuffer: 64 << 20 })
    .catch((error) => { if (!mutant || !error.stdout) throw error; return error; });
  const [start, ...lines] = stdout.trim().split("\n").map((line) => JSON.parse(line));
  const isStep = (line) => Object.hasOwn(line, "words");
  return { ...start, steps: lines.filter(isStep), ...lines.find((line) => !isStep(line)) };
}

/** What the simulator's faults are called at the sandbox. */
const ACTIONS = {
  "lost before": "cut_before", "lost after": "cut_after", repeated: "drop_after", "expired token": "expire",
  500: "json_500", "502 html": "html_502",
};
/** Every kind of fault that a script may have. */
export const KINDS = Object.keys(ACTIONS);

/** The rules by which a sandbox makes the faults of a step strike the same calls. */
export function rules(faults) {
  const struck = new Map();
  return faults.map(({ method, target, kind, nth, copies }) => {
    // What an earlier rule has struck, a later one does not count.
    const before = struck.get(`${method} ${target}`) ?? 0;
    // The last copy is answered.
    const times = kind === "repeated" ? copies - 1 : 1;
    struck.set(`${method} ${target}`, before + times);
    return { match: { method, target }, action: ACTIONS[kind], skip: nth - before, times };
  });
}
