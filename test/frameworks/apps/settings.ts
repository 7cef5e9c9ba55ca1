// The sets of properties that every app gives to the element, one after the other.
import type { RivuletProperties } from "rivulet-chat";

const query = new URLSearchParams(location.search);

/** Every property except `open`, which each app sets from its own state. */
export const first: RivuletProperties = {
  endpoint: query.get("endpoint") ?? "",
  assistant: "anthropic",
  mode: "popup",
  theme: "dark",
  lang: "de",
  announce: "answer",
  bringAlong: true,
  side: "start",
  insetInline: "48px",
  insetBlock: "7rem",
  layer: 100_000,
  accentColor: "rebeccapurple",
  avatar: "/first.svg",
  strings: { launcher: { open: "Fragen Sie uns" } },
  getUserToken: async () => query.get("token") ?? undefined,
  pageContext: "main",
  getPageContext: () => "The text of this page",
};

export const second: RivuletProperties = {
  ...first,
  mode: "sidebar",
  theme: "light",
  lang: "fr",
  announce: "off",
  bringAlong: false,
  side: "end",
  insetInline: "30px",
  insetBlock: "40px",
  layer: "1",
  accentColor: "#7a1f5c",
  avatar: "/second.svg",
  pageContext: "article",
  strings: { launcher: { open: "Une question ?" } },
};

/** No property is set any more. */
export const none: RivuletProperties = {};
