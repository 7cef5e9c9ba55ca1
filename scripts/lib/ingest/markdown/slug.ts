import type { MakeAnchor } from "../html/heading.ts";

/**
 * Makes anchors as GitHub and most site generators do: in lowercase, with hyphens for spaces, without punctuation. If
 * the document already has the anchor, a number is added to it.
 */
export function anchorMaker(): MakeAnchor {
  const uses = new Map<string, number>();
  return (text) => {
    const slug = text
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
      .replaceAll(" ", "-");
    const count = uses.get(slug) ?? 0;
    uses.set(slug, count + 1);
    if (count === 0) return slug;
    uses.set(`${slug}-${count}`, 1);
    return `${slug}-${count}`;
  };
}
