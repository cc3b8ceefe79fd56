import type { FileEdit, Finding, Fix } from "../report/model.ts";
import type { Draft } from "./draft.ts";
import type { Rule } from "./rule.ts";

/** One cause, one finding: what a rule says where the rule that it joins speaks of the same place becomes part of that. */
export function joinFindings(drafts: readonly Draft[], rules: readonly Rule[]): readonly Draft[] {
  const joins = new Map(rules.flatMap(({ name, joins }) => (joins === undefined ? [] : [[name, joins]])));
  const joined = new Set<Draft>();
  const guests = new Map<Draft, Draft[]>();
  const hosting = new Set(joins.values());
  const hosts = new Map<string, Draft>();
  for (const draft of drafts) {
    if (!hosting.has(draft.finding.rule)) continue;
    const place = placeOf(draft, draft.finding.rule);
    if (!hosts.has(place)) hosts.set(place, draft);
  }
  for (const guest of drafts) {
    const name = joins.get(guest.finding.rule);
    const host = name === undefined ? undefined : hosts.get(placeOf(guest, name));
    if (!host) continue;
    joined.add(guest);
    guests.set(host, [...(guests.get(host) ?? []), guest]);
  }
  if (joined.size === 0) return drafts;
  return drafts
    .filter((draft) => !joined.has(draft))
    .map((host) => ({
      ...host,
      finding: (guests.get(host) ?? []).reduce(
        (finding, guest) => both(finding, guest.finding),
        host.finding,
      ),
    }));
}

/** Where a rule speaks, or would. */
function placeOf({ file, start, end }: Draft, rule: string): string {
  return `${rule} ${start} ${end} ${file.path}`;
}

function both(host: Finding, guest: Finding): Finding {
  // Lines that both have stand once.
  const help = [...new Set(`${host.help ?? ""}\n${guest.help ?? ""}`.trim().split("\n"))].join("\n");
  const fix = host.fix && guest.fix ? bothFixes(host.fix, guest.fix) : host.fix;
  return {
    ...host,
    message: `${host.message}; ${guest.message}`,
    ...(help !== "" && { help }),
    ...(fix && { fix }),
  };
}

/** What both write in one place is one edit. */
function bothFixes(a: Fix, b: Fix): Fix {
  const rest = new Set(b.edits);
  const edits = a.edits.map((edit) => {
    const twin = [...rest].find((other) => isSamePlace(edit, other));
    if (edit.kind !== "replace" || twin?.kind !== "replace") return edit;
    rest.delete(twin);
    return { ...edit, text: edit.text + twin.text };
  });
  return { title: `${a.title}; ${lowerFirst(b.title)}`, edits: [...edits, ...rest] };
}

function isSamePlace(a: FileEdit, b: FileEdit): boolean {
  return (
    a.kind === "replace" &&
    b.kind === "replace" &&
    a.file === b.file &&
    a.start === b.start &&
    a.end === b.end
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
