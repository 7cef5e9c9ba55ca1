import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { writeSite } from "../../demo/site.ts";
import { ensureWidget, widgetHeaders } from "./build-widget.ts";
import { isFresh, replaceFolder } from "./files.ts";
import { loadProject } from "./load-project.ts";
import { at } from "./root.ts";

/** The strictest policy a site can have: no other origins, no inline code, no HTML from text. */
const siteHeaders = `/*
  Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff

`;

const sources = ["assistants", "demo", "widget", "protocol", "scripts/lib", "package.json"];

/** The providers' names as people know them. */
const providerNames: Record<string, string> = { anthropic: "Anthropic", azure: "Azure AI Foundry" };

/** What the script of `/compare` is built from: all of the widget, but not the project's assistants. */
const compareSources = ["demo/compare.ts", "widget", "protocol", "scripts/lib", "package.json"];

/**
 * Builds `dist/compare`: the script of the page `/compare`, unless the last build is up to date. Its chunks have the
 * same names as the widget's, so it needs a folder of its own.
 */
async function ensureCompare(): Promise<void> {
  if (isFresh("dist/compare/compare.js", compareSources)) return;
  const folder = at("dist/.compare");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { bundleModule } = await import("./bundle.ts"); // takes a second to load, so it is loaded only for a build
  await bundleModule("compare", "demo/compare.ts", folder);
  replaceFolder(folder, at("dist/compare"));
}

/** Builds `dist/demo`: the demo site together with the widget's files, so that one worker serves both. */
async function buildDemo(): Promise<void> {
  await ensureWidget();
  const folder = at("dist/.demo");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(at("dist/widget"), folder, { recursive: true });
  await ensureCompare();
  cpSync(at("dist/compare"), `${folder}/scripts`, { recursive: true });
  const { assistants } = await loadProject();
  const shown = [...assistants.values()].map(({ id, models: [{ provider }] }) => ({
    id, // its pattern allows letters, digits and dashes, so it needs no escaping
    provider: providerNames[provider] ?? provider,
  }));
  writeSite(folder, shown);
  writeFileSync(`${folder}/_headers`, siteHeaders + widgetHeaders);
  replaceFolder(folder, at("dist/demo"));
}

/** Builds the demo and its widget, unless the last build is up to date. */
export async function ensureDemo(): Promise<void> {
  if (isFresh("dist/demo/_headers", sources)) return;
  console.error("Building the widget and the demo…"); // the first build takes so long that it would seem to hang
  await buildDemo();
}
