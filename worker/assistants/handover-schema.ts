import * as v from "valibot";
import { isPlainObject, properties } from "./schema-parts.ts";

/** A variable's name. `project.ts` checks its form: anything but a name may be a secret and must not be printed. */
const variable = v.string("write the name of a variable");

/** An e-mail address without a name. */
const address = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

const webhookEntry = properties(
  { webhook: properties({ url: variable, secret: variable }, '{ url: "HANDOVER_URL", secret: "HANDOVER_SECRET" }') },
  '{ webhook: { url: "HANDOVER_URL", secret: "HANDOVER_SECRET" } }',
);

const emailEntry = properties(
  {
    email: properties(
      {
        apiKey: variable,
        url: v.optional(variable),
        from: v.pipe(
          v.string("write it as text"),
          v.regex(
            /^([^\p{Cc}<>]+ <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/u,
            "write a sender, as in Help <help@example.com>",
          ),
        ),
        to: v.pipe(v.string("write it as text"), v.regex(address, "write one e-mail address, as in team@example.com")),
      },
      '{ apiKey: "RESEND_API_KEY", from: "help@example.com", to: "team@example.com" }',
    ),
  },
  '{ email: { apiKey: "RESEND_API_KEY", from: "help@example.com", to: "team@example.com" } }',
);

/** Where visitors' messages are delivered: a webhook or an e-mail. Each kind has its own messages. */
export function handoverEntry(value: unknown) {
  return isPlainObject(value) && "email" in value ? emailEntry : webhookEntry;
}
