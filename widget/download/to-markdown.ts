import type { Source } from "../../protocol/index.ts";
import type { Strings } from "../strings/languages.ts";
import { sources as english } from "../strings/en.ts";
import type { ConversationFile, FileAnswer, FileMessage } from "./conversation-file.ts";

/** A person and a model have written it. @see https://cv.iptc.org/newscodes/digitalsourcetype/ */
const partlyGenerated = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

/**
 * Writes a conversation as Markdown. Everything that somebody has typed or a model has written is in a block quote, so
 * that only lines of our own begin a heading, end the front matter or continue another message.
 */
export function toMarkdown(file: ConversationFile, strings: Strings): string {
  const frontMatter = {
    title: file.title,
    assistant: file.assistant.title,
    conversation: file.id,
    downloadedAt: file.downloadedAt,
    generator: "Rivulet Chat",
    aiGenerated: true,
    digitalSourceType: partlyGenerated,
  };
  const lines = Object.entries(frontMatter).map(([name, value]) => `${name}: ${inYaml(value)}`);
  const blocks = file.messages.flatMap((message) => messageBlocks(message, file, strings));
  return [`---\n${lines.join("\n")}\n---`, `# ${inLine(file.title)}`, ...blocks].join("\n\n") + "\n";
}

/** JSON is YAML, except for characters that JSON leaves as they are. Those beyond U+FFFF have another escape in YAML. */
function inYaml(value: string | boolean): string {
  return JSON.stringify(value).replaceAll(/[\u0085\u2028\u2029\p{Cf}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? String.raw`\U` + code.padStart(8, "0") : String.raw`\u` + code.padStart(4, "0");
  });
}

function messageBlocks(message: FileMessage, { assistant }: ConversationFile, strings: Strings): string[] {
  const isAnswer = message.role === "assistant";
  const time = new Intl.DateTimeFormat(strings.lang, { dateStyle: "medium", timeStyle: "short" });
  const who = isAnswer ? `${inLine(assistant.title)} (${strings.ai})` : strings.you;
  const state = isAnswer ? stateWords(message, strings) : message.isUndelivered && strings.queued;
  return [
    `## ${who} · ${time.format(new Date(message.createdAt))}`,
    ...(/\S/.test(message.content) ? [quoted(message.content)] : []),
    ...(state ? [`*${inLine(state)}*`] : []),
    ...(isAnswer && message.sources.length > 0 ? [sourceList(message.sources, strings)] : []),
  ];
}

/** Why an answer is not complete; undefined if it is. */
function stateWords({ status, finishReason, errorCode }: FileAnswer, strings: Strings): string | undefined {
  if (status === "running") return strings.answering;
  if (status === "failed") return strings.failures[errorCode ?? "internal"];
  if (status === "aborted") return strings.endings.aborted;
  return finishReason === undefined || finishReason === "stop" ? undefined : strings.endings[finishReason];
}

function quoted(text: string): string {
  const lines = text.split(/\r\n|[\r\n\u0085\u2028\u2029]/);
  return lines.map((line) => `> ${line}`.trimEnd()).join("\n");
}

function sourceList(sources: readonly Source[], strings: Strings): string {
  const items = sources.map(({ index, title, url }) =>
    url
      ? `${index}. [${inLine(title)}](<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`
      : `${index}. ${inLine(title)}`,
  );
  return `**${inLine(strings.part("sources", english).title)}**\n\n${items.join("\n")}`;
}

/** Puts a text on one line, and escapes what would have a meaning in Markdown. */
function inLine(text: string): string {
  return text.replaceAll(/[\s\p{Zl}\p{Zp}]+/gu, " ").replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
