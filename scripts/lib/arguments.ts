import { parseArgs, type ParseArgsConfig } from "node:util";
import { Mistake } from "./mistake.ts";

/**
 * Reads the command line of a script.
 * @param usage one line, which ends the message of every mistake
 * @throws Mistake that names an unknown option, or an option without its value
 */
export function readArguments<Options extends NonNullable<ParseArgsConfig["options"]>>(
  usage: string,
  options: Options,
) {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    return { positionals, flags: values };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const [, unknown] = /^Unknown option '(.+?)'/.exec(message) ?? [];
    const [, incomplete] = /^Option '(?:-\w, )?(--[\w-]+) <value>' argument/.exec(message) ?? [];
    const reasons = [
      unknown === undefined ? "" : `There is no option ${unknown}.\n`,
      incomplete === undefined ? "" : `The option ${incomplete} needs a value.\n`,
    ];
    throw new Mistake(`${reasons.join("")}${usage}`);
  }
}
