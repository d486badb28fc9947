// node ab.mjs RUNS mode pkgdir... ; compares packages
import { createRequire } from "node:module";
const require = createRequire("/work/main/tests/");
const { chromium } = require("playwright-core");
const { serve } = await import("/work/main/tests/bench/server.mjs");
const { subjects } = await import("/work/main/tests/bench/subjects.mjs");
const runs = +process.argv[2]; const mode = process.argv[3].split(","); const dirs = process.argv.slice(4);
const subs = [];
for (const d of dirs) { const { list, files } = await subjects(d); const server = await serve(files);
  for (const m of mode) if (m !== "preact" || d === dirs[0]) { const s = list.find(s=>s.key===m); subs.push({ name: m === "preact" ? m : m+" "+d, url: server.origin + s.path, t: [], i: [] }); } }
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"] });
async function go(url) {
  const context = await browser.newContext(); const page = await context.newPage(); const d = await context.newCDPSession(page);
  await d.send("Network.enable"); await d.send("Network.clearBrowserCache");
  await d.send("Network.emulateNetworkConditions", { offline:false, latency:60, downloadThroughput:9e6/8, uploadThroughput:9e6/8 });
  await d.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    const look = () => { const i = document.querySelector("instant-card, preact-card, react-card")?.shadowRoot?.querySelector("input[name=email]"); if (i && i.getBoundingClientRect().height > 10) {globalThis.U = performance.now();} else requestAnimationFrame(look); };
    requestAnimationFrame(look);
    for (const k of ["instantiateStreaming","instantiate"]) { const is = WebAssembly[k]; WebAssembly[k] = (...a) => is.apply(WebAssembly, a).then(r => { globalThis.I ??= performance.now(); return r; }); }
  });
  await page.goto(url); await page.waitForFunction(() => globalThis.U);
  const u = await page.evaluate(()=>[U, globalThis.I]); await context.close(); return u;
}
for (const s of subs) await go(s.url);
for (let r=0;r<runs;r++) for (let k=0;k<subs.length;k++) { const s=subs[(r+k)%subs.length]; const [u,i]=await go(s.url); s.t.push(u); s.i.push(i??0); }
const q=(a,p)=>Math.round([...a].sort((x,y)=>x-y)[Math.floor((a.length-1)*p)]);
for (const s of subs) console.log(s.name.padEnd(30), "median", q(s.t,.5), "q1", q(s.t,.25), "min", q(s.t,0), "inst median", q(s.i,.5), "diff", q(s.t.map((t,k)=>t-s.i[k]),.5));
await browser.close(); process.exit(0);
