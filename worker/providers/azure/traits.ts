import type { ProviderTraits } from "../provider.ts";
import { defaultTemperature } from "./request.ts";

/** What a project may say about Azure. */
export const azureTraits: ProviderTraits = {
  name: "azure",
  citesResults: false,
  fields: ["endpoint", "apiKey", "tenantId", "clientId", "clientSecret", "authorityHost", "scope", "api"],
  temperature: { min: 0, max: 2, default: defaultTemperature },
  needsMaxCompletionTokens: false,
};
