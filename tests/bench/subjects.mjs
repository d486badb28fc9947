// What is measured: our package as its documentation embeds it, and two peers with the same form and the same style sheet.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const BROWSERS = ["es2022", "chrome111", "firefox113", "safari16.4"];

const page = (head, tag) => Buffer.from(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cards</title>
${head}
</head>
<body>
<h1>Cards</h1>
<${tag} api-base="/api/v2/"></${tag}>
</body>
</html>
`);

const script = (src) => `<script type="module" src="${src}"></script>`;

const HINTS = `<link rel="modulepreload" href="instant-card.js">
<link rel="preload" as="fetch" type="application/wasm" crossorigin href="instant-card_bg.wasm">`;

/** The subjects, and a `Map` of the files that they are served from. */
export async function subjects(packageDir) {
  const ours = readdirSync(packageDir).filter((name) => name.startsWith("instant-card"))
    .map((name) => [name, readFileSync(join(packageDir, name))]);
  const files = new Map();
  const list = [];
  const add = (key, name, html, assets) => {
    files.set(`/${key}/index.html`, html);
    for (const [file, bytes] of assets) files.set(`/${key}/${file}`, bytes);
    list.push({ key, name, path: `/${key}/index.html` });
  };
  add("ours", "instant-card, one script tag", page(script("instant-card.js"), "instant-card"), ours);
  add("hinted", "instant-card, with preload links", page(HINTS + script("instant-card.js"), "instant-card"), ours);
  for (const [key, name] of [["preact", "bare Preact with signals"], ["react", "the React stack"]]) {
    add(key, name, page(script("peer.js"), `${key}-card`), [["peer.js", await bundle(key)]]);
  }
  return { list, files };
}

async function bundle(peer) {
  const css = await build({
    entryPoints: [join(HERE, "../../style/start.css")], bundle: true, minify: true, write: false, target: BROWSERS,
  });
  const style = {
    name: "style",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^instant-card-css$/ }, () => ({ path: "style", namespace: "style" }));
      onLoad({ filter: /.*/, namespace: "style" }, () => ({ contents: css.outputFiles[0].text, loader: "text" }));
    },
  };
  const result = await build({
    entryPoints: [join(HERE, "peers", peer, "main.jsx")],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: BROWSERS,
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: peer,
    define: { "process.env.NODE_ENV": '"production"' },
    conditions: ["production"],
    plugins: [style],
  });
  return Buffer.from(result.outputFiles[0].contents);
}
