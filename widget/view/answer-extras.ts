// What few answers have: thoughts, sources, earlier versions. It loads with the first answer that has one of them.
export { extrasStyles } from "./answer-extras-styles.ts";
export { reasoningView } from "./reasoning.ts";
export { chips } from "../sources/chips.ts";
export { sourcesView } from "../sources/source-cards.ts";
export { sourcesStyles } from "../sources/sources-styles.ts";
export { sourcesWords } from "../sources/source-words.ts";
export { versionButtons } from "./version-buttons.ts";
