import type { SourceFile } from "../migration/model.ts";
import { LineMap } from "../sql/line-map.ts";

/** Lines of any file of the folder by its path; those of an empty file where there is no such path. */
export type LineMaps = (path: string) => LineMap;

export function lineMaps(files: readonly SourceFile[]): LineMaps {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const known = new Map<string, LineMap>();
  return (path) => {
    const lines = known.get(path) ?? new LineMap(texts.get(path) ?? "");
    known.set(path, lines);
    return lines;
  };
}
