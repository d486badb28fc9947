// The whole way through the product in WebKit, by the script that Firefox goes by, too; what Chromium does is in all the other files.

import { test } from "node:test";
import { WIDE } from "./support/env.mjs";
import { Sandbox } from "./support/sandbox.mjs";
import { tour } from "./support/tour.mjs";
import { Visitor } from "./support/visitor.mjs";
import { WebKit } from "./support/webkit.mjs";

if (WIDE) {
  test("from signing in to the account in WebKit, which has no camera here", { timeout: 180_000 }, async () => {
    const sandbox = await Sandbox.start();
    const webkit = new WebKit();
    try {
      await webkit.start();
      await tour(new Visitor(webkit), sandbox, { hasCamera: false });
    } finally {
      await Promise.all([webkit.close(), sandbox.stop()]);
    }
  });
}
