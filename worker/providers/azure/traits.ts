import type { ProviderTraits } from "../provider.ts";
import { defaultTemperature } from "./request.ts";

/** What a project's connections to Azure, and the assistants that use them, are checked against. */
export const azureTraits: ProviderTraits = {
  name: "azure",
  citesResults: false,
  fields: ["endpoint", "apiKey", "tenantId", "clientId", "clientSecret", "authorityHost", "scope", "api"],
  temperature: { min: 0, max: 2, default: defaultTemperature },
  needsMaxCompletionTokens: false,
};
