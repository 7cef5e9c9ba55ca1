import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The secret that signs session tokens in development. It is stored next to the worker's state, so that visitors keep
 * their conversations after a restart.
 * @param folder where the worker stores its state
 */
export function developmentSecret(folder: string): string {
  const file = join(folder, "session-secret");
  if (existsSync(file)) return readFileSync(file, "utf8");
  mkdirSync(folder, { recursive: true });
  const secret = randomBytes(32).toString("base64url");
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}
