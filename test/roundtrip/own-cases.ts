import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { RoundTrip, VerdictStatus } from "#core/report/model.ts";
import { lostWords } from "#core/report/row-words.ts";
import type { EngineHolder } from "./engine-holder.ts";
import { proveFolder } from "./prove-folder.ts";

const root = join(import.meta.dirname, "..", "corpus");

/** What `expected.json` says of one migration. */
interface Expected {
  readonly status: VerdictStatus;
  /** Differences, in words, behind the phase they were found after: "down: table public.a is left after down". */
  readonly changes?: readonly string[];
  /** `down 42P01 at DROP TABLE a`: phase, SQLSTATE, and the source text that is marked. */
  readonly error?: string;
  /** What does not survive: "public.users.nickname: 3 of 3 values lost". */
  readonly lost?: readonly string[];
  /** The reason that is declared for it. */
  readonly lossy?: string;
  /** Fixtures that do not go in: "1.sql:1 42P01". */
  readonly refused?: readonly string[];
  /** Tables that stayed empty, and why. */
  readonly unfilled?: readonly string[];
}

interface Case {
  readonly about: string;
  readonly timeoutMs?: number;
  readonly prelude?: string;
  /** Made-up rows in every table. */
  readonly withData?: boolean;
  /** SQL by version. */
  readonly fixtures?: Readonly<Record<string, string>>;
  /** Engines on which this case cannot run, and why. */
  readonly not?: Readonly<Record<string, string>>;
  readonly migrations: Readonly<Record<string, Expected>>;
}

/** Runs every folder of test/corpus on one engine and compares with its `expected.json`. */
export function proveOwnCases(engineName: string, engines: EngineHolder): void {
  for (const name of readdirSync(root)) {
    const folder = join(root, name);
    const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Case;
    const reason = expected.not?.[engineName];
    const title = `${name}: ${expected.about}`;
    if (reason) it.skip(`${title} (${reason})`);
    else {
      it(title, async () => {
        const { roundTrips, preludeError } = await proveFolder(folder, engines, expected);
        expect(preludeError).toBeUndefined();
        expect(Object.fromEntries(roundTrips.map((trip) => [trip.name, summary(folder, trip)]))).toEqual(
          expected.migrations,
        );
      });
    }
  }
}

/** The owner of a relation has a privilege more from 17 on: MAINTAIN. */
function withoutMaintain(words: string): string {
  return words.replaceAll("=arwdDxtm/", "=arwdDxt/");
}

function summary(folder: string, { verdict, phases, rows }: RoundTrip): Expected {
  const changes = phases.flatMap(({ phase, changes }) =>
    changes.map((change) => `${phase}: ${withoutMaintain(change.words)} (${change.class})`),
  );
  const failed = phases.find(({ error }) => error);
  return {
    status: verdict.status,
    ...(changes.length > 0 ? { changes } : {}),
    ...(rows && rows.lost.length > 0 ? { lost: rows.lost.map(lostWords) } : {}),
    ...(rows?.lossy === undefined ? {} : { lossy: rows.lossy }),
    ...(rows?.refused
      ? { refused: rows.refused.map((it) => `${it.file}:${it.range?.start.line} ${it.sqlstate}`) }
      : {}),
    ...(rows && rows.unfilled.length > 0
      ? { unfilled: rows.unfilled.map(({ table, reason }) => `${table}: ${reason}`).sort() }
      : {}),
    ...(failed?.error ? { error: errorText(folder, failed.phase, failed.error) } : {}),
  };
}

function errorText(
  folder: string,
  phase: string,
  { sqlstate, file, range }: NonNullable<RoundTrip["phases"][number]["error"]>,
): string {
  const words = [phase, sqlstate ?? "no SQLSTATE"];
  if (!range) return words.join(" ");
  const lines = readFileSync(join(folder, file), "utf8")
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/);
  const marked = lines.slice(range.start.line - 1, range.end.line);
  marked[marked.length - 1] = marked.at(-1)?.slice(0, range.end.column - 1) ?? "";
  marked[0] = marked[0]?.slice(range.start.column - 1) ?? "";
  return [...words, "at", marked.join(" ")].join(" ");
}
