// What few messages have: thoughts, earlier versions, follow-up questions, and the reference of a failure. It loads with
// the first of them.
export { extrasStyles as styles } from "./answer-extras-styles.ts";
export { reasoningView } from "./reasoning.ts";
export { referenceButton } from "./reference-button.ts";
export { suggestionsView, suggestionsWords } from "./suggestions.ts";
export { versionButtons } from "./version-buttons.ts";
