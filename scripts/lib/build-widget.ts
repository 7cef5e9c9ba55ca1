import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { bundleModule, bundleScriptTag } from "./bundle.ts";
import { isFresh, replaceFolder } from "./files.ts";
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
  await bundleScriptTag(folder);
  await bundleModule("panel", "widget/panel.ts", folder);
  writeFileSync(`${folder}/_headers`, widgetHeaders);
  replaceFolder(folder, at("dist/widget"));
}

/** Builds the widget unless it is built from what is there now. */
export async function ensureWidget(): Promise<void> {
  if (!isFresh("dist/widget/_headers", sources)) await buildWidget();
}
