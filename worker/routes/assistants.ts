import { Hono, type Context } from "hono";
import { etag } from "hono/etag";
import { ChatError } from "../../protocol/index.ts";
import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import { connect } from "../assistants/connect.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { publicProfile } from "../assistants/profile.ts";
import { canHandOver } from "../assistants/readiness.ts";
import type { Project } from "../assistants/project.ts";
import type { Settings } from "../settings.ts";
import { checkOrigin } from "../guards/origin.ts";
import type { AppEnv } from "../guards/variables.ts";
import { limitsOf } from "../ledger/limits.ts";
import { inJurisdiction } from "../jurisdiction.ts";
import { Availability } from "./availability.ts";

/** The route of an assistant's public profile. */
export function assistantRoutes(project: Project, assistants: AssistantLookup): Hono<AppEnv> {
  const availability = new Availability();
  return new Hono<AppEnv>().get("/:assistant", etag(), async (c) => {
    const settings = c.get("settings");
    const id = c.req.param("assistant");
    const assistant = assistants.find(id, settings.isDevelopment);
    if (assistant === undefined) throw new ChatError("not_found", { detail: assistants.explainMissing(id) });
    checkOrigin(c.req.raw, assistant.origins, id);
    const keepAlive = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
    const hasRoom = await availability.hasRoom(assistant, () => askLedger(c, assistant), keepAlive);
    const isAvailable = hasRoom && assistant.models.some(isConnected(project, settings));
    const offer = { available: isAvailable, handover: canHandOver(assistant, settings) };
    return c.json(publicProfile(assistant, offer, c.req.query("lang")));
  });
}

function isConnected(project: Project, settings: Settings): (model: AssistantModel) => boolean {
  return ({ connection }) => "provider" in connect(project, connection, settings);
}

/** Whether the assistant's own limits allow another turn. */
async function askLedger(c: Context<AppEnv>, assistant: Assistant): Promise<boolean> {
  const ledgers = inJurisdiction(c.env.LEDGER, c.get("settings").jurisdiction);
  return ledgers.get(ledgers.idFromName(assistant.id)).hasRoom(limitsOf(assistant));
}
