import type { ChatProfile } from "../../protocol/index.ts";
import { isRecord, number, text } from "./json.ts";

/**
 * Reads what the chat uses of an assistant's public profile. Unknown fields of a later version are ignored, and fields
 * that an older version omits get a default.
 * @returns the profile, or undefined if the value is not one
 */
export function readProfile(value: unknown): ChatProfile | undefined {
  if (!isRecord(value) || typeof value["id"] !== "string" || typeof value["title"] !== "string") return undefined;
  const { limits, starters, turnstile } = value;
  const { maxPromptChars, maxPageBytes } = isRecord(limits) ? limits : {};
  return {
    title: value["title"],
    tagline: written(value["tagline"]),
    welcome: text(value["welcome"]) ?? "",
    starters: Array.isArray(starters) ? starters.filter((starter) => typeof starter === "string") : [],
    disclosure: text(value["disclosure"]) ?? "",
    privacyUrl: written(value["privacyUrl"]),
    contactUrl: written(value["contactUrl"]),
    handover: value["handover"] === true,
    avatar: written(value["avatar"]),
    available: value["available"] !== false && !value["consent"],
    unavailable: written(value["unavailable"]),
    limits: { maxPromptChars: number(maxPromptChars) ?? Infinity, maxPageBytes: number(maxPageBytes) },
    speech: value["speech"],
    consent: value["consent"],
    turnstile:
      isRecord(turnstile) && typeof turnstile["siteKey"] === "string" ? { siteKey: turnstile["siteKey"] } : undefined,
  };
}

/** @returns undefined if the value is not a string, or is empty */
function written(value: unknown): string | undefined {
  return text(value) || undefined;
}
