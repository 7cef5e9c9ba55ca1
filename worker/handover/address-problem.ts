const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/**
 * Checks the URL that messages go to.
 * @returns how to fix the URL, without repeating any part of it; undefined if it is valid
 */
export function addressProblem(url: string | undefined): string | undefined {
  if (url === undefined) return "set it to a URL";
  const parsed = URL.parse(url);
  const isSafe = parsed?.protocol === "https:" || loopback.test(url);
  if (parsed === null || !isSafe) return "set it to a full URL that begins with https://";
  // `fetch` refuses a URL with a user name or password.
  return parsed.username || parsed.password ? "leave the user name and password out of it" : undefined;
}
