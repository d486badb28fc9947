// The block for WordPress against stand-ins for the globals that WordPress gives a script: it registers itself, its fields set its
// attributes, and what it saves is a form that works on a page with the script that block.json names.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { EXAMPLES, PACKAGE_DIR } from "../e2e/support/env.mjs";
import { folder, host } from "../e2e/support/host.mjs";
import { PASS } from "../e2e/support/journey.mjs";
import { scene, scenes } from "../e2e/support/scene.mjs";

const BLOCK = join(EXAMPLES, "wordpress");
const settings = JSON.parse(readFileSync(join(BLOCK, "block.json"), "utf8"));

/** What `wp.element` makes, as the text that `save` becomes. */
function written({ type, props, children }) {
  const attributes = Object.entries(props).filter(([, value]) => value !== undefined).map(([name, value]) => ` ${name}="${value}"`);
  const inner = children.flat().map((child) => (typeof child === "string" ? child : written(child)));
  return `<${type}${attributes.join("")}>${inner.join("")}</${type}>`;
}

/** Everything of a tree, the root first. */
const all = (node) => [node, ...(node.children ?? []).flat().flatMap(all)];

function registered() {
  const blocks = new Map();
  const useBlockProps = Object.assign(() => ({}), { save: () => ({ class: `wp-block-${settings.name.replace("/", "-")}` }) });
  const wp = {
    blocks: { registerBlockType: (name, block) => blocks.set(name, block) },
    element: { createElement: (type, props, ...children) => ({ type, props: props ?? {}, children }) },
    blockEditor: { useBlockProps, InspectorControls: "inspector" },
    components: { TextControl: "text", PanelBody: "panel" },
  };
  runInContext(readFileSync(join(BLOCK, settings.editorScript.replace("file:./", "")), "utf8"), createContext({ window: { wp } }));
  return blocks;
}

scenes("a WordPress block, against stand-ins for its globals", () => {
  scene("is edited, saved, and works on the page", { wide: true }, async ({ page, person, sandbox, ends }) => {
    const block = registered().get(settings.name);
    const attributes = {};
    const setAttributes = (more) => Object.assign(attributes, more);
    const typed = { Organization: "20003827", Template: "5802", "Address of the API": "/api/v2/" };
    for (const { props } of all(block.edit({ attributes, setAttributes })).filter(({ type }) => type === "text")) props.onChange(typed[props.label]);
    assert.deepEqual(Object.keys(attributes).sort(), Object.keys(settings.attributes).sort());
    const saved = written(block.save({ attributes }));
    // What the editor reads back is what block.json says of each attribute.
    for (const [name, { attribute }] of Object.entries(settings.attributes)) assert.ok(saved.includes(`${attribute}="${attributes[name]}"`), name);

    const script = settings.viewScriptModule.replace("file:./", "");
    const files = folder(join(PACKAGE_DIR, "cdn"));
    const site = ends(await host({
      answer: (call, response) => {
        if (call.url.startsWith("/instant-card/")) return files({ url: call.url.replace("/instant-card", "") }, response);
        return response.setHeader("content-type", "text/html").end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A blog</title>
          <link rel="icon" href="data:,">${saved}<script type="module" src="${script}"></script>`);
      },
    }, sandbox));
    await page.goto(site.url);
    await person.signIn();
    await person.enter(PASS);
    await person.preview(PASS);
    await person.finalize();
  });
});
