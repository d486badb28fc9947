import type { NextConfig } from "next";

const config: NextConfig = {
  // `/api` is where a proxy stands; while one develops, the sandbox of `cargo xtask dev`.
  rewrites: async () => [{ source: "/api/:path*", destination: "http://127.0.0.1:8788/api/:path*" }],
  // Addresses of the API end with a slash where the API says so.
  skipTrailingSlashRedirect: true,
  devIndicators: false,
};

export default config;
