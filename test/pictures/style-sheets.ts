import { readFileSync } from "node:fs";
import { at } from "../../scripts/lib/root.ts";

/** A theme of the widget, changed so that its accent replaces that of the pictures' pages. */
export function theme(name: "compact" | "soft"): string {
  return readFileSync(at(`widget/themes/${name}.css`), "utf8").replaceAll(
    ":where(rivulet-chat)",
    "rivulet-chat:not(#_)",
  );
}

/** The documentation's recipe for a branded header. */
export function brandedHeader(): string {
  const [, section = ""] = readFileSync(at("docs/theming.md"), "utf8").split("### A branded header");
  return /```css\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
}
