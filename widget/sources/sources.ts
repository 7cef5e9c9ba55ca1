// Chips, cards and previews. They load with the first answer that has sources.
export { chips } from "./chips.ts";
export { sourcesView } from "./source-cards.ts";
export { sourcesWords } from "./source-words.ts";
export { sourcesStyles as styles } from "./sources-styles.ts";
