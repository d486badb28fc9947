// One host for a site and its API, which is how the element is given a path for its API: `/api` goes to the sandbox, all else is the site's.

import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".json": "application/json", ".svg": "image/svg+xml",
};

/** Answers with what is in a folder, as a static host does. */
export const folder = (root) => ({ url }, response) => {
  const path = decodeURIComponent(new URL(url, "http://site").pathname);
  let file = join(root, path);
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!existsSync(file)) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
};

/** Hands a call on to the server at `address`. */
const forward = (address) => (call, response) => {
  const { hostname, port } = new URL(address);
  const { method, url: path, headers } = call;
  const onward = request({ hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  response.on("close", () => onward.destroy());
  call.pipe(onward);
};

/** Starts it: `site` is `{answer}`, or the `{address}` of a server. */
export async function host(site, sandbox) {
  const own = site.answer ?? forward(site.address);
  const api = forward(sandbox.url);
  const server = createServer((call, response) => (call.url.startsWith("/api/") ? api : own)(call, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
