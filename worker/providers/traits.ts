import { anthropicTraits } from "./anthropic/traits.ts";
import { azureTraits } from "./azure/traits.ts";
import type { ProviderTraits } from "./provider.ts";

/**
 * All providers, by the `provider` of a connection. They stand apart from the adapters, whose SDKs take most of the time
 * that a command needs to start.
 */
export const traits: Readonly<Record<string, ProviderTraits>> = { anthropic: anthropicTraits, azure: azureTraits };
