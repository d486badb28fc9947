// What stands around a proxy of docs/proxy.md: InstantCard's server over TLS, a line to the browser that can break, and a gate.

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createGate } from "node:http";
import { connect, createServer as createLine } from "node:net";
import { join } from "node:path";
import { createServer as createTls } from "node:tls";

const listening = async (server, host) => {
  server.listen(0, host);
  await once(server, "listening");
  return server.address().port;
};

/** A certificate for everything here, which is its own authority. */
export function certificate(folder) {
  const [cert, key] = [join(folder, "site.pem"), join(folder, "site.key")];
  const { status, stderr, error } = spawnSync("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost,DNS:*.example.org", "-keyout", key, "-out", cert,
  ], { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl: ${error?.message ?? stderr}`);
  return { cert, key };
}

/** Ends a server and what is connected to it. */
const ends = (server, sockets) => () => {
  server.close();
  for (const socket of sockets) socket.destroy();
};

function joined(here, there, sockets) {
  for (const socket of [here, there]) {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
  }
  here.pipe(there).pipe(here);
  here.on("close", () => there.destroy());
  there.on("close", () => here.destroy());
}

/** The sandbox as InstantCard's server is: over TLS. `heads` are what came before the bodies; `onHead` hears of each. */
export async function vendor({ cert, key }, sandbox) {
  const sockets = new Set();
  const it = { heads: [], onHead: () => {} };
  const server = createTls({ cert: readFileSync(cert), key: readFileSync(key) }, (socket) => {
    socket.on("data", (data) => {
      const text = data.toString("latin1");
      for (const [head] of text.matchAll(/^(?:GET|POST|PATCH|DELETE|OPTIONS|PUT) \S+ HTTP\/1\.1\r\n(?:[^\r\n]+\r\n)+\r\n/gm)) {
        it.heads.push(head);
        it.onHead(head);
      }
    });
    joined(socket, connect(sandbox.port, "127.0.0.1"), sockets);
  });
  server.on("tlsClientError", () => {});
  // Whatever `localhost` stands for here.
  it.port = await listening(server);
  it.stop = ends(server, sockets);
  return it;
}

/** The line between browsers and the proxy at `port`. */
export async function line(port) {
  const sockets = new Set();
  const server = createLine((socket) => joined(socket, connect(port, "127.0.0.1"), sockets));
  const own = await listening(server, "127.0.0.1");
  return { port: own, breaks: () => sockets.forEach((socket) => socket.destroy()), stop: ends(server, sockets) };
}

const COOKIE = "_oauth2_proxy=member";

/** A single sign-on as oauth2-proxy is one, at which everybody is let in who comes by. `heard` are the headers of its calls. */
export async function gate() {
  const sockets = new Set();
  const it = { heard: [] };
  const server = createGate(({ url, headers }, answer) => {
    it.heard.push(headers);
    const { pathname, searchParams } = new URL(url, "http://gate");
    if (pathname === "/oauth2/start") {
      answer.writeHead(302, { Location: searchParams.get("rd"), "Set-Cookie": `${COOKIE}; Path=/; HttpOnly; Secure; SameSite=Lax` });
    } else {
      answer.writeHead(headers.cookie?.includes(COOKIE) ? 202 : 401, { "Content-Type": "text/html" });
    }
    answer.end("<html><title>Sign in</title></html>");
  });
  server.on("connection", (socket) => { sockets.add(socket); socket.on("close", () => sockets.delete(socket)); });
  it.port = await listening(server, "127.0.0.1");
  it.stop = ends(server, sockets);
  return it;
}
