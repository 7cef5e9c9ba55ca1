/** A mistake that the operator can correct. Its message says how, and nothing else is printed. */
export class Mistake extends Error {
  override readonly name = "Mistake";
}

/** Ends this script if nothing handles an error: a mistake is printed as its message, a bug with its stack. */
export function explainMistakes(): void {
  process.on("uncaughtException", (error) => {
    console.error(error instanceof Mistake ? error.message : error);
    process.exit(1);
  });
}

/** Prints a problem that the operator should know about, but that does not stop the command. */
export function warn(sentence: string): void {
  console.error(`Warning: ${sentence}`);
}
