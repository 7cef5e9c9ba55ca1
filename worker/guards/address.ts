import type { Context, MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { Env } from "../env.ts";
import { hash } from "./identity.ts";
import type { AppEnv } from "./variables.ts";

/** The bindings that limit by address; an operator may leave them out. */
type Limiter = "ADDRESS_LIMIT" | "SESSION_LIMIT";

/** The period of both bindings, in milliseconds: what a refused address is told to wait. */
const periodMs = 60_000;

/**
 * Limits how often an address may ask. The binding counts a location apart from others and is approximate: a shield in
 * front of the accounts that the visitor's object and the ledger keep.
 * @throws ChatError `rate_limited`
 */
export function limitAddress(limiter: Limiter): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const address = addressOf(c.req.raw.headers);
    const binding: Env[Limiter] = c.env[limiter];
    if (address !== undefined && binding) {
      const { success } = await binding.limit({ key: address });
      if (!success) throw new ChatError("rate_limited", { retryAfterMs: periodMs });
    }
    await next();
  };
}

/** An opaque id of the address that asks, for the ledger: salted, so that it cannot be looked up. */
export async function addressKey(c: Context<AppEnv>): Promise<string> {
  const address = addressOf(c.req.raw.headers) ?? "loopback";
  return `address ${(await hash(`${c.get("settings").sessionSecret}\n${address}`)).slice(0, 32)}`;
}

/**
 * The address that asks, as Cloudflare saw it. Of IPv6 the first half: a household has all of the second one.
 * @returns undefined for this machine itself, which no deployment is asked from
 */
export function addressOf(headers: Headers): string | undefined {
  const address = headers.get("cf-connecting-ip") ?? "";
  if (address === "" || address === "::1" || address.startsWith("127.")) return undefined;
  return address.includes(":") ? firstHalf(address) : address;
}

function firstHalf(address: string): string {
  const [before = "", after] = address.toLowerCase().split("::");
  const groups = before.split(":").filter((group) => group !== "");
  const rest = (after ?? "").split(":").filter((group) => group !== "");
  const zeros =
    after === undefined ? [] : Array.from({ length: Math.max(8 - groups.length - rest.length, 0) }, () => "0");
  const all = [...groups, ...zeros, ...rest].map((group) => group.replace(/^0+(?=.)/, ""));
  return `${all.slice(0, 4).join(":")}::/64`;
}
