import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder to measure on: a path of one's own, or a name in the corpus. Undefined where it is not there. */
export function realFolder(wanted: string): string | undefined {
  const corpus = process.env.SWITCHBACK_CORPUS;
  const own = resolve(process.env.INIT_CWD ?? ".", wanted);
  const places = [own, ...(corpus ? [join(corpus, "sets", wanted)] : [])];
  return places.find((place) => existsSync(place));
}
