import { readFileSync } from "node:fs";
import { at } from "../../scripts/lib/root.ts";

/** A finished theme. The pages of the pictures have an accent of their own, which it replaces. */
export function theme(name: "compact" | "soft"): string {
  return readFileSync(at(`widget/themes/${name}.css`), "utf8").replaceAll(
    ":where(rivulet-chat)",
    "rivulet-chat:not(#_)",
  );
}

/** The recipe in the documentation. */
export function brandedHeader(): string {
  const [, section = ""] = readFileSync(at("docs/theming.md"), "utf8").split("### A branded header");
  return /```css\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
}
