import type { Progress } from "#core/check-ports.ts";
import type { PullProgress } from "#core/postgres/docker/pull-progress.ts";
import { count } from "#core/report/text/count.ts";
import { displayWidth, graphemes } from "#core/report/text/display-width.ts";
import { escapeControl } from "#core/report/text/escape-control.ts";

/** An engine is on its way from a registry. */
interface Pulling extends PullProgress {
  readonly kind: "pulling";
}

interface Starting {
  readonly kind: "starting";
}

/** One line on a terminal that says what is going on, over and over on the same spot. */
export interface ProgressLine {
  show(event: Progress | Pulling | Starting): void;
  clear(): void;
}

const eraseLine = "\r\u001b[2K";

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let shown: string | undefined;
  let last = 0;
  return {
    show(event) {
      const words = wordsOf(event);
      const now = performance.now();
      // Faster than the eye only costs time; but what comes next may take long.
      if (words === undefined || (shown === event.kind && now - last < 50)) return;
      stream.write(eraseLine + fitted(escapeControl(words), (stream.columns || 80) - 1));
      shown = event.kind;
      last = now;
    },
    clear() {
      if (shown) stream.write(eraseLine);
      shown = undefined;
    },
  };
}

function wordsOf(event: Progress | Pulling | Starting): string | undefined {
  switch (event.kind) {
    case "linted":
      return `${count(event.files, "file")} read`;
    case "starting":
      return "starting PostgreSQL";
    case "pulling":
      return `pulling ${event.image}: ${megabytes(event.done)} of ${megabytes(event.total)} MB`;
    case "engine":
      return `PostgreSQL ${event.postgres} (${event.name}) is ready`;
    case "proving":
      return `[${event.index}/${event.total}] ${event.name}: up, down, up`;
    case "proved":
      return undefined;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}

function fitted(text: string, width: number): string {
  let room = width;
  let kept = "";
  for (const grapheme of graphemes(text)) {
    room -= displayWidth(grapheme);
    if (room < 0) break;
    kept += grapheme;
  }
  return kept;
}
