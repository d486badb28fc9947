// The scenes of all files in Chromium.

import { test } from "node:test";
import { WIDE } from "./support/env.mjs";
import { allWereCalled } from "./support/operations.mjs";
import { together } from "./support/together.mjs";

// A group often waits for what takes its time, or for its last scene; what is wide waits more.
await together("in Chromium", WIDE ? 3 : 2);

if (!WIDE) test("each of the API's operations was called from a screen", allWereCalled);
