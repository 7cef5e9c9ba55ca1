import { Hono, type ErrorHandler, type Handler, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { requestId } from "hono/request-id";
import packageJson from "../package.json" with { type: "json" };
import { ChatError, errorBody, errorStatus, type ErrorCode, type Health } from "../protocol/index.ts";
import { createLookup, type AssistantLookup } from "./assistants/lookup.ts";
import type { Project } from "./assistants/project.ts";
import { readinessOf, type Readiness } from "./assistants/readiness.ts";
import { readSettings, SettingsError } from "./settings.ts";
import { limitAddress } from "./guards/address.ts";
import { cacheControl } from "./guards/cache-control.ts";
import { originGuard } from "./guards/origin.ts";
import { sessionGuard } from "./guards/session.ts";
import type { AppEnv } from "./guards/variables.ts";
import { describeBug, log } from "./log.ts";
import { assistantRoutes } from "./routes/assistants.ts";
import { challengeRoutes } from "./routes/challenge.ts";
import { conversationRoutes } from "./routes/conversations.ts";
import { frontPage } from "./routes/front-page.ts";
import { messageRoutes } from "./routes/messages.ts";
import { operatorRoutes } from "./routes/operator.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { visitorRoutes } from "./routes/visitor.ts";

/**
 * Builds the worker's HTTP app: its middleware and routes, in order.
 * @param project the result of `defineProject`
 */
export function createApp(project: Project): Hono<AppEnv> {
  const assistants = createLookup(project);
  const guarded = sessionGuard(assistants);
  return new Hono<AppEnv>()
    .use(cacheControl)
    .use(requestId({ limitLength: 0 })) // 0: an id that the client sends is never used
    .use(secureHeaders(headers))
    .use(allowOrigins)
    .use(logRequest)
    .get("/", frontPage(packageJson.version))
    .get("/v1/health", reportHealth(project, assistants))
    .use(useSettings)
    .use(strictTransport)
    .route("/v1/operator", operatorRoutes(assistants))
    .use("/v1/*", originGuard(assistants.origins), limitAddress("REQUEST_LIMIT"))
    .route("/v1/assistants", assistantRoutes(project, assistants))
    .route("/v1/sessions", sessionRoutes(assistants))
    .route("/v1/challenge", challengeRoutes(assistants))
    .use("/v1/*", guarded)
    .route("/v1/conversations", conversationRoutes())
    .route("/v1/visitor", visitorRoutes())
    .route("/v1", messageRoutes())
    .notFound(() => {
      throw new ChatError("not_found");
    })
    .onError(answerError);
}

/**
 * Security headers of every response. Only the front page and the challenge frame are pages; they set their own
 * policies.
 */
const headers = {
  crossOriginResourcePolicy: "cross-origin",
  crossOriginOpenerPolicy: false,
  xFrameOptions: false, // the challenge is shown in a frame; its `frame-ancestors` says on which pages
  contentSecurityPolicy: undefined,
  strictTransportSecurity: false, // it concerns the whole host, so the operator decides
} as const;

/** Any origin may read a response, errors included. The guards decide which origin may use an assistant. */
const allowOrigins = cors({
  origin: "*",
  allowMethods: ["GET", "POST", "PATCH", "DELETE"],
  allowHeaders: ["Authorization", "Content-Type", "Last-Event-ID", "If-None-Match"],
  exposeHeaders: ["x-request-id", "Retry-After", "ETag", "Server-Timing"],
  maxAge: 7200, // Chromium's maximum, in seconds
});

/** Reports whether visitors can get answers. Details are only logged, because anybody may read the response. */
function reportHealth(project: Project, assistants: AssistantLookup): Handler<AppEnv> {
  return (c) => {
    const { canAnswer, missing, problems } = inspect(c.env, project, assistants);
    if (problems.length > 0) log("warning", "not_configured", { detail: problems.join("; ") });
    const status = canAnswer ? "ok" : "not_configured";
    return c.json<Health>({ status, version: packageJson.version, notConfigured: [...missing] }, canAnswer ? 200 : 503);
  };
}

function inspect(env: object, project: Project, assistants: AssistantLookup): Readiness {
  try {
    const settings = readSettings(env);
    return readinessOf(project, assistants.available(settings.isDevelopment), settings);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { canAnswer: false, missing: ["worker"], problems: [error.message] };
  }
}

const useSettings: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set("settings", readSettings(c.env));
  await next();
};

/** How long browsers use only HTTPS if the operator sets `HSTS`, in seconds: a year. */
const strictTransportSeconds = 365 * 24 * 60 * 60;

/** Sends the header for this host only: its subdomains can belong to somebody else. */
const strictTransport: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { isHttpsOnly } = c.get("settings");
  if (isHttpsOnly) c.res.headers.set("strict-transport-security", `max-age=${strictTransportSeconds}`);
};

/** An error with one of these codes and a detail points to a mistake in the setup, so it is logged as a warning. */
const setupCodes: readonly (ErrorCode | undefined)[] = ["unauthorized", "origin_not_allowed", "not_found"];

const logRequest: MiddlewareHandler<AppEnv> = async (c, next) => {
  const startedAt = Date.now();
  await next();
  const { method, path } = c.req;
  const { status } = c.res;
  const code = c.error instanceof ChatError ? c.error.code : undefined;
  const detail = c.error instanceof ChatError ? c.error.detail : undefined;
  const fields = { requestId: c.get("requestId"), method, path, status, ms: Date.now() - startedAt, code, detail };
  const level = status >= 500 ? "error" : detail !== undefined && setupCodes.includes(code) ? "warning" : "info";
  // Written once the response has left, so that no visitor waits for a log line.
  const written = scheduler.wait(0).then(() => log(level, "request", fields));
  c.executionCtx.waitUntil(written);
};

const answerError: ErrorHandler<AppEnv> = (error, c) => {
  const id = c.get("requestId");
  const failure = toChatError(error, id);
  const { code, retryAfterMs } = failure;
  if (retryAfterMs !== undefined) c.header("Retry-After", String(Math.ceil(retryAfterMs / 1000)));
  return c.json(errorBody(failure, id), errorStatus(code));
};

function toChatError(error: Error, id: string): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof SettingsError) {
    log("error", "not_configured", { requestId: id, detail: error.message });
    return new ChatError("not_configured");
  }
  log("error", "bug", { requestId: id, ...describeBug(error) });
  return new ChatError("internal");
}
