import type { Report, Summary } from "./model.ts";

export type Merged =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly problem: string };

/** Puts the reports of all shards of one run together. Their union is what one run over everything reports. */
export function mergeReports(parts: readonly Report[]): Merged {
  const sorted = parts.toSorted((a, b) => (a.shard?.index ?? 0) - (b.shard?.index ?? 0));
  const [first] = sorted;
  const problem = first ? mismatch(first, sorted) : "there is nothing to merge";
  if (!first || problem !== undefined) return { ok: false, problem: problem ?? "" };
  const { shard: _, ...same } = first;
  const engine = sorted.find((part) => part.engine)?.engine;
  const unproved = [...new Set(sorted.flatMap((part) => part.unproved ?? []))];
  const walkDown = sorted.at(-1)?.walkDown;
  const clusterObjects = [...new Set(sorted.flatMap((part) => part.clusterObjects ?? []))].sort();
  // A finding about the folder stands before those about its migrations, whoever told it.
  const findings = sorted.flatMap((part) => part.findings);
  const report: Report = {
    ...same,
    ...(engine ? { engine } : {}),
    ...(unproved.length > 0 ? { unproved: unproved.join("\n") } : {}),
    migrations: sorted.flatMap((part) => part.migrations),
    findings: [
      ...findings.filter(({ migration }) => migration === undefined),
      ...findings.filter(({ migration }) => migration !== undefined),
    ],
    roundTrips: sorted.flatMap((part) => part.roundTrips),
    ...(walkDown ? { walkDown } : {}),
    ...(clusterObjects.length > 0 ? { clusterObjects } : {}),
    summary: sum(sorted.map((part) => part.summary)),
  };
  return { ok: true, report };
}

function mismatch(first: Report, sorted: readonly Report[]): string | undefined {
  const count = first.shard?.count;
  if (count === undefined || sorted.some(({ shard }) => !shard))
    return "a report without a shard is whole already: merge takes what --shard made";
  for (const { shard, version, folder, layout } of sorted) {
    if (shard?.count !== count) return `the reports are of ${count} and of ${shard?.count} shards`;
    if (version !== first.version) return `the reports are of Switchback ${first.version} and ${version}`;
    if (folder !== first.folder) return `the reports are of ${first.folder} and ${folder}`;
    if (layout !== first.layout) return `the reports read the folder as ${first.layout} and as ${layout}`;
  }
  const indexes = sorted.map(({ shard }) => shard?.index);
  const twice = indexes.find((index, place) => indexes.indexOf(index) !== place);
  if (twice !== undefined) return `shard ${twice}/${count} is given twice`;
  const missing = Array.from({ length: count }, (_, place) => place + 1).filter(
    (it) => !indexes.includes(it),
  );
  if (missing.length === 0) return undefined;
  return `missing: ${missing.map((index) => `shard ${index}/${count}`).join(", ")}`;
}

/** Every shard reads all statements, and they run side by side: those numbers are not added up. */
function sum(parts: readonly Summary[]): Summary {
  const total = (key: keyof Summary) => parts.reduce((all, part) => all + part[key], 0);
  const most = (key: keyof Summary) => Math.max(...parts.map((part) => part[key]));
  return {
    migrations: total("migrations"),
    errors: total("errors"),
    warnings: total("warnings"),
    infos: total("infos"),
    fixable: total("fixable"),
    statements: most("statements"),
    notAnalysed: most("notAnalysed"),
    ms: most("ms"),
  };
}
