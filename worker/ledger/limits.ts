import { defaultShares, type Assistant } from "../assistants/assistant.ts";
import type { NanoUsd } from "../models/prices.ts";

/** The limits that an assistant's ledger applies. A cap that is undefined limits nothing. */
export interface LedgerLimits {
  turnsPerDay: number;
  turnsPerMinute: number;
  runningTurns: number;
  /**
   * The visitor's object applies these two first. The ledger applies them again, because visitors who delete their data
   * also delete what their object has counted.
   */
  visitorTurnsPerDay: number;
  visitorTurnsPerMinute: number;
  nanoUsdPerDay?: NanoUsd;
  nanoUsdPerMonth?: NanoUsd;
  /** The share of each cap, and of each limit on everybody's turns, that one visitor or one address may use. */
  visitorShare: number;
  addressShare: number;
}

/** Reads the ledger's limits from an assistant. */
export function limitsOf({ limits, budget }: Assistant): LedgerLimits {
  const { turnsPerDay, turnsPerMinute, runningTurns, visitorTurnsPerDay, visitorTurnsPerMinute } = limits;
  const turns = { turnsPerDay, turnsPerMinute, runningTurns, visitorTurnsPerDay, visitorTurnsPerMinute };
  return { ...turns, ...(budget ?? defaultShares) };
}
