import type { Usage } from "../../protocol/index.ts";
import { azureDone, azureFrame, streamHead, type Scenario, type Step } from "../fault-server/index.ts";

/** A way in which a vendor's chat completions stream differs from the others, and the expected outcome. */
export interface ChatWire {
  /** The name in the table of `docs/faults.md`. */
  name: string;
  scenario: Scenario;
  /** The finish reason, or the code of the failure. */
  ending: string;
  content: string;
  /** What the model thought; shown only where the assistant exposes it. */
  reasoning?: string;
  /** The fields of the final usage that this case checks. */
  usage?: Partial<Usage>;
}

function used(counts: Record<string, unknown>): Step {
  return azureFrame({ model: "m", choices: [], usage: counts });
}

const usage = used({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });

function stream(...steps: Step[]): Scenario {
  return { steps: [streamHead(), ...steps] };
}

function chunk(delta: Record<string, unknown>, finish_reason: string | null = null): Step {
  return azureFrame({ model: "m", choices: [{ index: 0, delta, finish_reason }] });
}

function raw(text: string): Step {
  return { send: text };
}

const all = chunk({ content: "all" }, "stop");
const half = chunk({ content: "half" });

/** Ends after half of the answer with this finish reason. */
function endsWith(finishReason: string): Scenario {
  return stream(half, chunk({}, finishReason), usage, azureDone);
}

