import type { ChildProcess } from "node:child_process";

/** Calls a function of another process. */
export type Call = (name: string, argument?: unknown) => Promise<unknown>;

type Question = { id: number; name: string; argument: unknown };
type Answer = { id: number; value?: unknown; error?: string };

/** Answers the calls of the process that started this one. */
export function serve(functions: Readonly<Record<string, (argument: never) => unknown>>): void {
  process.channel?.ref(); // keeps this process alive while calls can arrive
  process.on("message", (question: Question) => {
    const { id, name, argument } = question;
    const answer = async () => functions[name]?.(argument as never);
    answer().then(
      (value) => process.send?.({ id, value } satisfies Answer),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
    );
  });
}

/** Lets this process call the functions that a child serves. */
export function connect(child: ChildProcess, childName: string): Call {
  const open = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  child.on("message", (answer: Answer) => {
    open.get(answer.id)?.(answer);
    open.delete(answer.id);
  });
  child.on("exit", () => {
    for (const [id, resolve] of open) resolve({ id, error: `${childName} has ended` });
    open.clear();
  });
  return async (name, argument) => {
    const id = (lastId += 1);
    const answered = Promise.withResolvers<Answer>();
    open.set(id, answered.resolve);
    child.send({ id, name, argument } satisfies Question);
    const { value, error } = await answered.promise;
    if (error !== undefined) throw new Error(`${childName}: ${error}`);
    return value;
  };
}
