import { endNode } from "../../../scripts/lib/lifetime.ts";
import type { Preparation, Questions, ReceivedStream } from "../load/target.ts";
import type { SentStream } from "../upstream/sent.ts";
import type { Pace } from "./pieces.ts";
import { startPart } from "./programs.ts";
import { connect } from "./rpc.ts";

/** The two processes around a contestant: the provider that it calls, and the visitors that call it. */
export interface Rig {
  upstreamUrl: string;
  setPace(pace: Pace): Promise<void>;
  takeSent(): Promise<SentStream[]>;
  /** @returns how long each session took, in milliseconds */
  prepare(preparation: Preparation): Promise<number[]>;
  ask(questions: Questions): Promise<ReceivedStream[]>;
  /** CPU time that the load itself has used so far. */
  loadProcessorMs(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts both processes. */
export async function startRig(): Promise<Rig> {
  const upstreamProcess = startPart("bench/worker/upstream/main.ts");
  const loadProcess = startPart("bench/worker/load/main.ts");
  const upstream = connect(upstreamProcess, "the upstream");
  const load = connect(loadProcess, "the load");
  return {
    upstreamUrl: (await upstream("url")) as string,
    setPace: async (pace) => void (await upstream("setPace", pace)),
    takeSent: async () => (await upstream("takeSent")) as SentStream[],
    prepare: async (preparation) => (await load("prepare", preparation)) as number[],
    ask: async (questions) => (await load("ask", questions)) as ReceivedStream[],
    loadProcessorMs: async () => (await load("processorMs")) as number,
    stop: async () => void (await Promise.all([endNode(upstreamProcess), endNode(loadProcess)])),
  };
}
