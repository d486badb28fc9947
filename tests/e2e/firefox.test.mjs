// The scenes that Firefox has to pass as well, those of all files.

// Before a scene is read: each says by it where it runs.
process.env.E2E_BROWSER = "firefox";

// Of its windows one has the focus, so that nothing runs beside another.
const { together } = await import("./support/together.mjs");
await together("in Firefox", 1, (text) => /\bbrowsers: /.test(text));
