export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  app: { head: { title: "Cards for our members", htmlAttrs: { lang: "en" }, link: [{ rel: "icon", href: "data:," }] } },
  vue: { compilerOptions: { isCustomElement: (tag) => tag === "instant-card" } },
  vite: { optimizeDeps: { exclude: ["instant-card"] } },
  // `/api` is where a proxy stands; while one develops, the sandbox of `cargo xtask dev`.
  routeRules: { "/api/**": { proxy: "http://127.0.0.1:8788/api/**" } },
});
