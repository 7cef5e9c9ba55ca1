import { Hono } from "hono";
import { etag } from "hono/etag";
import { ChatError } from "../../protocol/index.ts";
import { connect } from "../assistants/connect.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { publicProfile } from "../assistants/profile.ts";
import type { Project } from "../assistants/project.ts";
import { checkOrigin } from "../guards/origin.ts";
import type { AppEnv } from "../guards/variables.ts";

/** The public profile of an assistant. */
export function assistantRoutes(project: Project, assistants: AssistantLookup): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/:assistant", etag(), (c) => {
    const settings = c.get("settings");
    const assistant = assistants.find(c.req.param("assistant"), settings.isDevelopment);
    if (assistant === undefined) throw new ChatError("not_found");
    checkOrigin(c.req.raw, assistant.origins);
    const isAvailable = "provider" in connect(project, assistant.connection, settings);
    c.header("cache-control", "public, max-age=60");
    return c.json(publicProfile(assistant, isAvailable));
  });
}
