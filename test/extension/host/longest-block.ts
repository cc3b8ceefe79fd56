import { type Profiler, Session } from "node:inspector/promises";

interface Block {
  readonly ms: number;
  /** Innermost functions of ours in it, the longest first. */
  readonly where: readonly string[];
}

/** Microseconds between two looks at the stack. */
const interval = 200;

/**
 * How long a file of the extension kept the host's main thread without a break, by the profiler of the host itself: what
 * other extensions and the editor do on that thread does not count. A machine that is busy with something else makes it
 * longer, never shorter.
 */
export class LongestBlock {
  readonly #session = new Session();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.setSamplingInterval", { interval });
    await this.#session.post("Profiler.start");
  }

  async stop(): Promise<Block> {
    const { profile } = await this.#session.post("Profiler.stop");
    this.#session.disconnect();
    return longest(profile, this.#file);
  }
}

function longest({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, file: string): Block {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ours = new Map<number, string | undefined>();
  const ourFunction = (id: number): string | undefined => {
    if (!ours.has(id)) {
      const node = byId.get(id);
      const parent = parents.get(id);
      const { url = "", functionName = "", lineNumber = 0, columnNumber = 0 } = node?.callFrame ?? {};
      const own = url.endsWith(file)
        ? `${functionName || "?"}:${lineNumber + 1}:${columnNumber + 1}`
        : undefined;
      ours.set(id, own ?? (parent === undefined ? undefined : ourFunction(parent)));
    }
    return ours.get(id);
  };
  const isPause = (id: number) => byId.get(id)?.callFrame.functionName === "(garbage collector)";

  let best: Block = { ms: 0, where: [] };
  let time = 0;
  let times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const name = ourFunction(id);
    const took = (timeDeltas[index + 1] ?? 0) / 1000;
    if (name === undefined && !(isPause(id) && time > 0)) {
      time = 0;
      times = new Map();
      continue;
    }
    time += took;
    if (name !== undefined) times.set(name, (times.get(name) ?? 0) + took);
    if (time > best.ms) best = { ms: time, where: inOrder(times) };
  }
  return best;
}

function inOrder(times: ReadonlyMap<string, number>): string[] {
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`);
}
