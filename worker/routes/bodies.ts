import * as v from "valibot";

const uuid = v.pipe(v.string("it must be a UUID"), v.uuid("it must be a UUID"));

/** What people type. Half of a surrogate pair cannot be kept as UTF-8, so it becomes U+FFFD here, once. */
const text = v.pipe(
  v.string("it must be text"),
  v.transform((value) => value.toWellFormed()),
);

const prompt = v.pipe(
  text,
  v.check((value) => value.trim() !== "", "it must not be empty"),
);

/** Body of `POST /v1/sessions`. */
export const sessionBody = v.object({
  assistant: v.pipe(v.string("it must be an assistant's id"), v.maxLength(64, "it must be an assistant's id")),
  renew: v.optional(v.pipe(v.string("it must be a token"), v.maxLength(4096, "it must be a token"))),
});

/** Body of `POST /v1/messages`. */
export const messageBody = v.object({ conversation: uuid, id: uuid, userPrompt: prompt });

/** Body of `POST /v1/stop`. */
export const stopBody = v.object({ conversation: uuid, messageId: uuid });
