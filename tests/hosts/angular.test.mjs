// What Angular says of a template by the package's directive: what is wrong is refused, each by itself, and what is right is not.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { copy, install, run, workshop } from "./sites.mjs";

const RIGHT = [
  '<instant-card mode="request" organization-id="20003827" [template-id]="5801" [lang]="null" [tokenProvider]="ask" [prefill]="undefined" class="a" />',
  '<instant-card [fields]="{ FULL_NAME: { value: 1, locked: true } }" (ic-card-finalized)="takes($event.detail.cardId)" />',
];
/** Each with what Angular says of it. */
const WRONG = {
  '<instant-card mode="lobby" />': /not assignable to type '"portal" \| "request" \| "kiosk"/,
  '<instant-card template-id="twelve" />': /'"twelve"' is not assignable/,
  '<instant-card [keep]="true" />': /'true' is not assignable to type '"off" \| "on"/,
  '<instant-card [prefill]="1" />': /'number' is not assignable to type 'Record<string, InstantCardValue>'/,
  '<instant-card [fields]="{ FULL_NAME: { lockd: true } }" />': /'"lockd"' does not exist in type 'InstantCardField'/,
  '<instant-card [prefil]="{}" />': /Can't bind to 'prefil'/,
  '<instant-card (ic-card-finalized)="takes($event.detail.card)" />': /'card' does not exist on type 'InstantCardCardFinalizedDetail'/,
};

const { work, clear } = workshop();
after(clear);

test("a template's bindings are typed", { timeout: 300_000 }, async () => {
  await install(work);
  const at = copy(work, "angular");
  const lines = [...RIGHT, ...Object.keys(WRONG)];
  writeFileSync(join(at, "src/tried.ts"), `import { Component } from "@angular/core";
import { InstantCard } from "instant-card/angular";
@Component({ selector: "app-tried", imports: [InstantCard], template: \`
${lines.join("\n")}
\` })
export class Tried {
  readonly ask = async () => "token";
  takes(card: number) { return card; }
}
`);
  writeFileSync(join(at, "tsconfig.tried.json"), JSON.stringify({ extends: "./tsconfig.json", files: ["src/tried.ts"] }));
  const said = await run("npm", ["run", "--silent", "check", "--", "-p", "tsconfig.tried.json"], at).then(() => "", ({ message }) => message);
  const complaints = new Map();
  for (const complaint of said.replace(/\x1b\[\d+m/g, "").split(/^(?=src\/tried\.ts:)/m).slice(1)) {
    // The template begins in the fourth line.
    const line = lines[complaint.split(":")[1] - 4];
    complaints.set(line, [...complaints.get(line) ?? [], complaint]);
  }
  for (const line of RIGHT) assert.deepEqual(complaints.get(line) ?? [], [], line);
  for (const [line, says] of Object.entries(WRONG)) assert.match(complaints.get(line)?.join("\n") ?? "nothing", says, line);
  assert.equal(complaints.size, Object.keys(WRONG).length, said);
});
