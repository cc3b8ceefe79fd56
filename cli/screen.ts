/** What is known about the stream that the report goes to. */
export interface Screen {
  readonly color: boolean;
  /** Cells per line; fixed where nobody looks, so that piped output is stable. */
  readonly width: number;
  /** A person watches: progress may be shown. */
  readonly live: boolean;
}

const pipedWidth = 100;

/** `NO_COLOR` (no-color.org) beats `FORCE_COLOR`, which beats what the stream is. */
export function screenOf(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Screen {
  const live = stream.isTTY === true && environment.TERM !== "dumb";
  const forced = environment.FORCE_COLOR;
  const color = environment.NO_COLOR ? false : forced ? forced !== "0" && forced !== "false" : live;
  return { color, width: live ? Math.max(40, stream.columns || 80) : pipedWidth, live };
}
