import { execFileSync } from "node:child_process";
import type { Database, Engine } from "#core/postgres/session.ts";

/** The major version of the pg_dump on this machine; undefined where there is none. */
export function pgDumpMajor(): number | undefined {
  try {
    const words = execFileSync("pg_dump", ["--version"], { encoding: "utf8" });
    return Number.parseInt(/\d+/.exec(words)?.[0] ?? "", 10);
  } catch {
    return undefined;
  }
}

/**
 * What `pg_dump --schema-only` prints, entry by entry and sorted: the order of entries is not a difference. Comments
 * go, and with them versions; `\restrict` has a random key.
 */
export function dump(engine: Engine, database: Database): string[] {
  const { host, port, user } = engine.address?.() ?? { host: "", port: 0, user: "" };
  const args = ["--schema-only", "--host", host, "--port", String(port), "--username", user, database.name];
  const text = execFileSync("pg_dump", args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  return text
    .split(/^--\n-- Name: .*\n--\n/m)
    .map((entry) =>
      entry
        .split("\n")
        .filter((line) => line !== "" && !/^(--|\\(un)?restrict )/.test(line))
        .join("\n"),
    )
    .sort();
}

/** Lines that only one of two dumps has, with `-` and `+`. */
export function differingLines(before: readonly string[], after: readonly string[]): string[] {
  const lines = (one: readonly string[], other: readonly string[], sign: string) => {
    const entries = new Set(other);
    const known = new Set(other.flatMap((entry) => entry.split("\n")));
    return one
      .filter((entry) => !entries.has(entry))
      .flatMap((entry) =>
        entry.split("\n").filter((line) => !known.has(line) || entry.split("\n").length === 1),
      )
      .map((line) => `${sign} ${line}`);
  };
  return [...lines(before, after, "-"), ...lines(after, before, "+")];
}
