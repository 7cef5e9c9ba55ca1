import { anthropicTraits } from "./anthropic/traits.ts";
import { azureTraits } from "./azure/traits.ts";
import type { ProviderTraits } from "./provider.ts";

/**
 * The traits of all providers, by the `provider` of a connection. They are separate from the adapters, because loading
 * the adapters' SDKs would take most of a command's start-up time.
 */
export const traits: Readonly<Record<string, ProviderTraits>> = { anthropic: anthropicTraits, azure: azureTraits };
