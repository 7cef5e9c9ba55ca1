/** A passage that the model was given. */
export interface Passage {
  /** The number by which it is cited. */
  number: number;
  title: string;
  /** Markdown. */
  text: string;
}

/** A message of the conversation, as the stand-in received it. */
export interface ReceivedMessage {
  role: "user" | "assistant";
  /** What was said, without the text that the worker added around it. */
  text: string;
  /** Given with the last message if the assistant has a context; empty if nothing was found in it. */
  passages?: readonly Passage[];
  /** The mark in the tags for follow-up questions; undefined if none are asked for. */
  followUpMark?: string;
}

/** The mark of the request for follow-up questions; undefined if none are asked for. */
export function followUpMarkIn(told: string): string | undefined {
  return /^After your answer, .*<next-(\w+)> and <\/next-\1>/m.exec(told)?.[1];
}

/**
 * Reads a message that has its context as text, between lines with a random mark. A message without a context is the
 * visitor's text alone.
 */
export function readPrompt(prompt: string): Omit<ReceivedMessage, "role"> {
  const [whole, mark = "", context = ""] = /<context-(\w+)>\n(.*)\n<\/context-\1>/s.exec(prompt) ?? [];
  const [told = "", ...question] = prompt.split("\n\nQuestion: ");
  const followUpMark = followUpMarkIn(told);
  if (whole === undefined) {
    return followUpMark === undefined
      ? { text: prompt.trim() }
      : { text: question.join("\n\nQuestion: "), followUpMark };
  }
  const headings = new RegExp(`^${mark} ⟦(\\d+)⟧ (.*)\\n`, "gm");
  const [, ...parts] = context.split(headings); // background, then number, title and text of each passage
  const passages: Passage[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    passages.push({ number: Number(parts[at]), title: parts[at + 1] ?? "", text: (parts[at + 2] ?? "").trim() });
  }
  const after = prompt.slice(prompt.indexOf(whole) + whole.length).trim();
  return { text: after.replace(/^Question: /, ""), passages, followUpMark };
}
