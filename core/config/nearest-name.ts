import { distance } from "fastest-levenshtein";

/** The name that was probably meant, or nothing where no name is close enough to be worth a guess. */
export function nearestName(given: string, names: Iterable<string>): string | undefined {
  const wanted = fold(given);
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const steps = distance(wanted, fold(name));
    if (steps < least) {
      least = steps;
      nearest = name;
    }
  }
  return nearest;
}

/** `failOn`, `fail-on` and `fail_on` are the same word. */
function fold(name: string): string {
  return name.replaceAll(/[-_\s]/g, "").toLowerCase();
}
