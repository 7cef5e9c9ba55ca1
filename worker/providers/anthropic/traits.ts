import type { ProviderTraits } from "../provider.ts";

/** What a project's connections to Anthropic, and the assistants that use them, are checked against. */
export const anthropicTraits: ProviderTraits = {
  name: "anthropic",
  citesResults: true,
  fields: ["apiKey", "baseUrl", "keyHeader", "tenantId", "clientId", "clientSecret", "authorityHost", "scope"],
  temperature: { min: 0, max: 1, default: 1 },
  needsMaxCompletionTokens: true,
};
