import type { Localized } from "./localized.ts";

/**
 * Identifies what visitors agree to, in all languages together: visitors who have agreed in one language are not asked
 * in another, and everybody is asked again when a text changes. It is a 32-bit FNV-1a hash over UTF-16 units: short,
 * and not a secret.
 */
export function consentId(consent: Localized): string {
  let hash = 0x811c9dc5;
  for (let at = 0, text = JSON.stringify(consent); at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
