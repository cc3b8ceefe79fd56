import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { Session } from "#core/postgres/session.ts";

/** The process that runs `script` with this temporary folder. Only Linux tells. */
export function runProcess(script: string, folder: string): number | undefined {
  const found = readdirSync("/proc").find((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(script)) return false;
      return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`TMPDIR=${folder}`);
    } catch {
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}

/** Where a run is, by its own progress line, and by its server where that can be asked. */
export async function runPhase(said: string, folder: string, server: Session | undefined): Promise<string> {
  const words = progressWords(said);
  const doing = server ? (await server.query(activity))[0]?.[0] : await embeddedServerIsDoing(folder);
  return doing === undefined ? words : `${words}: ${doingWords(doing)}`;
}

const eraseLine = "\r\u001b[2K";

function progressWords(said: string): string {
  const lines = said
    .split(eraseLine)
    .flatMap((part) => part.split("\n"))
    .filter((line) => line.trim() !== "");
  const last = lines.at(-1);
  if (last === undefined) return "before the first word";
  if (last.endsWith("starting PostgreSQL")) return "starting the engine";
  if (last.endsWith("is ready")) return "engine is ready";
  return /^\[\d+\/\d+\] \d+_\w+/.exec(last)?.[0] ?? "reporting";
}

/** The text of what runs, or of what ran last; null where no session is open. */
const activity = `select (select query from pg_stat_activity where application_name = 'switchback'
  and pid <> pg_backend_pid() and query !~ 'pg_stat_activity'
  order by (state = 'active') desc, state_change desc limit 1)`;

async function embeddedServerIsDoing(folder: string): Promise<string | null | undefined> {
  const run = readdirSync(folder).find((name) => name.startsWith("switchback-run-"));
  if (run === undefined) return undefined;
  const client = new Client({
    host: join(folder, run),
    user: "postgres",
    database: "postgres",
    connectionTimeoutMillis: 1000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query({ text: activity, rowMode: "array" });
    return rows[0]?.[0];
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

function doingWords(query: string | null): string {
  const text = query?.trim();
  if (!text) return "the server starts or ends";
  const script = /^\/\* (up|down) \*\//.exec(text)?.[1];
  if (script) return script;
  const administers = /^(create|drop|alter|comment on) (database|role)/i.exec(text)?.[0].toLowerCase();
  if (administers) return administers;
  return /^insert/i.test(text) ? "filling tables" : "between scripts";
}
