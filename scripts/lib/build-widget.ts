import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { bundlePanel, bundleScriptTag } from "./bundle.ts";
import { isFresh, listFiles, replaceFolder } from "./files.ts";
import { at } from "./root.ts";

/** What a page on another site may do with these files: load them, from anywhere. */
export const widgetHeaders = `/rivulet.js
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=300, stale-while-revalidate=86400

/panel.js
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Cache-Control: public, no-cache

/chunks/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=31536000, immutable
`;

const sources = ["widget", "protocol", "scripts/lib", "package.json"];

/**
 * Builds `dist/widget`: what a deployed worker serves to the pages of a site. The names of `rivulet.js` and `panel.js`
 * never change; `panel.js` names the chunks of its own build, so it is asked for anew each time.
 */
export async function buildWidget(): Promise<void> {
  const folder = at("dist/.widget");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await bundlePanel(folder);
  await bundleScriptTag(folder, nameBuild(folder));
  writeFileSync(`${folder}/_headers`, widgetHeaders);
  replaceFolder(folder, at("dist/widget"));
}

/** A short name for the files of a folder, which changes when one of them does. */
function nameBuild(folder: string): string {
  const hash = createHash("sha256");
  for (const path of listFiles(folder)) hash.update(path).update(readFileSync(`${folder}/${path}`));
  return hash.digest("base64url").slice(0, 10);
}

/** Builds the widget unless it is built from what is there now. */
export async function ensureWidget(): Promise<void> {
  if (!isFresh("dist/widget/_headers", sources)) await buildWidget();
}
