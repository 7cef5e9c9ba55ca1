import type { EmailDefinition } from "../assistants/definition.ts";
import { bytesOf } from "../bytes.ts";
import { secretProblem } from "../providers/connection-fields.ts";
import { addressProblem } from "./address-problem.ts";
import type { OpenedAddress, Verdict } from "./address.ts";
import { emailText } from "./email-text.ts";
import type { Handover } from "./handover.ts";
import { judgeStatus } from "./judge-status.ts";

const resendUrl = "https://api.resend.com/emails";

/** A contact that a reply can be addressed to: one plain e-mail address. Other contacts are only in the text. */
const plainAddress = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d-]+(\.[a-z\d-]+)+$/i;

/**
 * Opens an e-mail service that speaks Resend's HTTP API. It sends one e-mail per idempotency key within 24 hours.
 * @see https://resend.com/docs/api-reference/emails/send-email
 * @see https://resend.com/docs/dashboard/emails/idempotency-keys
 */
export function openEmail(
  { apiKey: keyName, url: urlName, from, to }: EmailDefinition,
  variable: (name: string) => string | undefined,
): OpenedAddress {
  const key = variable(keyName);
  const url = urlName === undefined ? resendUrl : variable(urlName);
  const found = { [keyName]: secretProblem(key), [urlName ?? ""]: addressProblem(url) };
  const problems = Object.entries(found).flatMap(([name, problem]) => (problem ? [`${name}: ${problem}`] : []));
  if (url === undefined || problems.length > 0) return { problems };
  const write = async (handover: Handover) => {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${key}`,
      "idempotency-key": handover.id,
      "user-agent": "rivulet-chat", // Resend refuses a request without one
    };
    return { url, headers, body: JSON.stringify({ from, to: [to], ...emailOf(handover) }) };
  };
  return { address: { write, judge } };
}

/** The fields that depend on the message. The only text from the visitor in a header is an address that was checked. */
function emailOf(handover: Handover): object {
  const { contact, title } = handover;
  const replyTo = plainAddress.test(contact) ? { reply_to: contact } : {};
  const name = title.replaceAll(/\p{Cc}+/gu, " ");
  return { ...replyTo, subject: `${name}: a visitor wrote to you`, text: emailText(handover) };
}

/**
 * Judges a response. If the idempotency key was used with another text before, that text was delivered: the visitor
 * sent the message again after its response was lost, and the conversation has grown since.
 */
async function judge(response: Response): Promise<Verdict> {
  if (response.status !== 409) return judgeStatus(response);
  return (await readStart(response)).includes("invalid_idempotent_request") ? "accepted" : "later";
}

/** How much of a refusal is read, in bytes. */
const maxReadBytes = 4096;

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const piece of bytesOf(response)) {
    bytes += piece.length;
    text += decoder.decode(piece.subarray(0, maxReadBytes), { stream: true });
    if (bytes >= maxReadBytes) break;
  }
  return text;
}
