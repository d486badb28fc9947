// The whole way through the product in Firefox; WebKit goes it in a file of its own.

import { scene, scenes } from "./support/scene.mjs";
import { tour } from "./support/tour.mjs";
import { PageHand, Visitor } from "./support/visitor.mjs";

scenes("from signing in to the account", () => {
  scene("in Firefox, with its camera", { browsers: ["firefox"] }, ({ page, sandbox }) => (
    tour(new Visitor(new PageHand(page)), sandbox, { hasCamera: true })));
});
