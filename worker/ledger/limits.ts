import { defaultShares, type Assistant } from "../assistants/assistant.ts";
import type { NanoUsd } from "../models/prices.ts";

/** The limits that an assistant's ledger applies. An undefined cap is no limit. */
export interface LedgerLimits {
  turnsPerDay: number;
  turnsPerMinute: number;
  runningTurns: number;
  /**
   * The visitor's object applies these two first. Here they hold even if the visitor deletes their data, and with it
   * what that object has counted.
   */
  visitorTurnsPerDay: number;
  visitorTurnsPerMinute: number;
  nanoUsdPerDay?: NanoUsd;
  nanoUsdPerMonth?: NanoUsd;
  /** The share of each cap, and of the turns of everybody, that one visitor and one address may use. */
  visitorShare: number;
  addressShare: number;
}

/** Reads the ledger's limits from an assistant. */
export function limitsOf({ limits, budget }: Assistant): LedgerLimits {
  const { turnsPerDay, turnsPerMinute, runningTurns, visitorTurnsPerDay, visitorTurnsPerMinute } = limits;
  const turns = { turnsPerDay, turnsPerMinute, runningTurns, visitorTurnsPerDay, visitorTurnsPerMinute };
  return { ...turns, ...(budget ?? defaultShares) };
}
