// The files that come after the module: all of them are fetched here, looked at and kept. The first WASM holds the sign-in
// form, the later ones what is behind it, each with its style sheet in it: bundlers do to style sheets what they like. The
// build makes the files and says which there are, by `part`, and writes its version, `VERSION`, into each of them: those of two
// builds do not fit together, and caches mix them.

// Kept by address, for all elements and for those that come after a panic.
const fetched = new Map();
// Those that did not arrive whole, or were not what they should be: their next fetch goes past the caches.
const failed = new Set();
const parts = new Map();
let adopt = () => {};
let report = () => {};

// What the page's Content-Security-Policy has refused: "connect-src https://cards.example.org/…".
const refused = new Set();
globalThis.document?.addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective, blockedURI }) => {
  if (disposition === "enforce" && blockedURI) refused.add(`${effectiveDirective} ${blockedURI}`);
});

/** Whether the policy's `directive` has refused `address`. The browser fails what was asked first, and then says why. */
async function isRefused(directive, address) {
  await new Promise((done) => setTimeout(done, 50));
  return [...refused].some((entry) => `${directive} ${address}`.startsWith(entry));
}

/** What is thrown where something does not arrive: `code` says which words it gets, `more` what stands in them. */
export function failure(code, more) {
  return Object.assign(new Error(code), { code, ...more });
}

/** `work(file)`, once for each file. A failure is forgotten, so that the next call is another try. */
function once(kept, file, work) {
  let promise = kept.get(file.href);
  if (!promise) {
    promise = work(file);
    kept.set(file.href, promise);
    promise.catch(() => kept.delete(file.href));
  }
  return promise;
}

/** The text in a section of compiled WASM; empty where there is none. */
const textIn = (module, section) => new TextDecoder().decode(WebAssembly.Module.customSections(module, section)[0]);

/**
 * Whether `file` is not there because another build is: then the first file, which was there, is gone as well, or the module
 * beside it is another one. Names that carry a hash are a build's own.
 */
async function isReplaced(file) {
  const ask = async (address) => {
    const response = await fetch(address, { cache: "no-store" });
    return response.ok && !/html/.test(response.headers.get("content-type")) && response.text();
  };
  const [first] = fetched.keys();
  try {
    if (first !== file.href && (await ask(first)) === false) return true;
    const module = await ask(new URL("instant-card.js", file));
    return module && !module.includes(VERSION);
  } catch {
    return false;
  }
}

/** The file's compiled WASM. */
export function get(file) {
  return once(fetched, file, async () => {
    try {
      return await read(file).catch(async (error) => {
        failed.add(file.href);
        // Of another build, or not whole: a cache's, mostly.
        if (/version|part/.test(error.code)) return read(file);
        throw error;
      }).catch(async (error) => {
        throw /missing|page/.test(error.code) && (await isReplaced(file)) ? failure("version") : error;
      });
    } catch (error) {
      error.file = file.pathname.split("/").pop();
      throw error;
    }
  });
}

async function read(file) {
  const isAgain = failed.has(file.href);
  let response;
  try {
    response = await fetch(file, isAgain ? { cache: "reload" } : {});
  } catch {
    if (await isRefused("connect-src", file.href)) throw failure("blocked", { directive: "connect-src", address: file.href });
    throw failure(navigator.onLine ? "network" : "offline");
  }
  const { ok, status, headers } = response;
  if (!ok) throw failure("missing", { status });
  let module, bytes;
  try {
    // Not every static host knows the type, without which nothing is compiled while it arrives. The second time it is to be known
    // what has come, if it cannot be compiled.
    module = !isAgain && headers.get("content-type") === "application/wasm"
      ? await WebAssembly.compileStreaming(response) : await WebAssembly.compile(bytes = await response.arrayBuffer());
  } catch {
    if (await isRefused("script-src", "wasm-eval")) throw failure("blocked", { directive: "script-src", address: "'wasm-unsafe-eval'" });
    throw failure(kindOf(bytes));
  }
  if (textIn(module, "version") !== VERSION) throw failure("version");
  return module;
}

/** Why these bytes could not be compiled; where there are none, they did not all arrive. */
function kindOf(bytes) {
  const text = new TextDecoder().decode(bytes);
  // Some hosts answer any unknown address with a page, whatever they call it; so does whoever wants one to sign in first.
  if (/^\s*</.test(text)) return "page";
  // The version is the last that stands in a file: this one is whole.
  return text.endsWith(VERSION) ? "old" : "part";
}

/**
 * What starts the part called `name`, as the first file calls it. `files` are those the part needs, its own WASM last;
 * `started` what of them has been started with this first file, `shared()` what they use of it, and `answer` tells it that
 * it went well, or not.
 */
export function part(name, files, started, shared, answer) {
  const start = async (file) => {
    const module = await get(file);
    adopt(textIn(module, "style"));
    await WebAssembly.instantiate(module, shared());
  };
  const own = files.at(-1);
  parts.set(name, files);
  return async (callback, data) => {
    let error;
    try {
      await Promise.all([get(own), ...files.slice(0, -1).map((file) => once(started, file, start))]);
      await once(started, own, start);
    } catch (caught) {
      error = caught;
    }
    // The answer says that it failed, and the screen what to do; why, where that is known, is told beside it.
    report(error, own);
    answer(callback, data, !error);
  };
}

/** Fetches a part before it is asked for. That it fails is told when it is asked for. */
export function ahead(name) {
  for (const file of parts.get(name) ?? []) get(file).catch(() => {});
}

/** Sets what is done with the style sheets that come later, and who hears how fetching a part and its file went. */
export function reach(use, hear) {
  adopt = use;
  report = hear;
}
