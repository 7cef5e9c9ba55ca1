// What few answers have: thoughts and earlier versions. It loads with the first answer that has one of them.
export { extrasStyles as styles } from "./answer-extras-styles.ts";
export { reasoningView } from "./reasoning.ts";
export { versionButtons } from "./version-buttons.ts";
