import { companionsOf } from "../author/companions.ts";
import { listEdits, listText } from "../author/list-edits.ts";
import { isCountable } from "../author/version-after.ts";
import type { FolderFile, Layout } from "../migration/layout/layout.ts";
import type { Migration } from "../migration/model.ts";
import type { FileEdit, Finding, Fix } from "../report/model.ts";
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
  const others = [...staying, ...theirs.flatMap(({ files }) => files)];
  const moving = [...duplicates.map(({ files }) => files), ...older];
  // The missing half of a merged migration stays where that is.
  const unmerged = groups(added).filter(
    (files) => moving.includes(files) || !staying.some(({ key }) => key === files[0]?.key),
  );
  const plans = movesOf(moving, unmerged, others, history);
  const findings: Finding[] = [];
  for (const { files, other } of duplicates) {
    findings.push(
      fileFinding(duplicateOnBase, files, {
        message: `version ${files[0]?.version} is already taken on ${ref} by ${other.name}`,
        ...remedy("Take the next free version", plans.get(files), history),
      }),
    );
  }
  for (const files of older) {
    findings.push(
      fileFinding(olderThanBase, files, {
        message: `version ${files[0]?.version} is older than ${newest?.name} on ${ref}, so ${consequence[layout.late]}`,
        ...(layout.late === "applied" ? { severity: "warning" } : {}),
        ...remedy("Move it behind the newest migration", plans.get(files), history),
      }),
    );
  }
  const settled = new Set(moving.flat().map((file) => file.name));
  for (const files of groups(added).filter(([file]) => file && !settled.has(file.name))) {
    for (const { pull, files: pulled } of theirs) {
      const other = pulled.find((file) => files.some((mine) => collides(mine, file)));
      if (!other) continue;
      const plan = movesOf([files], unmerged, others, history).get(files);
      findings.push(
        fileFinding(duplicateWithPull, files, {
          message: `version ${files[0]?.version} is also used by #${pull.number} (${pull.title}), as ${other.name}`,
          help: remedy("Whoever merges second takes the next free version", plan, history).help,
        }),
      );
    }
  }
  return [...findings, ...immutableFindings(history)];
}

interface Moves {
  readonly own: readonly Renumbering[];
  /** Of migrations behind it, which may build on it. The last comes first: no name is taken that is still in use. */
  readonly behind: readonly Renumbering[];
}

/** New versions for the groups that move; those of this change that stand behind one of them stay behind it. */
function movesOf(
  moving: readonly (readonly VersionedFile[])[],
  added: readonly (readonly VersionedFile[])[],
  others: readonly VersionedFile[],
  { layout, programs, files: all }: History,
): Map<readonly VersionedFile[], Moves> {
  const order = (a: readonly VersionedFile[], b: readonly VersionedFile[]) =>
    layout.compare(a[0]?.key ?? "", b[0]?.key ?? "");
  const names = new Set(moving.flat().map(({ name }) => name));
  const first = moving.toSorted(order)[0] ?? [];
  const rest = added.filter(([file]) => file && !names.has(file.name));
  const behind = rest.filter((files) => order(files, first) > 0);
  const taken = [...others, ...rest.filter((files) => !behind.includes(files)).flat()];
  const plans = renumber(
    moving.flat(),
    [...taken.map(({ version }) => version), ...programs],
    layout,
    behind.flat(),
  );
  const planOf = (files: readonly VersionedFile[]) =>
    withCompanions(plans.get(files[0]?.name ?? "") ?? [], layout, all);
  return new Map(
    moving.map((files) => {
      const next = moving.filter((it) => order(it, files) > 0).toSorted(order)[0];
      const followers = behind.filter((it) => order(it, files) > 0 && (!next || order(it, next) < 0));
      return [files, { own: planOf(files), behind: followers.toSorted(order).reverse().flatMap(planOf) }];
    }),
  );
}

/** What lies beside a file for its sake is called like it, or lies in its folder. */
function withCompanions(
  plan: readonly Renumbering[],
  layout: Layout,
  files: readonly FolderFile[],
): Renumbering[] {
  const moved = new Set(plan.map(({ from }) => from));
  return plan.flatMap(({ from, to }) => {
    const beside = companionsOf(from, layout, files).filter(({ file }) => !moved.has(file.path));
    for (const { file } of beside) moved.add(file.path);
    return [
      { from, to },
      ...beside.map(({ file }) => ({ from: file.path, to: besides(file.path, from, to) })),
    ];
  });
}

function besides(path: string, from: string, to: string): string {
  if (path.startsWith(from)) return to + path.slice(from.length);
  return to.slice(0, to.lastIndexOf("/")) + path.slice(from.lastIndexOf("/"));
}

function remedy(
  words: string,
  { own, behind }: Moves = { own: [], behind: [] },
  { layout, files, folder, baseFiles }: History,
): { help: string; fix?: Fix } {
  const all = behind.length > 0 ? `${words}, and keep the order of what follows` : words;
  const help = `${all}:\n${gitMoves([...behind, ...own])}`;
  const [first] = own;
  if (!first) return { help };
  const inFolder = (path: string) => (folder === "" || folder === "." ? path : path.slice(folder.length + 1));
  const edits = [...behind, ...own].flatMap(({ from, to }): FileEdit[] => [
    { kind: "rename", file: from, to },
    ...listEdits({ layout, files }, (list, text) =>
      list.withName(text, inFolder(from), inFolder(to), listText(layout, baseFiles)),
    ),
  ]);
  const name = first.to.slice(first.to.lastIndexOf("/") + 1);
  return { help, fix: { title: `Rename to ${name}${behind.length > 0 ? ", and what follows" : ""}`, edits } };
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
