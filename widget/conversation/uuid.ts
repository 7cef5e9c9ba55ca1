/**
 * A random UUID (RFC 9562, version 4). `crypto.randomUUID` exists only in secure contexts, and developers test sites
 * over plain http from another machine.
 */
export function createUuid(): string {
  // the third group starts with the version, the fourth with the variant: 8, 9, a or b
  return "00000000-0000-4000-8000-000000000000".replace(/[08]/g, (digit) => {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (Number(digit) | (byte & (digit === "8" ? 3 : 15))).toString(16);
  });
}
