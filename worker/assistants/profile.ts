import type { AssistantProfile } from "../../protocol/index.ts";
import type { Assistant } from "./assistant.ts";

/**
 * The public part of an assistant. It is written out field by field, so that a new property of an assistant stays
 * private until it is added here.
 */
export function publicProfile(assistant: Assistant, available: boolean): AssistantProfile {
  const { id, title, tagline, welcome, starters, disclosure, privacyUrl, contactUrl } = assistant;
  const { streamVariable, resultVariable, limits, expose, turnstile, unavailable } = assistant;
  return {
    id,
    title,
    tagline,
    welcome,
    starters: [...starters],
    disclosure,
    privacyUrl,
    contactUrl,
    available,
    unavailable,
    streamVariable,
    resultVariable,
    limits: { maxPromptChars: limits.maxPromptChars, maxPageBytes: assistant.pageContext?.maxBytes },
    features: { reasoning: expose.reasoning },
    turnstile: turnstile && { siteKey: turnstile.siteKey },
  };
}
