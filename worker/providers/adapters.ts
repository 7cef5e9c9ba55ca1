import { anthropic } from "./anthropic/anthropic.ts";
import { azure } from "./azure/azure.ts";
import type { ProviderAdapter } from "./provider.ts";

/** All adapters, by the `provider` of a connection. A new provider is one folder, one line here and one in `traits.ts`. */
export const adapters: Readonly<Record<string, ProviderAdapter>> = { anthropic, azure };
