// A static server as a site would have one: files compressed once with brotli 11, real headers, HTTP/1.1.
import { createServer } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";

const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8", wasm: "application/wasm",
  jpg: "image/jpeg",
};

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' blob: data:";

/** Serves a `Map` of path to bytes on a free port of 127.0.0.1, under a Content-Security-Policy unless that is `null`. */
export async function serve(files, { policy = POLICY } = {}) {
  const ready = new Map();
  for (const [path, bytes] of files) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    ready.set(path, { body: brotliCompressSync(bytes, { params }), type: TYPES[path.split(".").pop()] });
  }
  const server = createServer((request, response) => {
    const file = ready.get(request.url.split("?")[0]);
    if (!file) {
      // The API, for the form that is sent to see that it works, and the favicon.
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not here"}');
      return;
    }
    response.writeHead(200, {
      "content-type": file.type,
      "content-encoding": "br",
      "content-length": file.body.length,
      "cache-control": "public, max-age=3600",
      ...(policy && { "content-security-policy": policy }),
      vary: "accept-encoding",
    });
    response.end(file.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
