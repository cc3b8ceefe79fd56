import { distance } from "fastest-levenshtein";

/** The words that may have been meant, the nearest first: none where none is close enough to be worth a guess. Ignores case. */
export function nearWords(given: string, words: Iterable<string>): string[] {
  const wanted = given.toLowerCase();
  // Short words differ in everything by two letters.
  const most = wanted.length <= 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  const near: { readonly word: string; readonly steps: number }[] = [];
  for (const word of words) {
    const steps = distance(wanted, word.toLowerCase());
    if (steps <= most) near.push({ word, steps });
  }
  return near.sort((a, b) => a.steps - b.steps).map(({ word }) => word);
}

export function nearestWord(given: string, words: Iterable<string>): string | undefined {
  return nearWords(given, words)[0];
}
