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

/** Prints something that a command can continue with, but that the operator should know. */
export function warn(sentence: string): void {
  console.error(`Warning: ${sentence}`);
}
