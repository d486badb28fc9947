// The files that come after the first one: the first holds the sign-in form, these what is behind it. The build makes the
// files and says which there are, by `part`; where it has made no cut, nothing here is ever called.

const parts = new Map();
const fetched = new Map();
const started = new Map();
let adopt = () => {};

/** `work(file)`, once for each file. A failure is forgotten, so that the next call is another try. */
function once(kept, file, work) {
  let promise = kept.get(file);
  if (!promise) {
    promise = work(file);
    kept.set(file, promise);
    promise.catch(() => kept.delete(file));
  }
  return promise;
}

/** The file's compiled WASM, or its style sheet. */
async function get(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
  if (file.endsWith(".css")) return new CSSStyleSheet().replace(await response.text());
  // Not every static host knows the type, without which nothing is compiled while it arrives.
  const type = response.headers.get("content-type");
  return type === "application/wasm" ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * What starts the part called `name`, as the first file calls it. `files` are those the part needs, its own WASM last;
 * `shared()` what they use of the first, and `answer` tells the first that it went well, or not.
 */
export function part(name, files, shared, answer) {
  const start = async (file) => {
    const content = await once(fetched, file, get);
    await (file.endsWith(".css") ? adopt(content) : WebAssembly.instantiate(content, shared()));
  };
  const own = files.at(-1);
  parts.set(name, files);
  return async (callback, data) => {
    let there = false;
    try {
      await Promise.all([once(fetched, own, get), ...files.slice(0, -1).map((file) => once(started, file, start))]);
      await once(started, own, start);
      there = true;
    } catch {
      // The answer says so, and the screen what to do.
    }
    answer(callback, data, there);
  };
}

/** Fetches a part before it is asked for. That it fails is told when it is asked for. */
export function ahead(name) {
  for (const file of parts.get(name) ?? []) once(fetched, file, get).catch(() => {});
}

/** Sets what is done with the style sheets that come later. */
export function adoptWith(use) {
  adopt = use;
}
