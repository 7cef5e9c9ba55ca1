import type { Handover } from "./handover.ts";

/** A request to the operator's address. */
export interface HandoverRequestParts {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What a response means: the message was accepted, a later attempt may be accepted, or no attempt will be. */
export type Verdict = "accepted" | "later" | "refused";

/** Where an operator receives messages. */
export interface HandoverAddress {
  /** Writes a message as a request. @param now milliseconds since the epoch: the time of the attempt */
  write(handover: Handover, now: number): Promise<HandoverRequestParts>;
  /** Judges a response. It may read a bounded part of the body. */
  judge(response: Response): Promise<Verdict>;
}

/** An address that can be used, or one sentence per problem that prevents it. */
export type OpenedAddress = { address: HandoverAddress } | { problems: string[] };
