import { readFileSync } from "node:fs";
import { claimVersion } from "#core/author/disk/claim-version.ts";
import { writeEdits } from "#core/author/disk/write-edits.ts";
import { listEdits } from "#core/author/list-edits.ts";
import { migrationTitle } from "#core/author/migration-title.ts";
import { type NewPair, newPair } from "#core/author/new/new-pair.ts";
import { proposedSql } from "#core/author/new/proposed-sql.ts";
import { siblingsOf } from "#core/author/new/siblings-of.ts";
import { readBack } from "#core/author/read-back.ts";
import { encodingErrors } from "#core/lint/encoding-errors.ts";
import { decode } from "#core/migration/decode.ts";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import type { FileEdit } from "#core/report/model.ts";
import { lineEndOf, withLineEnd } from "#core/sql/line-end.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Flags } from "../grammar/request.ts";
import { type AuthorFolder, authorFolder, folderAt } from "../input/author-folder.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { checkConfig } from "../input/check-config.ts";
import { sqlFile } from "../input/check-input.ts";
import { withOrigin } from "../input/with-origin.ts";
import { lowered } from "../lowered.ts";
import { print } from "../write-output.ts";

interface NewRequest {
  readonly words: readonly string[];
  readonly flags: Flags;
}

type Made = Extract<NewPair, { ok: true }>;

/** Others may be making a migration in the same moment: they take milliseconds, on a machine that is busy seconds. */
const patience = { claimMs: 30_000, tries: 2_000, ms: 20 };

/** `switchback new`: the files of the next migration, written at once or not at all. */
export async function newMigration({ words, flags }: NewRequest): Promise<ExitCode | CannotRun> {
  const [description = "", path] = words;
  const named = migrationTitle(description);
  if (!named.ok) return cannotRun(`"${description}" cannot be a title: ${lowered(named.problem)}`);
  const target = await authorFolder(path, flags, process.cwd(), "make");
  if (isCannotRun(target)) return target;
  const base = typeof flags.base === "string" ? await folderAt(target, flags.base) : undefined;
  if (base && isCannotRun(base)) return base;
  const up = upText(flags.from);
  if (typeof up === "object") return up;
  const made = await makeIn(target, base, description, up, flags);
  if (isCannotRun(made)) return made;
  await print(process.stdout, made.files.map(({ name }) => `${inFolder(target, name)}\n`).join(""));
  await tellOtherLayout(target, flags);
  return exitCodes.clean;
}

/** A layout that only a flag said is forgotten by the next command, where the files look like another's. */
async function tellOtherLayout({ folder, shown, cwd, layout }: AuthorFolder, flags: Flags): Promise<void> {
  if (flags.layout === undefined) return;
  const config = await checkConfig({ ...flags, layout: undefined }, cwd);
  if (isCannotRun(config)) return;
  const chosen = chooseLayout(config.layout, () => detectFolder(folder, shown));
  if (!chosen.ok || chosen.layout.name === layout.name) return;
  const words = `without --layout these are read as ${chosen.layout.name}`;
  await print(
    process.stderr,
    `${words}\n  "layout": "${layout.name}" in switchback.jsonc says it for good\n`,
  );
}

async function makeIn(
  target: AuthorFolder,
  base: FolderReading | undefined,
  description: string,
  up: string | undefined,
  flags: Flags,
): Promise<Made | CannotRun> {
  let held = "";
  for (let attempt = 0; attempt < patience.tries; attempt++) {
    // One moment for both looks: a version of milliseconds would be another one each time.
    const moment = new Date();
    const wanted = pairIn(target, base, description, moment);
    if (isCannotRun(wanted)) return wanted;
    const claimed = claimVersion(target.folder, wanted.version);
    if (!claimed.ok) {
      if (claimed.code !== "EEXIST") return cannotWrite(target.shown, claimed.code);
      held = claimed.file;
      if (claimed.ageMs > patience.claimMs) break;
      await new Promise((resolve) => setTimeout(resolve, patience.ms));
      continue;
    }
    try {
      // Somebody may have finished between the look and the claim.
      const now = pairIn(target, base, description, moment);
      if (isCannotRun(now)) return now;
      if (now.version !== wanted.version) continue;
      return await write(target, now, up, flags);
    } finally {
      claimed.claim.release();
    }
  }
  if (held === "") return cannotRun("other runs take each version first: try again when they are done");
  return cannotRun(
    `another run is making this version, or was killed while it did\n  if none is running: rm ${inFolder(target, held)}`,
  );
}

function pairIn(
  target: AuthorFolder,
  base: FolderReading | undefined,
  description: string,
  now: Date,
): Made | CannotRun {
  const reading = target.read();
  if (isCannotRun(reading)) return reading;
  const programs = [reading, base].flatMap((it) => it?.programs ?? []);
  const migrations = [
    ...reading.migrations,
    ...(base?.migrations ?? []),
    ...programs.map(({ version }) => ({ version, title: "" })),
  ];
  const siblings = siblingsOf(reading.migrations);
  const pair = newPair({ layout: target.layout, migrations, siblings, description, now });
  return pair.ok ? pair : cannotRun(lowered(pair.problem));
}

async function write(
  target: AuthorFolder,
  pair: Made,
  up: string | undefined,
  flags: Flags,
): Promise<Made | CannotRun> {
  const { layout, config } = target;
  const header = sqlFile("header", config.header, target.cwd);
  if (header && isCannotRun(header)) return withOrigin(header, "header", flags, target.cwd);
  const reading = target.read();
  if (isCannotRun(reading)) return reading;
  const { postgres } = config;
  const now = new Date();
  const sql = await proposedSql({ layout, reading, ...pair, postgres, up, header: header?.text, now });
  if (!sql.ok) return cannotRun(`the up does not parse: ${sql.problem}\n  nothing was written`);
  const lineEnd = lineEndOf(reading.migrations.at(-1)?.up?.file.text ?? "");
  const composed = layout.compose(pair.version, pair.title, sql, siblingsOf(reading.migrations));
  const files = composed.map((file) => ({ ...file, text: withLineEnd(file.text, lineEnd) }));
  const [misread] = readBack(layout, files).malformed ?? [];
  if (misread)
    return cannotRun(
      `the up holds a mark of ${layout.name}, which writes its own: ${misread.message}\n  nothing was written`,
    );
  const edits = files.map(
    ({ name, text }): FileEdit => ({ kind: "create", file: inFolder(target, name), text }),
  );
  const listed = files.flatMap(({ name }) =>
    listEdits(reading, (list, text) => list.withNew(text, name, now)),
  );
  const written = writeEdits(target.cwd, [...edits, ...listed]);
  return written.ok ? { ...pair, files } : cannotWrite(written.file, written.code);
}

function upText(from: unknown): string | CannotRun | undefined {
  if (typeof from !== "string") return undefined;
  const name = from === "-" ? "standard input" : from;
  try {
    const { file, problem } = decode({ path: name, bytes: readFileSync(from === "-" ? 0 : from) });
    const [wrong] = encodingErrors(problem ? [problem] : []);
    if (wrong) return cannotRun(`${name}: ${wrong.message}, nothing was written\n  ${wrong.help}`);
    const { text } = file;
    // Most likely the program before the pipe failed.
    return text.trim() === "" ? cannotRun(`${name} is empty, nothing was written`) : text;
  } catch (error) {
    return cannotRun(`cannot read ${name}: ${errorWords(error)}`);
  }
}

function inFolder({ shown }: AuthorFolder, name: string): string {
  return shown === "." ? name : `${shown}/${name}`;
}
