import { resolve } from "node:path";
import { isTracked } from "#core/author/disk/is-tracked.ts";
import { writeEdits } from "#core/author/disk/write-edits.ts";
import { gitMove, plainMove } from "#core/author/git-move.ts";
import { type BaseFolder, type Move, type RenumberPlan, renumberPlan } from "#core/author/renumber-plan.ts";
import { defaultBranch } from "#core/history/default-branch.ts";
import { count } from "#core/report/text/count.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Flags } from "../grammar/request.ts";
import { type AuthorFolder, authorFolder, folderAt } from "../input/author-folder.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { print } from "../write-output.ts";

interface RenumberRequest {
  readonly words: readonly string[];
  readonly flags: Flags;
}

/** `switchback renumber`: shows how versions that collide would move, and moves them with `--write`. */
export async function renumberFolder({ words, flags }: RenumberRequest): Promise<ExitCode | CannotRun> {
  const target = await authorFolder(words[0], flags, process.cwd());
  if (isCannotRun(target)) return target;
  const reading = target.read();
  if (isCannotRun(reading)) return reading;
  const base = await baseOf(target, flags);
  if (base && isCannotRun(base)) return base;
  const plan = renumberPlan(reading, base);
  if (plan.moves.length === 0 && plan.stuck.length === 0) {
    const against = base ? `, and nothing new comes before ${base.ref}` : "";
    await print(process.stdout, `no version is used twice${against}: nothing to move\n`);
    return exitCodes.clean;
  }
  // Before anything moves, for it asks git about the old names.
  const text = planText(plan, target.cwd, flags.write === true);
  if (flags.write === true) {
    const edits = plan.moves.flatMap((move) => move.edits);
    const written = writeEdits(target.cwd, edits);
    if (!written.ok) return cannotWrite(written.file, written.code);
  }
  await print(process.stdout, text);
  return plan.stuck.length > 0 ? cannotRun(plan.stuck.join("\n")) : exitCodes.clean;
}

async function baseOf(target: AuthorFolder, flags: Flags): Promise<BaseFolder | CannotRun | undefined> {
  const ref = typeof flags.base === "string" ? flags.base : await defaultBranch(target.folder);
  if (ref === undefined) {
    const words = "no base branch is known here, so only versions that are used twice are looked at";
    await print(process.stderr, `${words}\n  name one: --base origin/main\n`);
    return undefined;
  }
  const reading = await folderAt(target, ref);
  return isCannotRun(reading) ? reading : { ref, reading };
}

function planText({ moves }: RenumberPlan, cwd: string, done: boolean): string {
  if (moves.length === 0) return "";
  const lines = moves.map(
    (move) => `${move.name} → ${move.version}: ${move.reason}\n${moveLines(move, cwd)}\n`,
  );
  const files = moves.flatMap(({ edits }) => edits).filter(({ kind }) => kind === "rename").length;
  return `${lines.join("")}\n${done ? `${count(files, "file")} moved` : "Nothing was moved yet: add --write"}\n`;
}

function moveLines({ edits }: Move, cwd: string): string {
  const moves = edits.flatMap((edit) => {
    if (edit.kind !== "rename") return [];
    const { file, to } = edit;
    return [isTracked(resolve(cwd, file)) ? gitMove(file, to) : plainMove(file, to)];
  });
  const lists = new Set(edits.flatMap((edit) => (edit.kind === "replace" ? [edit.file] : [])));
  return [...moves, ...[...lists].map((file) => `  and its entry in ${file}`)].join("\n");
}
