import { jsonAnswer, streamHead } from "./faults.ts";
import type { Scenario, Step } from "./scenario.ts";

/** The contents of an answer in Anthropic's format. Everything has a sensible default. */
export interface AnthropicAnswer {
  /** Pieces of the answer, one frame per piece. */
  text?: string | string[];
  /** Pieces of thinking, in a block before the text. */
  thinking?: string | string[];
  /** Whether the thinking block is empty except for its signature, which is what newer models send by default. */
  isThinkingOmitted?: boolean;
  /** Text blocks that are sent instead of `text`. An answer with citations consists of such blocks. */
  blocks?: AnthropicBlock[];
  model?: string;
  stopReason?: string | null;
  stopDetails?: unknown;
  /** The usage in `message_start`. */
  startUsage?: Record<string, unknown>;
  /** The usage in `message_delta`; null leaves it out. */
  usage?: Record<string, unknown> | null;
  /** Sends a `ping` after each piece. */
  pings?: boolean;
  headers?: Record<string, string>;
}

/** A block of text. */
export interface AnthropicBlock {
  text: string | string[];
  /** What the text is based on. `index` is the number of a search result, from 0, and `text` is the cited words. */
  citations?: { index: number; text: string }[];
  /** Whether the citations are sent after the text instead of before it. */
  citesLast?: boolean;
}

/**
 * One event as a frame of Anthropic's stream.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export function anthropicFrame(event: { type: string; [field: string]: unknown }): Step {
  return { send: `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n` };
}

/** A whole stream from `message_start` to `message_stop`, one step per frame. */
export function anthropicAnswer(answer: AnthropicAnswer = {}): Scenario {
  const blocks: Step[] = [];
  const thinking = asList(answer.thinking);
  const hasThinking = thinking.length > 0 || answer.isThinkingOmitted === true;
  if (hasThinking) blocks.push(...block(0, "thinking", thinking, answer));
  for (const [at, cited] of (answer.blocks ?? [{ text: answer.text ?? "Hello." }]).entries()) {
    blocks.push(...block(hasThinking ? at + 1 : at, "text", asList(cited.text), answer, cited));
  }
  return { steps: [streamHead(answer.headers), start(answer), ...blocks, ...end(answer)] };
}

/** An error response with a status, in the format of Anthropic's errors. */
export function anthropicError(
  status: number,
  type: string,
  options: { message?: string; headers?: Record<string, string> } = {},
): Scenario {
  const error = { type, message: options.message ?? "Something was wrong." };
  return jsonAnswer(status, { type: "error", error, request_id: "req_fault" }, options.headers);
}

/** An `error` event to insert into a stream. */
export function anthropicErrorFrame(type: string, message = "Something was wrong."): Step {
  return anthropicFrame({ type: "error", error: { type, message } });
}

function asList(pieces: string | string[] | undefined): string[] {
  if (pieces === undefined) return [];
  return typeof pieces === "string" ? [pieces] : pieces;
}

function start({ model = "claude-fault-1", startUsage }: AnthropicAnswer): Step {
  const usage = startUsage ?? { input_tokens: 12, output_tokens: 1 };
  const fixed = {
    id: "msg_fault",
    type: "message",
    role: "assistant",
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  return anthropicFrame({ type: "message_start", message: { ...fixed, model, usage } });
}

function block(
  index: number,
  kind: "text" | "thinking",
  pieces: string[],
  answer: AnthropicAnswer,
  { citations, citesLast = false }: Partial<AnthropicBlock> = {},
): Step[] {
  const delta = (fields: Record<string, unknown>) =>
    anthropicFrame({ type: "content_block_delta", index, delta: fields });
  const steps: Step[] = [
    anthropicFrame({
      type: "content_block_start",
      index,
      content_block: { type: kind, [kind]: "", ...(citations === undefined ? {} : { citations: [] }) },
    }),
  ];
  const cite = () => {
    for (const citation of citations ?? []) steps.push(delta({ type: "citations_delta", citation: place(citation) }));
  };
  if (!citesLast) cite();
  for (const piece of pieces) {
    steps.push(delta({ type: `${kind}_delta`, [kind]: piece }));
    if (answer.pings === true) steps.push(anthropicFrame({ type: "ping" }));
  }
  if (kind === "thinking") steps.push(delta({ type: "signature_delta", signature: "c2lnbmF0dXJl" }));
  if (citesLast) cite();
  return [...steps, anthropicFrame({ type: "content_block_stop", index })];
}

function place({ index, text }: { index: number; text: string }) {
  const block = { start_block_index: 0, end_block_index: 1 };
  return {
    type: "search_result_location",
    search_result_index: index,
    cited_text: text,
    source: "s",
    title: "t",
    ...block,
  };
}

function end({ stopReason = "end_turn", stopDetails, usage = { output_tokens: 5 } }: AnthropicAnswer): Step[] {
  const details = stopDetails === undefined ? {} : { stop_details: stopDetails };
  const delta = { stop_reason: stopReason, stop_sequence: null, ...details };
  return [
    anthropicFrame({ type: "message_delta", delta, ...(usage === null ? {} : { usage }) }),
    anthropicFrame({ type: "message_stop" }),
  ];
}
