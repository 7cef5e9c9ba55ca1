import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";
import type { Fetch } from "./provider.ts";
import { errorFromRefusal } from "./refusal.ts";

/** An app registration in Microsoft Entra ID, with its client secret. */
export interface EntraClient {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** The sign-in host; sovereign clouds and tests have their own. */
  authorityHost: string;
  /** The scope that the token is requested for. */
  scope: string;
}

/** How long before its expiry a token is renewed, in milliseconds. */
const renewEarlyMs = 5 * 60_000;

const tokenSchema = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  // A number according to RFC 6749, section 5.1, but sovereign clouds and older endpoints send text.
  expires_in: v.union([v.pipe(v.number(), v.minValue(0)), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]),
});

/**
 * Requests tokens for one client and caches each until shortly before it expires. Only values are cached, never
 * promises, because a Worker must not await a promise that belongs to another request.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export class EntraToken {
  readonly #client: EntraClient;
  #token: string | undefined;
  #renewAt = 0;

  constructor(client: EntraClient) {
    this.#client = client;
  }

  /**
   * The token to send.
   * @throws ChatError `provider_rejected` if the client is refused, otherwise `provider_*` as for the provider itself
   */
  async get(fetch: Fetch, signal: AbortSignal): Promise<string> {
    if (this.#token !== undefined && Date.now() < this.#renewAt) return this.#token;
    const { tenantId, clientId, clientSecret, authorityHost, scope } = this.#client;
    const url = `${authorityHost.replace(/\/+$/, "")}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope,
    });
    const response = await fetch(url, { method: "POST", body, signal });
    if (response.status !== 200) throw await errorFromRefusal(response, "Microsoft Entra ID");
    return this.#keep(await readToken(response));
  }

  /** Discards a token that the provider refused, so that the next request gets a new one. */
  discard(token: string): void {
    if (this.#token === token) this.#token = undefined;
  }

  #keep(token: v.InferOutput<typeof tokenSchema>): string {
    this.#token = token.access_token;
    this.#renewAt = Date.now() + token.expires_in * 1000 - renewEarlyMs;
    return token.access_token;
  }
}

async function readToken(response: Response): Promise<v.InferOutput<typeof tokenSchema>> {
  const json: unknown = await response.json().catch((error: unknown) => {
    if (error instanceof ChatError) throw error;
    return undefined; // not JSON: handled like a wrong shape
  });
  const result = v.safeParse(tokenSchema, json);
  if (result.success) return result.output;
  throw new ChatError("provider_unavailable", { detail: "Microsoft Entra ID's response contains no token." });
}
