import type { Localized } from "./localized.ts";

/**
 * Identifies what visitors agree to, in all of its languages: who has agreed in one is not asked in another, and everybody
 * is asked again when a text changes. It is FNV-1a (RFC 9923) with 32 bits over UTF-16 units.
 */
export function consentId(consent: Localized): string {
  let hash = 0x811c9dc5;
  for (const unit of JSON.stringify(consent)) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
