/**
 * A scripted upstream for tests: an HTTP server that speaks both providers' wires and does to its clients whatever a
 * scenario says.
 *
 * ```ts
 * await using server = await startFaultServer();
 * server.script(breakAfter(3, anthropicAnswer({ text: ["Hel", "lo"] })));
 * // … let the worker ask `server.url` …
 * server.requests[0]?.json;                        // what arrived on the wire
 * await server.waitUntilLeft(server.requests[0]);  // when the client closed its connection
 * ```
 *
 * A scenario is plain data: a list of steps (`head`, `send`, `pauseMs`, `stall`, `hold`, `breakSocket`) and then a clean
 * end. `anthropicAnswer` and `azureAnswer` build whole streams, one step a frame; `endAfter`, `breakAfter`,
 * `stallAfter`, `insertAfter`, `slowly`, `cutAt`, `cutEvery` and `withLineEnding` spoil them; `faults` holds what is the
 * same on every wire. `main.ts` runs the server as a process of its own, steered over HTTP (see `control.ts`).
 */
export { anthropicAnswer, anthropicError, anthropicErrorFrame, anthropicFrame } from "./anthropic.ts";
export type { AnthropicAnswer } from "./anthropic.ts";
export {
  azureAnswer,
  azureContentFiltered,
  azureError,
  azureErrorFrame,
  azureFrame,
  azureUnsupported,
  tokenAnswer,
} from "./azure.ts";
export type { AzureAnswer } from "./azure.ts";
export type { RemoteScript } from "./control.ts";
export { faults, jsonAnswer, plainAnswer } from "./faults.ts";
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
