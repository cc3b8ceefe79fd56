import { changeDefaultPrivileges } from "../../author/down/inverse/default-privileges.ts";
import { detachFirst } from "../../author/down/inverse/detach-first.ts";
import { shorten } from "../../author/down/inverse/shorten.ts";
import { dropStatement } from "../../catalog/drop-statement.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../catalog/model.ts";
import type { Change } from "../../report/model.ts";
import { onceForEach } from "../facts/once-for-each.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";

/** What to write at the end of a down that leaves `gone` behind, which are some of `left`; undefined where no DROP takes it. */
export function dropLeftovers(
  context: MigrationContext,
  gone: readonly Change[],
  left: readonly Change[],
): string | undefined {
  const goes = keysOf(left);
  const drops = gone.map((change) => dropOf(context, change, goes)).reverse();
  if (drops.some((drop) => drop === undefined)) return undefined;
  const users = usersAmong(context, gone, left);
  const shown = users.length > mostUsers ? [] : users;
  const where = users.length > shown.length ? "the down, behind the drops of what needs it," : "the down";
  const lines = [...shown, ...drops].join("\n").replaceAll("\n", "\n  ");
  return `end ${where} with\n  ${lines}`;
}

/** More lines are no help at a glance. */
const mostUsers = 4;

type Left = ReadonlyMap<ObjectKey, { readonly change: Change; readonly place: number }>;

/** The changes of a list by their objects, with their places in it. */
const keysOf = onceForEach(
  (left: readonly Change[]): Left =>
    new Map(left.map((change, place) => [changeKey(change), { change, place }])),
);

function changeKey({ kind, object }: Change): ObjectKey {
  return `${kind} ${object}`;
}

function dropOf(context: MigrationContext, change: Change, goes: Left): string | undefined {
  const key = changeKey(change);
  const object = context.catalog.at(key);
  // What is attached goes with the index of the whole only.
  if (object?.kind === "index" && object.attributes.partitionOf !== undefined) return undefined;
  return object && isFree(context, key, goes) ? dropWords(context, object) : undefined;
}

function dropWords({ catalog }: MigrationContext, object: CatalogObject): string | undefined {
  if (object.kind !== "default privileges") {
    const first = detachFirst(catalog, [object]).map(({ sql }) => `${shorten(sql)};`);
    const drop = dropStatement(object);
    return drop === undefined ? undefined : [...first, drop].join("\n");
  }
  const back = changeDefaultPrivileges(object.name, object.attributes.privileges, undefined);
  return back.length === 0 ? undefined : back.map(({ sql }) => `${sql};`).join("\n");
}

/**
 * What is left besides and needs one of these, or a part of it, last made first: a finding of its own, but it has to go
 * before. Where they are more than are shown, not all of them.
 */
function usersAmong(context: MigrationContext, gone: readonly Change[], left: readonly Change[]): string[] {
  const { catalog } = context;
  const goes = keysOf(left);
  const found = new Set<Change>();
  const drops: { readonly drop: string; readonly place: number }[] = [];
  const needed = gone.map(changeKey);
  // A list hands out what is added to it while it is walked.
  for (const key of needed) {
    const parts = [key, ...[...catalog.childrenOf(key)].map(({ kind, name }) => keyOf(kind, name))];
    for (const { kind, name, parent } of parts.flatMap((part) => [...catalog.dependentsOf(part)])) {
      const top = parent !== undefined && !parts.includes(parent) ? [parent] : [];
      for (const candidate of [keyOf(kind, name), ...top]) {
        const user = goes.get(candidate);
        if (!user || gone.includes(user.change) || found.has(user.change)) continue;
        found.add(user.change);
        needed.push(candidate);
        const drop = dropOf(context, user.change, goes);
        if (drop !== undefined) drops.push({ drop, place: user.place });
      }
    }
    // In a schema where all hangs together they would be all of it, for each of its tables.
    if (drops.length > mostUsers) break;
  }
  return drops.sort((a, b) => b.place - a.place).map(({ drop }) => drop);
}

/** Does nothing that stays need the object? */
function isFree({ catalog }: MigrationContext, key: ObjectKey, goes: Left): boolean {
  return [...catalog.dependentsOf(key)].every(({ kind, name, parent, dependsOn }) => {
    if (goes.has(keyOf(kind, name)) || parent === key || (parent !== undefined && goes.has(parent)))
      return true;
    return dependsOn.some(({ on, type }) => on === key && type !== "normal");
  });
}

/** Drops for everything that is left, last made first. */
export function leftoversFix(context: MigrationContext, down: SimulatedScript, left: readonly Change[]) {
  const goes = keysOf(left);
  const drops = left.map((change) => dropOf(context, change, goes)).reverse();
  const last = down.steps.at(-1)?.statement;
  if (!last || drops.some((drop) => drop === undefined)) return undefined;
  const { text } = down.parsed;
  const semicolon = /^\s*;/.exec(text.slice(last.end))?.[0] ?? "";
  const at = last.end + semicolon.length;
  const inserted = `${semicolon === "" ? ";" : ""}\n${drops.join("\n")}`;
  return {
    title: left.length === 1 ? "Drop it at the end of the down" : "Drop what is left at the end of the down",
    edits: [{ kind: "replace" as const, file: down.script.file.path, start: at, end: at, text: inserted }],
  };
}
