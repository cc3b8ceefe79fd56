/** Lints away from the page's thread, with every change of the texts. */
import { answerQuestions } from "./answer-questions.ts";
import { checkTexts } from "./check-texts.ts";

answerQuestions(({ texts }) => checkTexts(texts));
