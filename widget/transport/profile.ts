import type { AssistantProfile } from "../../protocol/index.ts";

/** What the chat uses of an assistant's public profile. The rest is for other clients. */
export type ChatProfile = Omit<AssistantProfile, "id" | "streamVariable" | "resultVariable" | "features">;

/**
 * Reads an assistant's public profile. Unknown fields of a later version are ignored, missing fields of an older one
 * get a default.
 * @returns the profile, or undefined if the value is none
 */
export function readProfile(value: unknown): ChatProfile | undefined {
  if (!isRecord(value) || typeof value["id"] !== "string" || typeof value["title"] !== "string") return undefined;
  const { limits, starters, turnstile } = value;
  const maxPromptChars = isRecord(limits) ? limits["maxPromptChars"] : undefined;
  return {
    title: value["title"],
    tagline: text(value["tagline"]),
    welcome: text(value["welcome"]) ?? "",
    starters: Array.isArray(starters) ? starters.filter((starter) => typeof starter === "string") : [],
    disclosure: text(value["disclosure"]) ?? "",
    privacyUrl: text(value["privacyUrl"]),
    contactUrl: text(value["contactUrl"]),
    available: value["available"] !== false,
    unavailable: text(value["unavailable"]),
    limits: { maxPromptChars: typeof maxPromptChars === "number" ? maxPromptChars : Infinity },
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
