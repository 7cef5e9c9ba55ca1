import { defineConnections } from "../worker/assistants/definition.ts";

/** How the worker reaches the providers. Each entry names the variables that hold its settings, not their values. */
export const connections = defineConnections({
  anthropic: {
    provider: "anthropic",
    variables: {
      apiKey: "ANTHROPIC_API_KEY",
      baseUrl: "ANTHROPIC_BASE_URL",
      keyHeader: "ANTHROPIC_KEY_HEADER",
    },
  },
  foundry: {
    provider: "azure",
    variables: {
      endpoint: "AZURE_AI_ENDPOINT",
      apiKey: "AZURE_AI_API_KEY",
      tenantId: "AZURE_TENANT_ID",
      clientId: "AZURE_CLIENT_ID",
      clientSecret: "AZURE_CLIENT_SECRET",
      authorityHost: "AZURE_AUTHORITY_HOST",
      api: "AZURE_AI_API",
    },
  },
});
