import type { Assistant } from "../assistants/assistant.ts";
import type { NanoUsd } from "../models/prices.ts";

/** The limits that an assistant's ledger applies. An undefined cap is no limit. */
export interface LedgerLimits {
  turnsPerDay: number;
  turnsPerMinute: number;
  runningTurns: number;
  nanoUsdPerDay?: NanoUsd;
  nanoUsdPerMonth?: NanoUsd;
  /** The share of each cap that one visitor, and one address, may use. */
  visitorShare: number;
  addressShare: number;
}

/** Reads the ledger's limits from an assistant. */
export function limitsOf({ limits, budget }: Assistant): LedgerLimits {
  const { turnsPerDay, turnsPerMinute, runningTurns } = limits;
  const { nanoUsdPerDay, nanoUsdPerMonth, visitorShare = 1, addressShare = 1 } = budget ?? {};
  return { turnsPerDay, turnsPerMinute, runningTurns, nanoUsdPerDay, nanoUsdPerMonth, visitorShare, addressShare };
}
