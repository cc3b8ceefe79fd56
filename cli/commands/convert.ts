import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { convertFolder } from "#core/author/convert/convert-folder.ts";
import { writeEdits } from "#core/author/disk/write-edits.ts";
import { nearestName } from "#core/config/nearest-name.ts";
import { alternatives } from "#core/config/option-value.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import { count } from "#core/report/text/count.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Flags } from "../grammar/request.ts";
import { authorFolder } from "../input/author-folder.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { foundElsewhere } from "../input/missing-folder.ts";
import { shownPath } from "../input/shown-path.ts";
import { print } from "../write-output.ts";

interface ConvertRequest {
  readonly words: readonly string[];
  readonly flags: Flags;
}

/** More problems than these are of one kind, most likely. */
const mostProblems = 10;

/** `switchback convert`: the same migrations as another runner spells them, in a folder of their own. */
export async function convertMigrations({ words, flags }: ConvertRequest): Promise<ExitCode | CannotRun> {
  const [out = "", path] = words;
  const target = layouts[String(flags.to)];
  if (!target) return cannotRun(unknownLayout(String(flags.to)));
  const from = await authorFolder(path, flags, process.cwd());
  if (isCannotRun(from)) return from;
  const folder = shownPath(resolve(from.cwd, out), from.cwd);
  const taken = whyTaken(resolve(from.cwd, out));
  if (taken) return cannotRun(`${folder}: ${taken}, nothing was written\n  name a folder that is new`);
  const reading = from.read();
  if (isCannotRun(reading)) return reading;
  if (reading.migrations.length === 0)
    return cannotRun(
      [`${from.shown} holds no migration`, ...foundElsewhere(from.cwd, from.shown)].join("\n  "),
    );
  const converted = await convertFolder(reading, target, { renumber: flags.renumber === true });
  if (!converted.ok) {
    const { problems } = converted;
    const more = problems.length > mostProblems ? [`and ${problems.length - mostProblems} more`] : [];
    const lines = [...problems.slice(0, mostProblems), ...more].map((line) => `\n  ${line}`);
    return cannotRun(
      `${from.shown} cannot become ${target.name} without a loss, nothing was written${lines.join("")}`,
    );
  }
  const written = writeEdits(
    from.cwd,
    converted.files.map(({ name, text }) => ({ kind: "create", file: `${folder}/${name}`, text }) as const),
  );
  if (!written.ok) return cannotWrite(written.file, written.code);
  const migrations = count(reading.migrations.length, "migration");
  await print(process.stdout, `${migrations} from ${from.layout.name} to ${target.name} in ${out}\n`);
  await print(
    process.stderr,
    converted.left.map(({ path: file, reason }) => `left behind: ${file}: ${reason}\n`).join(""),
  );
  return exitCodes.clean;
}

function unknownLayout(given: string): string {
  const names = Object.keys(layouts);
  const nearest = names.find((name) => given !== "" && name.startsWith(given)) ?? nearestName(given, names);
  const guess = nearest === undefined ? "" : `: did you mean ${nearest}?`;
  return `--to wants ${alternatives(names)}, not "${given}"${guess}`;
}

/** Why nothing can be made there, as far as can be told; undefined where it is empty or still to be made. */
function whyTaken(folder: string): string | undefined {
  try {
    return readdirSync(folder).length > 0 ? "it is not empty" : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : errorWords(error);
  }
}
