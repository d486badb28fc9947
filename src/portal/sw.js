// The portal's service worker: keeps the application, so that it starts without a network. It answers for the files of its own
// build and for the pages that have it, and for nothing else: whatever is asked of the API never comes by here.
//
// All files of a build lie in a folder by its version, which the page names: a page and files of two builds never meet. The
// build says which version this is, `VERSION`, and which files there are with their hashes, `FILES`: it is kept whole or not at all.

const FOLDER = `v-${VERSION}/`;
/** A server that has not said anything by then (milliseconds) is taken for none, where the page is kept. */
const PATIENCE = 4000;

const { scope } = registration;
const at = (name) => new URL(name, scope).href;
/** What the page that has registered it needs of its own, and what the site may change, or leave out, without a new build. */
const own = ["./", ...new URL(location).searchParams.getAll("file")];
const more = ["icon.svg", "portal.webmanifest"];
const pages = new Set(own.filter((name) => /\/$|\.html$/.test(name)).map(at));
const rest = new Set([...own, ...more].map(at).filter((address) => !pages.has(address)));
const OURS = `instant-card ${scope} `;
const NAME = `${OURS}${VERSION} ${own}`;

/** A page of this folder has one address, however it is called. */
const address = (url) => (url.split(/[?#]/)[0] === at("index.html") ? scope : url.split(/[?#]/)[0]);

addEventListener("install", (event) => {
  event.waitUntil(install());
  // Pages that are open go on with the files of their own build, which stay.
  skipWaiting();
});

async function install() {
  const cache = await caches.open(NAME);
  const all = await Promise.allSettled([
    ...Object.entries(FILES).map(([name, integrity]) => keep(cache, at(name), { integrity })),
    ...own.map((name) => keep(cache, at(name), { cache: "no-cache" })),
    ...more.map((name) => keep(cache, at(name), { cache: "no-cache" }).catch(() => {})),
  ]);
  const failed = all.find(({ status }) => status === "rejected");
  if (!failed) return;
  // Nothing of it is under way any more, and comes after this.
  await caches.delete(NAME);
  throw failed.reason;
}

async function keep(cache, address, options) {
  const get = (more) => fetch(address, { ...options, ...more });
  // A cache on the way may have another file by this name.
  const response = await get().catch((error) => (options.integrity ? get({ cache: "reload" }) : Promise.reject(error)));
  if (!response.ok || (pages.has(address) && !await isOurs(response))) throw new Error(`${address}: ${response.status}`);
  await cache.put(address, response);
}

/** Whether this page goes with the files of this build. */
const isOurs = async (response) => (await response.clone().text()).includes(FOLDER);

addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  // What an open page of the build before may still ask for stays until the next one.
  const kept = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage(VERSION);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = address(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (pages.has(asked)) event.respondWith(page(request, asked));
  } else if (rest.has(asked)) {
    event.respondWith(fetch(request).catch(() => kept(asked)));
  } else if (/^v-[0-9a-f]{8}\/[^/]+$/.test(asked.slice(scope.length)) && asked.startsWith(scope)) {
    event.respondWith(caches.match(asked).then((response) => response ?? fetch(request)));
  }
});

/** What is kept of this build; a failure where there is nothing. */
const kept = async (asked) => await (await caches.open(NAME)).match(asked) ?? Response.error();

/** The server's own page, which is always right, or else the one that is kept. */
async function page(request, asked) {
  let response;
  // Given up for good: the next request would wait for its end.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    response = await fetch(request, { signal: patience.signal });
  } catch {
    return kept(asked);
  } finally {
    clearTimeout(timer);
  }
  // What stands before the server says that it is away.
  if (response.status >= 500) return kept(asked);
  if (response.ok && !response.redirected && await isOurs(response)) await (await caches.open(NAME)).put(asked, response.clone());
  return response;
}
