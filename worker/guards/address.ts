import type { Context, MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { Env } from "../env.ts";
import { hash } from "./identity.ts";
import type { AppEnv } from "./variables.ts";

/** The bindings that limit requests per address. Each is optional. */
type Limiter = "REQUEST_LIMIT" | "ADDRESS_LIMIT" | "SESSION_LIMIT" | "EXPORT_LIMIT";

/** The period of these bindings, in milliseconds. A client that is refused is asked to wait this long. */
const periodMs = 60_000;

/**
 * Limits how many requests an address may send per minute. The binding counts the requests in each Cloudflare location
 * separately, and only approximately. The visitor's object and the ledger later apply exact limits to turns and to
 * messages to a person.
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

/** An opaque id of the client's address, for the ledger. It is salted, so that the address cannot be looked up. */
export async function addressKey(c: Context<AppEnv>): Promise<string> {
  const address = addressOf(c.req.raw.headers) ?? "loopback";
  return `address ${(await hash(`${c.get("settings").sessionSecret}\n${address}`)).slice(0, 32)}`;
}

/**
 * The client's address, as Cloudflare saw it. An IPv6 address is truncated to its /64 prefix, because a household
 * usually has a whole /64.
 * @returns undefined if the header is missing or has a loopback address, which only occurs in development
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
