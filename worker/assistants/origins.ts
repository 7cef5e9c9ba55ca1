import { getPublicSuffix } from "tldts";

const wildcard = /^(https?):\/\/\*\.([a-z0-9.-]+)(:\d+)?$/;

/**
 * Checks a pattern for origins.
 * @param pattern an origin (`https://example.com`), one with a leading `*.`, or `http://localhost:*` for any port
 * @returns what is wrong and how to fix it, or undefined if the pattern is valid
 */
export function originProblem(pattern: string): string | undefined {
  if (pattern === "*" || pattern === "null") return "write out each origin that may use it";
  if (/^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/.test(pattern)) return undefined;
  const match = wildcard.exec(pattern);
  if (match) {
    const host = match[2] ?? "";
    if (host === "" || getPublicSuffix(host, { allowPrivateDomains: true }) === host) {
      return `anyone can register a name directly under ${host}: add your own name, as in https://*.my-project.${host}`;
    }
    return undefined;
  }
  return isOrigin(pattern) ? undefined : "write only scheme, host and port, as in https://www.example.com";
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/**
 * Whether an origin matches one of the patterns.
 * @param origin the `Origin` header as the browser sent it; the string `null` never matches
 * @param patterns valid according to `originProblem`
 */
export function isOriginAllowed(origin: string, patterns: readonly string[]): boolean {
  return origin !== "null" && patterns.some((pattern) => matches(origin, pattern));
}

function matches(origin: string, pattern: string): boolean {
  if (pattern.endsWith(":*")) {
    const start = pattern.slice(0, -2);
    return origin === start || (origin.startsWith(`${start}:`) && /^\d+$/.test(origin.slice(start.length + 1)));
  }
  const match = wildcard.exec(pattern);
  if (!match) return origin === pattern;
  const prefix = `${match[1]}://`;
  const suffix = `.${match[2]}${match[3] ?? ""}`;
  if (!origin.startsWith(prefix) || !origin.endsWith(suffix)) return false;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(origin.slice(prefix.length, -suffix.length));
}
