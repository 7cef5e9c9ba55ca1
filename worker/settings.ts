import * as v from "valibot";
import { heartbeatMs } from "../protocol/index.ts";

/** The values of the environment after their checks. Times in milliseconds. */
export interface Settings {
  /** Signs session tokens. */
  sessionSecret: string;
  /** The previous session secret. Tokens that were signed with it are still accepted. */
  previousSessionSecret?: string;
  /** Set by the project's own scripts for development, never in a deployment. */
  isDevelopment: boolean;
  providerTimeouts: { firstByteMs: number; silenceMs: number };
  /** How long one attempt to deliver a message to a person may take. */
  handoverTimeoutMs: number;
  /** How long a turn may take at most. */
  turnTimeoutMs: number;
  /** How long a turn continues while nobody follows it. */
  graceMs: number;
  /** How long a stream can be silent at most. It then sends a comment, which also shows whether its reader left. */
  heartbeatMs: number;
  /** How long a conversation is kept after its last change. */
  retentionMs: number;
  /** If set, a site can state who its visitor is. */
  identitySecret?: string;
  /** If set, a request that sends it may use the operator's routes. */
  operatorSecret?: string;
  /** Whether browsers are told to use HTTPS only. */
  isHttpsOnly: boolean;
  /** Turnstile: its secret, which assistants with a challenge need, and the addresses of its API and its script. */
  turnstile: { secret?: string; verifyUrl: string; scriptUrl: string };
  /**
   * Receives notices for the operator: a limit or a cap is nearly or fully used, an hour's spending is unusually high,
   * or a provider refuses the key, the model or a request.
   */
  webhookUrl?: string;
  /** Where conversations must stay. */
  jurisdiction?: "eu";
  /** Reads a variable that a connection or a handover names. An empty variable counts as missing. */
  variable(name: string): string | undefined;
}

/** A variable or secret of the worker is missing or not valid. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** A variable must be a string. Without quotation marks, a number in `wrangler.toml` reaches the worker as a number. */
const text = v.string("write it in quotation marks");

function milliseconds(fallback: number): v.GenericSchema<unknown, number> {
  return v.optional(
    v.pipe(text, v.regex(/^[1-9]\d{0,8}$/, "write a number of milliseconds, 1 or more"), v.transform(Number)),
    String(fallback),
  );
}

function url(fallback: string): v.GenericSchema<unknown, string> {
  return v.optional(v.pipe(text, v.url("write a full URL")), fallback);
}

const secretFix = "set it to 32 random characters or more: `npx wrangler secret put SESSION_SECRET`";

const schema = v.object({
  SESSION_SECRET: v.optional(v.pipe(v.string(secretFix), v.nonEmpty(secretFix)), ""),
  SESSION_SECRET_PREVIOUS: v.optional(text),
  ENVIRONMENT: v.optional(text),
  PROVIDER_FIRST_BYTE_TIMEOUT_MS: milliseconds(60_000),
  PROVIDER_SILENCE_TIMEOUT_MS: milliseconds(45_000),
  HANDOVER_TIMEOUT_MS: milliseconds(5000),
  TURN_TIMEOUT_MS: milliseconds(600_000),
  GRACE_MS: milliseconds(60_000),
  HEARTBEAT_MS: milliseconds(heartbeatMs),
  RETENTION_DAYS: v.optional(
    v.pipe(text, v.regex(/^\d{1,4}(\.\d+)?$/, "write a number of days"), v.transform(Number)),
    "30",
  ),
  IDENTITY_SECRET: v.optional(text),
  OPERATOR_SECRET: v.optional(text),
  HSTS: v.optional(v.picklist(["", "true", "false"], "write true, or leave it out")),
  TURNSTILE_SECRET_KEY: v.optional(text),
  TURNSTILE_VERIFY_URL: url("https://challenges.cloudflare.com/turnstile/v0/siteverify"),
  TURNSTILE_SCRIPT_URL: url("https://challenges.cloudflare.com/turnstile/v0/api.js"),
  // The message never contains the value: anybody who knows a webhook's URL can post to it.
  OPERATOR_WEBHOOK_URL: v.optional(
    v.pipe(
      text,
      v.check((value) => value === "" || URL.canParse(value), "write a full URL"),
    ),
  ),
  DATA_JURISDICTION: v.optional(v.picklist(["", "eu"], "write eu, or leave it out")),
});

/** The variables of the worker, without those that the connections name. */
export const variableNames: readonly string[] = Object.keys(schema.entries);

const known = new WeakMap<object, Settings>();

/**
 * Reads the settings of an environment. They are parsed once per environment object and then kept in memory.
 * @throws SettingsError that names the variable and what to do
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
  checkSecrets(values);
  return {
    sessionSecret: values.SESSION_SECRET,
    previousSessionSecret: values.SESSION_SECRET_PREVIOUS || undefined,
    isDevelopment: values.ENVIRONMENT === "development",
    providerTimeouts: {
      firstByteMs: values.PROVIDER_FIRST_BYTE_TIMEOUT_MS,
      silenceMs: values.PROVIDER_SILENCE_TIMEOUT_MS,
    },
    handoverTimeoutMs: values.HANDOVER_TIMEOUT_MS,
    turnTimeoutMs: values.TURN_TIMEOUT_MS,
    graceMs: values.GRACE_MS,
    heartbeatMs: values.HEARTBEAT_MS,
    retentionMs: values.RETENTION_DAYS * 24 * 60 * 60 * 1000,
    identitySecret: values.IDENTITY_SECRET || undefined,
    operatorSecret: values.OPERATOR_SECRET || undefined,
    isHttpsOnly: values.HSTS === "true",
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

/** The minimum length of a secret, in characters: 16 random bytes in hexadecimal, which nobody can guess. */
const minSecretChars = 32;

/** The secrets that the operator makes up. */
const ownSecrets = ["SESSION_SECRET", "SESSION_SECRET_PREVIOUS", "IDENTITY_SECRET", "OPERATOR_SECRET"] as const;

/**
 * Checks that no secret is too short and that no two are the same. If `SESSION_SECRET` and `IDENTITY_SECRET` were the
 * same, a session token would pass as a `userToken`.
 */
function checkSecrets(values: { [Name in (typeof ownSecrets)[number]]?: string }): void {
  const earlier = new Map<string, string>();
  for (const name of ownSecrets) {
    const secret = values[name];
    if (!secret) continue;
    const command = `\`npx wrangler secret put ${name}\``;
    if (secret.length < minSecretChars) {
      const fix = `Set it to ${minSecretChars} random characters or more`;
      throw new SettingsError(`${name}: it has ${secret.length} characters. ${fix}: ${command}`);
    }
    const same = earlier.get(secret);
    if (same !== undefined)
      throw new SettingsError(`${name}: it is the same as ${same}. Give it its own value: ${command}`);
    earlier.set(secret, name);
  }
}

function readVariable(env: object, name: string): string | undefined {
  const value: unknown = Object.hasOwn(env, name) ? Reflect.get(env, name) : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}
