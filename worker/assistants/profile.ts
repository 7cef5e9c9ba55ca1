import type { AssistantProfile } from "../../protocol/index.ts";
import type { Assistant } from "./assistant.ts";
import { consentId } from "./consent-id.ts";
import { defaultDisclosure } from "./default-texts.ts";
import { findText, textFor } from "./localized.ts";
import type { Localized } from "./localized.ts";

/** What a visitor can do with an assistant at the moment. */
export interface Offer {
  /** Whether it can answer. */
  available: boolean;
  /** Whether its address for messages to a person is set up. */
  handover?: boolean;
}

/**
 * The public part of an assistant, in the visitor's language. It is written out field by field, so that a new property
 * of an assistant stays private until it is added here.
 * @param lang BCP 47 tag
 */
export function publicProfile(assistant: Assistant, { available, handover }: Offer, lang?: string): AssistantProfile {
  const { id, title, tagline, welcome, starters, disclosure, consent, privacyUrl, contactUrl, avatar } = assistant;
  const { streamVariable, resultVariable, limits, expose, turnstile, unavailable, speech } = assistant;
  const inLanguage = (text: Localized | undefined) => text && textFor(text, lang);
  return {
    id,
    title: textFor(title, lang),
    tagline: inLanguage(tagline),
    welcome: textFor(welcome, lang),
    starters: [...textFor(starters, lang)],
    disclosure: findText(disclosure, lang) ?? findText(defaultDisclosure, lang) ?? textFor(disclosure),
    privacyUrl: inLanguage(privacyUrl),
    contactUrl: inLanguage(contactUrl),
    handover: handover || undefined,
    avatar,
    available,
    unavailable: inLanguage(unavailable),
    streamVariable,
    resultVariable,
    limits: { maxPromptChars: limits.maxPromptChars, maxPageBytes: assistant.pageContext?.maxBytes },
    features: { reasoning: expose.reasoning },
    speech,
    consent: consent === undefined || !available ? undefined : { id: consentId(consent), text: textFor(consent, lang) },
    turnstile: turnstile && { siteKey: turnstile.siteKey },
  };
}
