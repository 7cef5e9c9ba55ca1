import * as v from "valibot";
import { heartbeatMs } from "../protocol/index.ts";
import type { LedgerObject } from "./ledger/ledger.ts";
import type { VisitorObject } from "./visitor/visitor.ts";

/** The bindings that `wrangler.toml` declares, and the variables and secrets beside them. */
export interface Env {
  VISITOR: DurableObjectNamespace<VisitorObject>;
  LEDGER: DurableObjectNamespace<LedgerObject>;
  /** Questions an address may ask, where the operator binds it. */
  ADDRESS_LIMIT?: RateLimit;
  /** Sessions an address may begin, where the operator binds it. */
  SESSION_LIMIT?: RateLimit;
}

/** What the environment sets, after its checks. Times in milliseconds. */
export interface Settings {
  /** Signs session tokens. */
  sessionSecret: string;
  /** Still accepted after a change of the first one. */
  previousSessionSecret?: string;
  /** Set by the project's own scripts for development, never in a deployment. */
  isDevelopment: boolean;
  providerTimeouts: { firstByteMs: number; silenceMs: number };
  /** The longest that a turn may take. */
  turnTimeoutMs: number;
  /** How long a turn that nobody follows goes on. */
  graceMs: number;
  /** After so much silence a stream sends a comment, which is also how a follower that left is noticed. */
  heartbeatMs: number;
  /** How long a conversation is kept after it was touched last. */
  retentionMs: number;
  /** Where set, a site can say who its visitor is. */
  identitySecret?: string;
  /** Turnstile: its secret, where an assistant asks for a challenge, and where it is asked and loaded from. */
  turnstile: { secret?: string; verifyUrl: string; scriptUrl: string };
  /** Where the operator is told of his budget and of a provider that refuses him. */
  webhookUrl?: string;
  /** Where conversations must stay. */
  jurisdiction?: "eu";
  /** Reads a variable that a connection names; an empty one counts as missing. */
  variable(name: string): string | undefined;
}

/** The environment lacks something without which the worker must not serve. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

function milliseconds(fallback: number): v.GenericSchema<unknown, number> {
  return v.optional(
    v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/, "write a number of milliseconds, 1 or more"), v.transform(Number)),
    String(fallback),
  );
}

function url(fallback: string): v.GenericSchema<unknown, string> {
  return v.optional(v.pipe(v.string(), v.url("write a whole URL")), fallback);
}

const secretMend = "set it to 32 random characters or more: `npx wrangler secret put SESSION_SECRET`";

const schema = v.object({
  SESSION_SECRET: v.pipe(v.string(secretMend), v.nonEmpty(secretMend)),
  SESSION_SECRET_PREVIOUS: v.optional(v.string()),
  ENVIRONMENT: v.optional(v.string()),
  PROVIDER_FIRST_BYTE_TIMEOUT_MS: milliseconds(60_000),
  PROVIDER_SILENCE_TIMEOUT_MS: milliseconds(45_000),
  TURN_TIMEOUT_MS: milliseconds(600_000),
  GRACE_MS: milliseconds(60_000),
  HEARTBEAT_MS: milliseconds(heartbeatMs),
  RETENTION_DAYS: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,4}(\.\d+)?$/, "write a number of days"), v.transform(Number)),
    "30",
  ),
  IDENTITY_SECRET: v.optional(v.string()),
  TURNSTILE_SECRET_KEY: v.optional(v.string()),
  TURNSTILE_VERIFY_URL: url("https://challenges.cloudflare.com/turnstile/v0/siteverify"),
  TURNSTILE_SCRIPT_URL: url("https://challenges.cloudflare.com/turnstile/v0/api.js"),
  OPERATOR_WEBHOOK_URL: v.optional(v.union([v.literal(""), v.pipe(v.string(), v.url())], "write a whole URL")),
  DATA_JURISDICTION: v.optional(v.picklist(["", "eu"], "write eu, or leave it out")),
});

const known = new WeakMap<object, Settings>();

/**
 * Reads the settings of an environment, once each.
 * @throws SettingsError that names the variable and the mend
 */
export function readSettings(env: object): Settings {
  const found = known.get(env);
  if (found) return found;
  const settings = parseSettings(env);
  known.set(env, settings);
  return settings;
}

function parseSettings(env: object): Settings {
  const result = v.safeParse(schema, env);
  if (!result.success) {
    const lines = result.issues.map((issue) => `${v.getDotPath(issue) ?? "environment"}: ${issue.message}`);
    throw new SettingsError(lines.join("; "));
  }
  const values = result.output;
  const isDevelopment = values.ENVIRONMENT === "development";
  if (values.SESSION_SECRET.length < 32 && !isDevelopment) throw new SettingsError(`SESSION_SECRET: ${secretMend}`);
  return {
    sessionSecret: values.SESSION_SECRET,
    previousSessionSecret: values.SESSION_SECRET_PREVIOUS || undefined,
    isDevelopment,
    providerTimeouts: {
      firstByteMs: values.PROVIDER_FIRST_BYTE_TIMEOUT_MS,
      silenceMs: values.PROVIDER_SILENCE_TIMEOUT_MS,
    },
    turnTimeoutMs: values.TURN_TIMEOUT_MS,
    graceMs: values.GRACE_MS,
    heartbeatMs: values.HEARTBEAT_MS,
    retentionMs: values.RETENTION_DAYS * 24 * 60 * 60 * 1000,
    identitySecret: values.IDENTITY_SECRET || undefined,
    turnstile: {
      secret: values.TURNSTILE_SECRET_KEY || undefined,
      verifyUrl: values.TURNSTILE_VERIFY_URL,
      scriptUrl: values.TURNSTILE_SCRIPT_URL,
    },
    webhookUrl: values.OPERATOR_WEBHOOK_URL || undefined,
    jurisdiction: values.DATA_JURISDICTION || undefined,
    variable: (name) => readVariable(env, name),
  };
}

function readVariable(env: object, name: string): string | undefined {
  const value: unknown = Object.hasOwn(env, name) ? Reflect.get(env, name) : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}
