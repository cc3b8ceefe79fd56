import { dirname, join } from "node:path";

export interface FileMove {
  readonly file: string;
  readonly to: string;
}

/** Moves in an order in which every new name is free; of files that trade their names one steps aside first. */
export function freeMoves(moves: readonly FileMove[]): FileMove[] {
  const waiting = [...moves];
  const ordered: FileMove[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ to }) => !waiting.some(({ file }) => file === to));
    const [move] = waiting.splice(Math.max(free, 0), 1);
    if (!move) break;
    if (free >= 0) {
      ordered.push(move);
      continue;
    }
    const aside = join(dirname(move.file), `.switchback-aside-${ordered.length}.tmp`);
    ordered.push({ file: move.file, to: aside });
    waiting.push({ file: aside, to: move.to });
  }
  return ordered;
}
