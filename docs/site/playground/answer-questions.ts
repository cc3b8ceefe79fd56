import type { Answer, Question } from "./answer.ts";
import { workerScope } from "./worker-scope.ts";

/** One answer for each question of the page, under the question's number; or the problem that there was with it. */
export function answerQuestions(answer: (question: Question) => Promise<Answer>): void {
  workerScope.onmessage = async ({ data }) => {
    const question = data as Question;
    const { id } = question;
    try {
      workerScope.postMessage({ id, ...(await answer(question)) });
    } catch (error) {
      workerScope.postMessage({ id, problem: error instanceof Error ? error.message : String(error) });
    }
  };
}
