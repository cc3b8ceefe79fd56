import { isCountable } from "../author/version-after.ts";
import type { Migration } from "../migration/model.ts";
import type { Finding, Fix } from "../report/model.ts";
import type { FileChange } from "./changes.ts";
import { fileFinding } from "./file-finding.ts";
import type { History } from "./history.ts";
import { immutableFindings } from "./immutable.ts";
import type { OtherPull } from "./pull.ts";
import { gitMoves, type Renumbering, renumber } from "./renumber.ts";
import { duplicateOnBase, duplicateWithPull, olderThanBase } from "./rules.ts";
import { type VersionedFile, versionedFiles } from "./versioned-file.ts";

/** The order of this change's migrations against the base branch and against other open pull requests. */
export function compareHistory(history: History): Finding[] {
  const { changes, ref, layout } = history;
  const appeared = new Set(changes.flatMap((change) => (arrives(change) ? [change.path] : [])));
  const leaving = new Set(changes.flatMap((change) => leavingPath(change)));
  const added = countedFiles(history.head).filter((file) => appeared.has(file.path));
  const staying = countedFiles(history.base).filter((file) => !leaving.has(file.path));
  const partners = formerPartners(history);
  const theirs = history.pulls.map((pull) => ({ pull, files: filesOf(pull, history) }));

  const duplicates = groups(added).flatMap((files) => {
    const other = staying.find((file) =>
      files.some((mine) => collides(mine, file) && partners.get(mine.path) !== file.name),
    );
    return other ? [{ files, other }] : [];
  });
  const newest = staying.reduce<VersionedFile | undefined>(
    (max, file) => (max && layout.compare(max.key, file.key) >= 0 ? max : file),
    undefined,
  );
  const older = groups(added).filter(
    (files) =>
      newest !== undefined &&
      files.every((file) => layout.compare(file.key, newest.key) < 0) &&
      !duplicates.some((duplicate) => duplicate.files[0]?.name === files[0]?.name) &&
      // The missing half of a migration that is already there is no new version.
      !staying.some((file) => files.some((mine) => mine.key === file.key)),
  );
  const moved = [...duplicates.flatMap(({ files }) => files), ...older.flat()];
  const taken = [...staying, ...added, ...theirs.flatMap(({ files }) => files)].map((file) => file.version);
  const plans = renumber(moved, taken, layout);
  const moves = (files: readonly VersionedFile[]) => gitMoves(plans.get(files[0]?.name ?? "") ?? []);

  const fixOf = (files: readonly VersionedFile[]) => renumberFix(plans.get(files[0]?.name ?? "") ?? []);
  const findings: Finding[] = [];
  for (const { files, other } of duplicates) {
    findings.push(
      fileFinding(duplicateOnBase, files, {
        message: `version ${files[0]?.version} is already taken on ${ref} by ${other.name}`,
        help: `Take the next free version:\n${moves(files)}`,
        ...fixOf(files),
      }),
    );
  }
  for (const files of older) {
    findings.push(
      fileFinding(olderThanBase, files, {
        message: `version ${files[0]?.version} is older than ${newest?.name} on ${ref}, so ${consequence[layout.late]}`,
        ...(layout.late === "applied" ? { severity: "warning" } : {}),
        help: `Move it behind the newest migration:\n${moves(files)}`,
        ...fixOf(files),
      }),
    );
  }
  const settled = new Set(moved.map((file) => file.name));
  for (const files of groups(added).filter(([file]) => file && !settled.has(file.name))) {
    for (const { pull, files: others } of theirs) {
      const other = others.find((file) => files.some((mine) => collides(mine, file)));
      if (!other) continue;
      const plan = renumber(files, taken, layout).get(files[0]?.name ?? "") ?? [];
      findings.push(
        fileFinding(duplicateWithPull, files, {
          message: `version ${files[0]?.version} is also used by #${pull.number} (${pull.title}), as ${other.name}`,
          help: `Whoever merges second takes the next free version:\n${gitMoves(plan)}`,
        }),
      );
    }
  }
  return [...findings, ...immutableFindings(history)];
}

function renumberFix(plan: readonly Renumbering[]): { fix?: Fix } {
  const [first] = plan;
  if (!first) return {};
  const edits = plan.map(({ from, to }) => ({ kind: "rename", file: from, to }) as const);
  return { fix: { title: `Rename to ${first.to.slice(first.to.lastIndexOf("/") + 1)}`, edits } };
}

/** What a lower version means to a database that is past it. */
const consequence = {
  skipped: "migrated databases skip it",
  refused: "the runner refuses to go on in migrated databases",
  applied: "migrated databases apply it in another order than new ones",
} as const;

/** What runs in the order of its version: Flyway's repeatables run after all others, whenever they came. */
function countedFiles(migrations: readonly Migration[]): VersionedFile[] {
  return versionedFiles(migrations).filter(({ version }) => isCountable(version));
}

function arrives(change: FileChange): boolean {
  return change.kind === "added" || change.kind === "renamed";
}

function leavingPath(change: FileChange): string[] {
  if (change.kind === "deleted") return [change.path];
  return change.kind === "renamed" ? [change.from] : [];
}

/** Of each renamed file the migration that it was half of: what stays behind of that claims no version against it. */
function formerPartners({ base, changes }: History): Map<string, string> {
  const names = new Map(versionedFiles(base).map(({ path, name }) => [path, name]));
  return new Map(
    changes.flatMap((change) => {
      const name = change.kind === "renamed" ? names.get(change.from) : undefined;
      return name === undefined ? [] : [[change.path, name] as const];
    }),
  );
}

/** Two files claim one version when they have the same direction, or different titles: then they are no pair. */
function collides(mine: VersionedFile, theirs: VersionedFile): boolean {
  if (mine.key !== theirs.key) return false;
  return mine.title !== theirs.title || mine.direction === theirs.direction;
}

/** The files of one migration stand together, up first. */
function groups(files: readonly VersionedFile[]): VersionedFile[][] {
  const byName = new Map<string, VersionedFile[]>();
  for (const file of files) {
    const group = byName.get(file.name);
    if (group) group.push(file);
    else byName.set(file.name, [file]);
  }
  return [...byName.values()];
}

function filesOf(pull: OtherPull, { folder, layout, base }: History): VersionedFile[] {
  const known = new Set(versionedFiles(base).map((file) => file.path));
  const prefix = folder === "" || folder === "." ? "" : `${folder.replace(/\/+$/, "")}/`;
  const files = pull.added
    .filter((path) => path.startsWith(prefix) && !known.has(path))
    .map((path) => ({ file: { path, text: "", bom: false }, name: path.slice(prefix.length) }))
    .filter(({ name }) => name.split("/").length - 1 <= layout.depth && layout.wants(name));
  return versionedFiles(layout.read(files).migrations);
}
