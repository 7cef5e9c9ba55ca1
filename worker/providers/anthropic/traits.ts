import type { ProviderTraits } from "../provider.ts";

/** What a project may say about Anthropic. */
export const anthropicTraits: ProviderTraits = {
  name: "anthropic",
  citesResults: true,
  fields: ["apiKey", "baseUrl", "keyHeader", "tenantId", "clientId", "clientSecret", "authorityHost", "scope"],
  temperature: { min: 0, max: 1, default: 1 },
  needsMaxCompletionTokens: true,
};
