import { problemsIn, secretProblem, urlProblem, type ConnectionFields } from "./connection-fields.ts";
import { EntraToken } from "./entra-token.ts";
import type { ConnectionProblem } from "./provider.ts";

/** A key, or an app registration in Microsoft Entra ID whose tokens are sent instead. */
export type Credential = { apiKey: string } | { token: EntraToken };

const defaultAuthorityHost = "https://login.microsoftonline.com";

/**
 * The scope that every model of an Azure resource accepts.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/latest#create-chat-completion
 */
const defaultScope = "https://cognitiveservices.azure.com/.default";

/**
 * Reads a credential: `apiKey`; or `tenantId`, `clientId` and `clientSecret`, with `authorityHost` and `scope` if the
 * defaults do not fit.
 * @param missing the instruction to return if no credential is set
 */
export function readCredential(fields: ConnectionFields, missing: string): Credential | ConnectionProblem {
  const { apiKey, tenantId, clientId, clientSecret } = fields;
  const { authorityHost = defaultAuthorityHost, scope = defaultScope } = fields;
  if (apiKey !== undefined) return problemsIn({ apiKey: secretProblem(apiKey) }) ?? { apiKey };
  if (!hasEntraClient(fields)) return { problems: { apiKey: missing } };
  if (tenantId === undefined || clientId === undefined || clientSecret === undefined) {
    return (
      problemsIn({ tenantId: unset(tenantId), clientId: unset(clientId), clientSecret: unset(clientSecret) }) ?? {
        problems: {},
      }
    );
  }
  const problem = problemsIn({ authorityHost: urlProblem(authorityHost) });
  return problem ?? { token: new EntraToken({ tenantId, clientId, clientSecret, authorityHost, scope }) };
}

/** Whether any part of an app registration is set. */
export function hasEntraClient({ tenantId, clientId, clientSecret }: ConnectionFields): boolean {
  return tenantId !== undefined || clientId !== undefined || clientSecret !== undefined;
}

function unset(value: string | undefined): string | undefined {
  return value === undefined ? "set it: Entra ID needs {tenantId}, {clientId} and {clientSecret} together" : undefined;
}
