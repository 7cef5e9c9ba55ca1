import type { AssistantProfile } from "../../protocol/index.ts";

/**
 * Reads an assistant's public profile. Unknown fields of a later version are ignored, missing fields of an older one
 * get a default.
 * @returns the profile, or undefined if the value is none
 */
export function readProfile(value: unknown): AssistantProfile | undefined {
  if (!isRecord(value) || typeof value["id"] !== "string" || typeof value["title"] !== "string") return undefined;
  const { limits, features, starters, turnstile } = value;
  const maxPromptChars = isRecord(limits) ? limits["maxPromptChars"] : undefined;
  return {
    id: value["id"],
    title: value["title"],
    tagline: text(value["tagline"]),
    welcome: text(value["welcome"]) ?? "",
    starters: Array.isArray(starters) ? starters.filter((starter) => typeof starter === "string") : [],
    disclosure: text(value["disclosure"]) ?? "",
    privacyUrl: text(value["privacyUrl"]),
    contactUrl: text(value["contactUrl"]),
    available: value["available"] !== false,
    unavailable: text(value["unavailable"]),
    streamVariable: text(value["streamVariable"]) ?? "message",
    resultVariable: text(value["resultVariable"]) ?? "response",
    limits: { maxPromptChars: typeof maxPromptChars === "number" ? maxPromptChars : Infinity },
    features: isRecord(features) ? readFlags(features) : {},
    turnstile:
      isRecord(turnstile) && typeof turnstile["siteKey"] === "string" ? { siteKey: turnstile["siteKey"] } : undefined,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readFlags(value: Record<string, unknown>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(value).map(([name, flag]) => [name, flag === true]));
}