/** What vendors of the chat completions wire do differently. */
export const chatWires: readonly ChatWire[] = [
  {
    name: "the content is a list of parts",
    scenario: stream(
      chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "hm" }] }] }),
      chunk({ content: [{ type: "text", text: "ans" }, { type: "reference", reference_ids: [1] }, "wer"] }, "stop"),
      usage,
      azureDone,
    ),
    ending: "stop",
    content: "answer",
    reasoning: "hm",
  },
  {
    name: "the answer begins with a thought between `<think>` and `</think>`",
    scenario: stream(
      chunk({ content: "\n<thi" }),
      chunk({ content: "nk>\nse" }),
      chunk({ content: "cret</th" }),
      chunk({ content: "ink>" }),
      chunk({ content: "\n\nanswer" }, "stop"),
      usage,
      azureDone,
    ),
    ending: "stop",
    content: "answer",
    reasoning: "secret",
  },
  {
    name: "the thought between `<think>` tags reaches the token limit",
    scenario: stream(chunk({ content: "<think>sec" }), chunk({ content: "ret</thi" }, "length"), usage, azureDone),
    ending: "length",
    content: "",
    reasoning: "secret</thi",
  },
  {
    name: "the answer mentions `<think>` later",
    scenario: stream(chunk({ content: "Use <think>" }), chunk({ content: "…</think>." }, "stop"), usage, azureDone),
    ending: "stop",
    content: "Use <think>…</think>.",
  },
  {
    name: "an empty `data:` as a keep-alive",
    scenario: stream(chunk({ content: "one " }), raw("data:\n\n"), chunk({ content: "two" }, "stop"), usage, azureDone),
    ending: "stop",
    content: "one two",
  },
  {
    name: "`[DONE]` with spaces around it",
    scenario: stream(all, usage, raw("data:  [DONE] \n\n")),
    ending: "stop",
    content: "all",
  },
  {
    name: "`[DONE]` without its blank line",
    scenario: stream(all, usage, raw("data: [DONE]")),
    ending: "stop",
    content: "all",
  },
  { name: "no `[DONE]` after the finish reason", scenario: stream(all, usage), ending: "stop", content: "all" },
  {
    name: "the socket breaks after the finish reason",
    scenario: stream(all, usage, { pauseMs: 20 }, { breakSocket: true }),
    ending: "stop",
    content: "all",
  },
  {
    name: "`[DONE]` without a finish reason",
    scenario: stream(chunk({ content: "all" }), usage, azureDone),
    ending: "stop",
    content: "all",
  },
  {
    name: "reasoning is counted beside the completion (Grok)",
    scenario: stream(
      all,
      used({
        prompt_tokens: 12,
        completion_tokens: 1,
        total_tokens: 303,
        completion_tokens_details: { reasoning_tokens: 290 },
      }),
      azureDone,
    ),
    ending: "stop",
    content: "all",
    usage: { inputTokens: 12, outputTokens: 291, reasoningTokens: 290 },
  },
  {
    name: "tokens written to the cache are in the prompt's details",
    scenario: stream(
      all,
      used({ prompt_tokens: 88, completion_tokens: 10, prompt_tokens_details: { cache_write_tokens: 80 } }),
      azureDone,
    ),
    ending: "stop",
    content: "all",
    usage: { inputTokens: 88, cacheWriteInputTokens: 80, outputTokens: 10 },
  },
  {
    name: "an empty usage after the real one",
    scenario: stream(
      all,
      usage,
      used({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }),
      used({}),
      azureDone,
    ),
    ending: "stop",
    content: "all",
    usage: { inputTokens: 3, outputTokens: 2 },
  },
  {
    name: "an error with a usage beside it",
    scenario: stream(
      half,
      azureFrame({ error: { code: 500, message: "x" }, usage: { prompt_tokens: 3, completion_tokens: 70 } }),
      azureDone,
    ),
    ending: "provider_unavailable",
    content: "half",
    usage: { inputTokens: 3, outputTokens: 70 },
  },
  {
    name: "the finish reason `stop` after `length`",
    scenario: stream(half, chunk({}, "length"), chunk({}, "stop"), usage, azureDone),
    ending: "length",
    content: "half",
  },
  {
    name: "the finish reason `stop` after `content_filter`",
    scenario: stream(half, chunk({}, "content_filter"), chunk({}, "STOP"), usage, azureDone),
    ending: "content_filter",
    content: "half",
  },
  {
    name: "the finish reason `stop` after `error`",
    scenario: stream(half, chunk({}, "error"), chunk({}, "stop"), usage, azureDone),
    ending: "provider_unavailable",
    content: "half",
  },
  {
    name: "an empty finish reason after `length`",
    scenario: stream(chunk({ content: "half" }, "length"), chunk({}, ""), usage, azureDone),
    ending: "length",
    content: "half",
  },
  {
    name: "the finish reason `end_turn` before the end (Grok)",
    scenario: stream(chunk({ content: "al" }, "end_turn"), chunk({ content: "l" }, "end_turn"), usage, azureDone),
    ending: "stop",
    content: "all",
  },
  {
    name: "the stream ends after `end_turn`",
    scenario: stream(chunk({ content: "half" }, "end_turn")),
    ending: "upstream_truncated",
    content: "half",
  },
  { name: "the finish reason `error`", scenario: endsWith("error"), ending: "provider_unavailable", content: "half" },
  {
    name: "the finish reason `insufficient_system_resource`",
    scenario: endsWith("insufficient_system_resource"),
    ending: "provider_overloaded",
    content: "half",
  },
  {
    name: "an unknown finish reason",
    scenario: endsWith("future_reason"),
    ending: "upstream_truncated",
    content: "half",
  },
  {
    name: "an error object without the `error` key",
    scenario: stream(half, azureFrame({ object: "error", code: 500, message: "x" }), azureDone),
    ending: "provider_unavailable",
    content: "half",
  },
  {
    name: "an event named `error`",
    scenario: stream(half, raw('event: error\ndata: {"code":"rate_limit_exceeded","reason":"x"}\n\n'), azureDone),
    ending: "provider_rate_limited",
    content: "half",
  },
  {
    name: "an event named `error` that is not JSON",
    scenario: stream(half, raw("event: error\ndata: Internal Server Error\n\n"), azureDone),
    ending: "provider_unavailable",
    content: "half",
  },
  {
    name: "`[DONE]` after a beginning without text",
    scenario: stream(chunk({ role: "assistant", content: "" }), usage, azureDone),
    ending: "upstream_truncated",
    content: "",
  },
  {
    name: "`[DONE]` alone",
    scenario: stream(azureDone),
    ending: "provider_unavailable",
    content: "",
  },
];
