// Two accounts of the same step: the simulator's, and what was seen of a browser and its sandbox.

/** A call in words. The simulator has the query as it is sent, the sandbox's log has it read. */
export function worded({ method, target, path, query, status }) {
  const [where, given] = target === undefined ? [path, query.map(({ name, value }) => [name, value])]
    : [target.split("?")[0], [...new URLSearchParams(target.split("?")[1] ?? "")]];
  const asked = given.map(([name, value]) => `${name}=${value}`).join("&");
  return `${method} ${where.replace(/^\/api\/v2(\/organizations\/\d+)?/, "")}${asked && `?${asked}`} → ${status ?? "no answer"}`;
}

const isRead = (call) => call.startsWith("GET ");

/**
 * What a screen reads because something has come into sight: how a card looks (and whose it is, where no list has said so),
 * and when it was printed. The simulator has no window, so nothing is in sight there.
 */
const BY_SIGHT = /^GET \/cards\/\d+(\/preview|\/print_history)? →/;

/** Where the calls differ: changes are compared one after the other, reads as a set. */
export function differentCalls(theirs, ours) {
  const changes = [theirs, ours].map((calls) => calls.filter((call) => !isRead(call)));
  const reads = [theirs, ours].map((calls) => [...new Set(calls.filter(isRead))]);
  const differences = [];
  if (JSON.stringify(changes[0]) !== JSON.stringify(changes[1])) differences.push({ what: "changes", simulator: changes[0], browser: changes[1] });
  const missing = reads[0].filter((call) => !reads[1].includes(call));
  const further = reads[1].filter((call) => !reads[0].includes(call) && !BY_SIGHT.test(call));
  if (missing.length || further.length) differences.push({ what: "reads", simulator: missing, browser: further });
  return differences;
}

/** Where two values differ, member by member. */
export function different(what, theirs, ours) {
  const isObject = (value) => value !== null && typeof value === "object";
  if (isObject(theirs) && isObject(ours) && theirs.length === ours.length) {
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
    return names.flatMap((name) => different(`${what}.${name}`, theirs[name], ours[name]));
  }
  return JSON.stringify(theirs) === JSON.stringify(ours) ? [] : [{ what, simulator: theirs, browser: ours }];
}

/** A difference, for people. */
export function told({ what, simulator, browser }) {
  const lines = (value) => (Array.isArray(value) && typeof value[0] === "string" ? value.map((line) => `\n      ${line}`).join("") : ` ${JSON.stringify(value)}`);
  return `  ${what}\n    simulator:${lines(simulator)}\n    browser:  ${lines(browser)}`;
}
