import { defineConfig } from "astro/config";

// `/api` is where a proxy stands; while one develops, the sandbox of `cargo xtask dev`.
const proxy = { "/api": "http://127.0.0.1:8788" };

export default defineConfig({ vite: { optimizeDeps: { exclude: ["instant-card"] }, server: { proxy }, preview: { proxy } } });
