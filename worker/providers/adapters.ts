import { anthropic } from "./anthropic/anthropic.ts";
import { azure } from "./azure/azure.ts";
import type { ProviderAdapter } from "./provider.ts";

/** Every adapter, by the name that a connection gives. A new provider is one file and one line here. */
export const adapters: Readonly<Record<string, ProviderAdapter>> = { anthropic, azure };
