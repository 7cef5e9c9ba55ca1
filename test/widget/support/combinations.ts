import type { RivuletChat } from "../../../widget/index.ts";
import type { Factors } from "../../support/pairwise.ts";
import { audit } from "./audit.ts";
import { isChromium } from "./engine.ts";
import { find, until } from "./mount.ts";
import { resizeUnseen } from "./own-window.ts";
import { states } from "./states.ts";

/** A chat's state, how the chat looks, and where it is. */
export interface Combination {
  state: string;
  lang: string;
  mode: RivuletChat["mode"];
  /** A theme of docs/theming.md. */
  look: "default" | "compact" | "soft";
  /** The value of the attribute `theme`. */
  scheme: "light" | "dark";
  /** The page's direction of text. The chat's own follows its language. */
  dir: "ltr" | "rtl";
  window: "desktop" | "phone";
}

/** The values that are combined. Only Chromium can change the size of its window in these tests. */
export const factors: Factors<Combination> = {
  state: Object.keys(states),
  lang: ["en", "de", "fr", "es", "pt", "ar", "he", "ja", "zh"],
  mode: ["popup", "inline", "sidebar", "fullscreen"],
  look: ["default", "compact", "soft"],
  scheme: ["light", "dark"],
  dir: ["ltr", "rtl"],
  window: isChromium ? ["desktop", "phone"] : ["desktop"],
};

/** The sizes of the windows, in pixels. */
export const windows = { desktop: { width: 1000, height: 800 }, phone: { width: 390, height: 844 } };

/** Shows a chat, which is already in its state, in each combination, and returns what axe-core finds. */
export async function auditAll(chat: RivuletChat, rows: readonly Combination[]): Promise<string[]> {
  const found: string[] = [];
  for (const row of rows.toSorted((one, other) => one.window.localeCompare(other.window))) {
    await show(chat, row);
    const violations = await audit(chat);
    found.push(...violations.map((violation) => `${JSON.stringify(row)} ${violation}`));
  }
  return found;
}

const sheets = new Map<Combination["look"], CSSStyleSheet>();

/** The style sheet of a theme; an empty one for the default. */
async function sheetOf(look: Combination["look"]): Promise<CSSStyleSheet> {
  const known = sheets.get(look);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  if (look !== "default") sheet.replaceSync(await (await fetch(`/widget/themes/${look}.css`)).text());
  sheets.set(look, sheet);
  return sheet;
}

async function show(chat: RivuletChat, { lang, mode, look, scheme, dir, window }: Combination): Promise<void> {
  await resizeUnseen(windows[window]);
  document.adoptedStyleSheets = [await sheetOf(look)];
  document.documentElement.dir = dir;
  document.body.style.background = scheme === "dark" ? "#111" : "#fff";
  Object.assign(chat, { lang, mode, theme: scheme });
  await chat.updateComplete;
  await until(() => chat.shadowRoot?.querySelector<HTMLElement>(".frame")?.lang.startsWith(lang));
  await chat.updateComplete;
  if (mode !== "inline" && chat.open) await until(() => find(chat, "[part=panel]"));
}

/** Restores the page. */
export function leaveCombinations(): void {
  document.adoptedStyleSheets = [];
  document.documentElement.removeAttribute("dir");
  document.body.removeAttribute("style");
}
