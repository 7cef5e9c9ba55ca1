import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { docsHeaders, writeDocs } from "./build-docs.ts";
import { isFresh, replaceFolder } from "./files.ts";
import { at } from "./root.ts";

/** Headers that let pages on any site load these files. */
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

/words.js
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Cache-Control: public, no-cache

/chunks/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=31536000, immutable

/themes/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=300, stale-while-revalidate=86400

${docsHeaders}`;

const sources = ["widget", "protocol", "docs", "SECURITY.md", "scripts/lib", "package.json"];

/**
 * Builds `dist/widget`: the files that a deployed worker serves to the pages of a site, and the documentation. The
 * names of `rivulet.js`, `panel.js` and `words.js` never change. The last two contain the names of their build's
 * chunks, so browsers revalidate them each time.
 */
export async function buildWidget(): Promise<void> {
  const folder = at("dist/.widget");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { bundlePanel, bundleScriptTag } = await import("./bundle.ts"); // takes a second to load, so it is loaded only for a build
  await bundlePanel(folder);
  await bundleScriptTag(folder);
  cpSync(at("widget/themes"), `${folder}/themes`, { recursive: true });
  writeDocs(`${folder}/docs`);
  writeFileSync(`${folder}/_headers`, widgetHeaders);
  replaceFolder(folder, at("dist/widget"));
}

/** Whether there is a build, up to date or not. */
export function isWidgetBuilt(): boolean {
  return existsSync(at("dist/widget/_headers"));
}

/** Whether the last build is up to date. */
export function isWidgetFresh(): boolean {
  return isFresh("dist/widget/_headers", sources);
}

/** Builds the widget unless the last build is up to date. */
export async function ensureWidget(): Promise<void> {
  if (!isWidgetFresh()) await buildWidget();
}
