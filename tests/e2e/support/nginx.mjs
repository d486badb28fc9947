// A real nginx as a site would put it between its pages and the API, for an API that sends no CORS headers.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NGINX } from "./env.mjs";
import { freePort } from "./ports.mjs";

/** Both ways to write a proxy; `origin` is the page that may use it, `api` where the API is. */
function config({ port, folder, origin, api }) {
  const target = api.replaceAll(".", "\\.");
  const root = process.getuid?.() === 0 ? "user root;" : "";
  return `
${root}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 256; }
http {
  log_format requests '$request_method $request_uri $status';
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ")}
  client_max_body_size 4m;
  proxy_http_version 1.1;

  server {
    listen 127.0.0.1:${port};
    access_log ${folder}/access.log requests;
    add_header Access-Control-Allow-Origin "${origin}" always;
    add_header Access-Control-Allow-Methods "GET, POST, PATCH, DELETE" always;
    add_header Access-Control-Allow-Headers "Authorization" always;
    add_header Vary "Origin" always;

    # proxy="http://…/instantcard/": stands in for the API's address.
    location /instantcard/ {
      if ($request_method = OPTIONS) { return 204; }
      proxy_pass ${api};
    }

    # proxy="http://…/fetch?url={url}": the target comes percent-encoded. nginx has no function that decodes an argument,
    # but it decodes every path: as a path, the target goes round once more.
    location = /fetch {
      if ($request_method = OPTIONS) { return 204; }
      proxy_pass http://unix:${folder}/decode.sock:/to/$arg_url;
    }

    # proxy="http://…/to/{url}": the same without the detour.
    location /to/ {
      if ($request_method = OPTIONS) { return 204; }
      proxy_pass http://unix:${folder}/decode.sock:$request_uri;
    }
  }

  server {
    listen unix:${folder}/decode.sock;
    merge_slashes off;
    # Only this one API, or anybody could send anything anywhere through here; and only visible ASCII, since a decoded
    # line break would be a further header. A numbered capture would be escaped anew, a named one is not.
    location ~ "^/to/(?<target>${target}[!-~]*)$" {
      proxy_pass $target;
    }
    location / { return 403; }
  }
}
`;
}

export class Nginx {
  #child;
  #folder;

  /** Starts one before `api`, for pages of `origin`. */
  static async start({ api, origin }) {
    const nginx = new Nginx();
    const folder = mkdtempSync(join(tmpdir(), "instant-card-nginx-"));
    nginx.#folder = folder;
    const port = await freePort();
    nginx.url = `http://127.0.0.1:${port}/`;
    writeFileSync(join(folder, "nginx.conf"), config({ port, folder, origin, api }));
    mkdirSync(join(folder, "logs"));
    const child = spawn(NGINX, ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log"), "-g", "daemon off;"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    nginx.#child = child;
    let said = "";
    child.stderr.on("data", (text) => { said += text; });
    const failed = new Promise((_, reject) => {
      child.once("error", (error) => reject(new Error(`${NGINX}: ${error.message}`)));
      child.once("exit", (code) => reject(new Error(`nginx ended with ${code}: ${said}${nginx.#read("error.log")}`)));
    });
    failed.catch(() => {});
    await Promise.race([listens(port), failed]);
    return nginx;
  }

  #read(name) {
    try {
      return readFileSync(join(this.#folder, name), "utf8");
    } catch {
      return "";
    }
  }

  /** What went through: `METHOD URI STATUS`, without the browser's preflights. */
  requests() {
    return this.#read("access.log").split("\n").filter((line) => line && !line.startsWith("OPTIONS"));
  }

  async stop() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until somebody listens there. */
export async function listens(port) {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    } finally {
      socket.destroy();
    }
  }
}
