// What few answers have: thoughts, sources, earlier versions. It loads with the first answer that has one of them.
export { extrasStyles } from "./answer-extras-styles.ts";
export { reasoningView } from "./reasoning.ts";
export { sourcesView } from "./sources.ts";
export { versionButtons } from "./version-buttons.ts";
