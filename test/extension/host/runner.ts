interface Case {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

/** One line of a report: a test that ran, or something measured. */
export interface Line {
  readonly name: string;
  readonly ms: number;
  readonly error?: string;
}

const cases: Case[] = [];

/** Registers a test of the extension host. They run one after another, in this order. */
export function test(name: string, run: Case["run"]): void {
  cases.push({ name, run });
}

export interface Run {
  report(line: Line): Promise<void> | void;
  /** Only tests whose name holds this. */
  readonly only?: string | undefined;
  /** Runs before each test, and is a part of it. */
  readonly before?: (() => Promise<void>) | undefined;
}

/** Runs what was registered and reports one line for each. */
export async function runCases({ report, only = "", before }: Run): Promise<void> {
  let failed = 0;
  for (const { name, run } of cases) {
    if (!name.includes(only)) continue;
    const started = performance.now();
    let error: string | undefined;
    try {
      await before?.();
      await inTime(run());
    } catch (thrown) {
      error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      failed++;
    }
    const ms = Math.round(performance.now() - started);
    await report({ name, ms, ...(error ? { error } : {}) });
  }
  if (failed > 0) throw new Error(`${failed} of ${cases.length} failed`);
}

/** Minutes, more than any test takes. What waits for an answer that nobody gives must not wait for as long as the whole suite may. */
const longest = 15;

async function inTime(done: Promise<void> | void): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${longest} minutes`)), longest * 60_000);
  });
  try {
    await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
