// The whole way through the product in the other two browsers, by one script; what Chromium does is in all the other files.

import { test } from "node:test";
import { BROWSER, WIDE } from "./support/env.mjs";
import { Sandbox } from "./support/sandbox.mjs";
import { scene, scenes } from "./support/scene.mjs";
import { tour } from "./support/tour.mjs";
import { PageHand, Visitor } from "./support/visitor.mjs";
import { WebKit } from "./support/webkit.mjs";

scenes("from signing in to the account", () => {
  scene("in Firefox, with its camera", { browsers: ["firefox"] }, ({ page, sandbox }) => (
    tour(new Visitor(new PageHand(page)), sandbox, { hasCamera: true })));

  if (BROWSER === "firefox" || WIDE) return;
  test("in WebKit, which has no camera here", { timeout: 90_000 }, async () => {
    const sandbox = await Sandbox.start();
    const webkit = new WebKit();
    try {
      await webkit.start();
      await tour(new Visitor(webkit), sandbox, { hasCamera: false });
    } finally {
      await Promise.all([webkit.close(), sandbox.stop()]);
    }
  });
});
