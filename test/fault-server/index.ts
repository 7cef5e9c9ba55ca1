/**
 * A scripted upstream for tests: an HTTP server that speaks both providers' wire formats and treats its clients as a
 * scenario says.
 *
 * ```ts
 * await using server = await startFaultServer();
 * server.script(breakAfter(3, anthropicAnswer({ text: ["Hel", "lo"] })));
 * // … let the worker ask `server.url` …
 * server.requests[0]?.json;                        // what the worker sent
 * await server.waitUntilLeft(server.requests[0]);  // resolves when the client has closed its connection
 * ```
 *
 * A scenario is plain data: a list of steps (`head`, `send`, `pauseMs`, `stall`, `hold`, `breakSocket`), followed by a
 * clean end. `anthropicAnswer` and `azureAnswer` build whole streams, one step per frame. `endAfter`, `breakAfter`,
 * `stallAfter`, `insertAfter`, `slowly`, `cutAt`, `cutEvery` and `withLineEnding` change them. `faults` has the faults
 * that are the same on every wire. `main.ts` runs the server in its own process, controlled over HTTP (see
 * `control.ts`).
 */
export { anthropicAnswer, anthropicError, anthropicErrorFrame, anthropicFrame } from "./anthropic.ts";
export type { AnthropicAnswer, AnthropicBlock } from "./anthropic.ts";
export {
  azureAnswer,
  azureContentFiltered,
  azureDone,
  azureError,
  azureErrorFrame,
  azureFrame,
  azureUnsupported,
  tokenAnswer,
} from "./azure.ts";
export type { AzureAnswer } from "./azure.ts";
export type { RemoteScript } from "./control.ts";
export { embeddingsAnswer } from "./embeddings.ts";
export { faults, jsonAnswer, plainAnswer, streamHead } from "./faults.ts";
export {
  bodyBytes,
  breakAfter,
  countFrames,
  cutAt,
  cutEvery,
  endAfter,
  insertAfter,
  slowly,
  stallAfter,
  withLineEnding,
} from "./scenario.ts";
export type { Scenario, Step } from "./scenario.ts";
export { startFaultServer } from "./server.ts";
export type { FaultServer, ReceivedRequest } from "./server.ts";
