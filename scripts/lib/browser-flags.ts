/**
 * The flags of every Chromium that this project starts: the browser tests, the end-to-end tests, the proofs and the
 * bench. They keep the browser from looking for updates and services while something is measured or waited for.
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
