import type { WebhookDefinition } from "../assistants/definition.ts";
import { addressProblem } from "./address-problem.ts";
import type { OpenedAddress } from "./address.ts";
import type { Handover } from "./handover.ts";
import { judgeStatus } from "./judge-status.ts";

/** The lengths that Standard Webhooks allows for a secret, in bytes. */
const [minSecretBytes, maxSecretBytes] = [24, 64];

const secretFix =
  "set it to `whsec_` and 24 to 64 random bytes in base64, as `echo whsec_$(openssl rand -base64 32)` prints";

/**
 * Opens a webhook whose requests are signed as Standard Webhooks specifies.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function openWebhook(
  { url: urlName, secret: secretName }: WebhookDefinition,
  variable: (name: string) => string | undefined,
): OpenedAddress {
  const url = variable(urlName);
  const secret = readSecret(variable(secretName) ?? "");
  const problem = addressProblem(url);
  if (url === undefined || secret === undefined || problem !== undefined) {
    const problems = problem === undefined ? [] : [`${urlName}: ${problem}`];
    return { problems: secret === undefined ? [...problems, `${secretName}: ${secretFix}`] : problems };
  }
  const write = async (handover: Handover, now: number) => {
    const body = JSON.stringify(eventOf(handover));
    const timestamp = String(Math.floor(now / 1000));
    const signature = await sign(secret, `${handover.id}.${timestamp}.${body}`);
    const headers = {
      "content-type": "application/json",
      "user-agent": "rivulet-chat",
      "webhook-id": handover.id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    };
    return { url, headers, body };
  };
  return { address: { write, judge: async (response) => judgeStatus(response) } };
}

function eventOf({ sentAt, assistant, title, message, contact, conversation }: Handover): object {
  const data = { assistant, title, message, contact, conversation };
  return { type: "handover.requested", timestamp: new Date(sentAt).toISOString(), data };
}

/** @returns undefined if the text is not a secret in the form of Standard Webhooks */
function readSecret(text: string): Uint8Array<ArrayBuffer> | undefined {
  const encoded = text.replace(/^whsec_/, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
  return bytes.length >= minSecretBytes && bytes.length <= maxSecretBytes ? bytes : undefined;
}

/** HMAC-SHA256, in base64. */
async function sign(secret: Uint8Array<ArrayBuffer>, content: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(content));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}
