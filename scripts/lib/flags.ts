/** Reads all values of one flag of `wrangler dev` in every form: `--var A:1 B:2`, `--var=A:1`, repeated or not. */
export function flagValues(args: readonly string[], name: string): string[] {
  const values: string[] = [];
  let inside = false;
  for (const arg of args) {
    const [flag, value] = split(arg);
    if (flag === undefined) {
      if (inside) values.push(arg);
      continue;
    }
    inside = flag === name;
    if (inside && value !== undefined) values.push(value);
  }
  return values;
}

function split(arg: string): [flag?: string, value?: string] {
  const match = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/s.exec(arg);
  return match ? [match[1], match[2]] : [];
}

/** Reads the last value of a flag. */
export function flagValue(args: readonly string[], name: string): string | undefined {
  return flagValues(args, name).at(-1);
}

/** Prints how to use a script and ends it, if its arguments contain `--help` or `-h`. */
export function answerHelp(args: readonly string[], usage: string): void {
  if (!args.includes("--help") && !args.includes("-h")) return;
  console.log(usage);
  process.exit();
}

/** Returns the flags, preceded by the defaults of those that are not set. */
export function addDefaults(args: readonly string[], defaults: Readonly<Record<string, string>>): string[] {
  const missing = Object.entries(defaults).filter(([name]) => flagValue(args, name) === undefined);
  return [...missing.flat(), ...args];
}

/** Reads `--var NAME:value` flags as an object. */
export function readVariables(args: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    flagValues(args, "--var").map((pair) => {
      const colon = pair.indexOf(":");
      return [pair.slice(0, colon), pair.slice(colon + 1)];
    }),
  );
}
