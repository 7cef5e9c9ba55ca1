/**
 * The flags of every Chromium that this project starts: for browser tests, end-to-end tests, proofs and benchmarks.
 * They turn off update checks and background services, which would disturb measurements and waits.
 */
export const browserFlags: readonly string[] = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), // Chromium refuses to run as root otherwise
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
