import type { HandoverDefinition } from "../assistants/definition.ts";
import type { OpenedAddress } from "./address.ts";
import { openEmail } from "./email.ts";
import { openWebhook } from "./webhook.ts";

/** The names of a handover's variables, by the fields that hold them in the assistant's file. */
export function handoverVariables(definition: HandoverDefinition | undefined): Readonly<Record<string, string>> {
  if (definition === undefined) return {};
  if ("webhook" in definition) {
    const { url, secret } = definition.webhook;
    return { "webhook.url": url, "webhook.secret": secret };
  }
  const { apiKey, url } = definition.email;
  return { "email.apiKey": apiKey, ...(url === undefined ? {} : { "email.url": url }) };
}

/**
 * Opens the address of a handover.
 * @param variable reads a variable; an empty one counts as missing
 * @returns the address, or one sentence per problem that names the variable and says what to do
 */
export function openHandover(
  definition: HandoverDefinition,
  variable: (name: string) => string | undefined,
): OpenedAddress {
  return "webhook" in definition ? openWebhook(definition.webhook, variable) : openEmail(definition.email, variable);
}
