// What few messages have: thoughts, earlier versions, and the reference of a failure. It loads with the first of them.
export { extrasStyles as styles } from "./answer-extras-styles.ts";
export { referenceButton } from "./reference-button.ts";
export { reasoningView } from "./reasoning.ts";
export { versionButtons } from "./version-buttons.ts";
