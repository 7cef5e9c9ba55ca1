import * as v from "valibot";
import { handoverLimits, pageContextLimits } from "../../protocol/index.ts";

const uuid = v.pipe(v.string("must be a UUID"), v.uuid("must be a UUID"));

/** Text that a person typed. A lone surrogate cannot be stored as UTF-8, so it becomes U+FFFD here. */
const text = v.pipe(
  v.string("must be text"),
  v.transform((value) => value.toWellFormed()),
);

const nonEmptyText = v.pipe(
  text,
  v.check((value) => value.trim() !== "", "must not be empty"),
);

const token = v.pipe(v.string("must be a token"), v.maxLength(4096, "must be a token"));

/** Body of `POST /v1/sessions`. */
export const sessionBody = v.object({
  assistant: v.pipe(v.string("must be an assistant's id"), v.maxLength(64, "must be an assistant's id")),
  renew: v.optional(token),
  userToken: v.optional(token),
  challengeToken: v.optional(token),
  bringAlong: v.optional(v.boolean("must be true or false")),
});

/** Body of `POST /v1/operator/sign-out`. */
export const signOutBody = v.object({
  sub: v.pipe(v.string("it must be text"), v.nonEmpty("it must not be empty"), v.maxLength(1024, "it is too long")),
});

const { urlChars, titleChars, textBytes } = pageContextLimits;

/** What the visitor is looking at. */
const pageContext = v.object(
  {
    url: v.pipe(
      text,
      v.maxLength(urlChars, `must have at most ${urlChars} characters`),
      v.check(isWebUrl, "must be a full http or https URL"),
    ),
    title: v.pipe(text, v.maxLength(titleChars, `must have at most ${titleChars} characters`)),
    text: v.pipe(nonEmptyText, v.maxBytes(textBytes, `must have at most ${textBytes} bytes`)),
  },
  "must be an object with url, title and text",
);

function isWebUrl(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? "");
}

/** Body of `POST /v1/messages`. */
export const messageBody = v.object({
  conversation: uuid,
  id: uuid,
  userPrompt: nonEmptyText,
  pageContext: v.optional(pageContext),
  replaces: v.optional(uuid),
});

const { messageChars, contactChars } = handoverLimits;

/** Body of `POST /v1/handover`. A line break in the contact could add a header to an e-mail. */
export const handoverBody = v.object({
  id: uuid,
  message: v.pipe(nonEmptyText, v.maxLength(messageChars, `must have at most ${messageChars} characters`)),
  contact: v.pipe(
    nonEmptyText,
    v.maxLength(contactChars, `must have at most ${contactChars} characters`),
    v.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line"),
  ),
  conversation: v.optional(uuid),
});

/** Body of `POST /v1/regenerate`. */
export const regenerateBody = v.object({ conversation: uuid, message: uuid, id: uuid });

/** Body of `POST /v1/stop`. */
export const stopBody = v.object({ conversation: uuid, messageId: uuid });

/** Body of `PATCH /v1/conversations/{c}`. */
export const titleBody = v.object({
  title: v.pipe(
    nonEmptyText,
    v.transform((title) => title.trim()),
    v.maxLength(200, "must have at most 200 characters"),
  ),
});

/** Body of `POST /v1/feedback`. */
export const feedbackBody = v.object({
  conversation: uuid,
  message: uuid,
  rating: v.nullable(v.picklist(["up", "down"], "must be up, down or null")),
  comment: v.optional(v.pipe(text, v.maxLength(2000, "must have at most 2,000 characters"))),
});
