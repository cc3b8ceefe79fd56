import { ComplaintError, Instance } from "./instance.ts";
import type { Request, Response } from "./messages.ts";
import { refuseForeignText } from "./refuse-foreign-code.ts";

/** Answers requests one after another, in the order in which they come. The thread is for nothing else. */
export function answerer(
  defaultAssets: string,
  post: (response: Response) => void,
): (request: Request) => void {
  refuseForeignText();
  let instance: Instance | undefined;
  let last: Promise<void> = Promise.resolve();

  const answer = async ({ id, order }: Request): Promise<Response> => {
    try {
      instance ??= new Instance((order.kind === "open" && order.assets) || defaultAssets);
      return { id, answer: await instance.carryOut(order) };
    } catch (error) {
      if (error instanceof ComplaintError) return { id, complaint: error.complaint };
      return { id, broken: wordsOf(error) };
    }
  };

  return (request) => {
    last = last.then(async () => post(await answer(request)));
  };
}

/** Emscripten throws plain objects too. */
function wordsOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === "object" ? `PGlite broke: ${JSON.stringify(error)}` : String(error);
}
