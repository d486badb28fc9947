// The WASM files that come after the first one: the first holds the sign-in form, these what is behind it. The build makes
// the files and says which there are, by `part`; where it has made no cut, nothing here is ever called.

const parts = new Map();
const compiled = new Map();
const started = new Map();

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

async function compile(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
  // Not every static host knows the type, without which nothing is compiled while it arrives.
  const type = response.headers.get("content-type");
  return type === "application/wasm" ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * What starts the part called `name`, as the first file calls it. `files` are those the part needs, its own last;
 * `shared()` what they use of the first, and `answer` tells the first that it went well, or not.
 */
export function part(name, files, shared, answer) {
  const start = async (file) => WebAssembly.instantiate(await once(compiled, file, compile), shared());
  const own = files.at(-1);
  parts.set(name, files);
  return async (callback, data) => {
    let there = false;
    try {
      await Promise.all([once(compiled, own, compile), ...files.slice(0, -1).map((file) => once(started, file, start))]);
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
  for (const file of parts.get(name) ?? []) once(compiled, file, compile).catch(() => {});
}
