/** Planted in keys, system prompts and in every word that a provider says: it must never come out again. */
export const canary = "CANARY-4f1c9d";
