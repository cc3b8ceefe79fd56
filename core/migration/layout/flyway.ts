import { compareDotted, dottedKey } from "../dotted-version.ts";
import { fileLayout } from "./file-layout.ts";
import { executeInTransaction, flywayExecution, mixed } from "./flyway-transaction.ts";
import type { FolderFile, Layout } from "./layout.ts";

const files = fileLayout({
  name: "flyway",
  // A location is looked through to its end.
  depth: 8,
  downs: "file",
  gaps: "normal",
  late: "refused",
  // A CRC32 of the lines without their ends, and the description (Flyway documentation, "Validate").
  remembers: {
    checksummed: (text) => text.replace(/[\r\n]/g, ""),
    title: true,
    otherwise: "Flyway keeps a checksum of it and refuses to go on where it was applied",
    severity: "error",
  },
  repeats: ({ version }) => version === "R",
  firstVersion: { kind: "sequence", width: 1 },
  // Undo scripts are for those who pay for them; a repeatable and a baseline have none at all.
  expectsDown: ({ version, name }, all) =>
    version !== "R" && !name.startsWith("B") && all.some(({ down }) => down !== undefined),
  compare,
  extra: /\.sql\.conf$/i,
  identify: (path) => {
    const name = nameOf(path);
    if (callback.test(name) || name.endsWith(".conf")) return undefined;
    const repeatable = /^R__(.+)\.sql$/.exec(name);
    if (repeatable) {
      const [, title = ""] = repeatable;
      return { version: "R", key: `R__${title}`, title, direction: "up", name: `R__${title}` };
    }
    const match = versioned.exec(name);
    if (!match)
      return { reason: "its name is not V<version>__<title>.sql, U<version>__<title>.sql or R__<title>.sql" };
    const [, prefix = "", version = "", title = ""] = match;
    return {
      version,
      key: dottedKey(version),
      title,
      direction: prefix === "U" ? "down" : "up",
      name: `${prefix === "U" ? "V" : prefix}${version}${title === "" ? "" : `__${title}`}`,
    };
  },
  execution: ({ file, name }, all) => flywayExecution(file, all.get(`${name}.conf`)?.file.text),
  untransacted: (composed, directions) =>
    composed.flatMap((file) => {
      const { name, text, direction } = file;
      const source = { path: name, text, bom: false };
      const isTold = !flywayExecution(source, undefined).wrapped && !mixed(source);
      if (!direction || !directions.includes(direction) || isTold) return [file];
      return [file, { name: `${name}.conf`, text: "executeInTransaction=false\n" }];
    }),
  fileName: (version, title, direction) => {
    if (version === "R") return `R__${title}.sql`;
    const prefix = version.startsWith("B") ? "" : direction === "up" ? "V" : "U";
    return `${prefix}${version}__${title}.sql`;
  },
});

/**
 * Flyway: `V1.2__title.sql`, its undo `U1.2__title.sql`, and `R__title.sql`, which runs after all others whenever it changed.
 * Statements are sent one by one in a transaction; a script with a statement that cannot run in one runs without, and so does
 * one beside which `V1.2__title.sql.conf` says so (Flyway documentation, "Migrations", "Script configuration").
 */
export const flyway: Layout = {
  ...files,
  spelling: ({ version: own, name }, version) =>
    own === "R" ? own : name.startsWith("B") ? `B${version}` : version,
  placeholder: (text) => /\$\{[^}\n]+\}/.exec(text)?.[0],
  compose: (version, title, { down, ...sql }, siblings) =>
    files.compose(version, title, down === undefined || leavesOut(siblings) ? sql : { ...sql, down }),
  read: (all) => {
    const reading = files.read(withoutBaselines(all));
    const byName = new Map(all.map((entry) => [entry.name, entry]));
    const malformed = all.flatMap(({ file, name }) => {
      if (executeInTransaction(byName.get(`${name}.conf`)?.file.text) !== undefined) return [];
      return versioned.test(nameOf(name)) ? (mixed(file) ?? []) : [];
    });
    return { ...reading, malformed };
  },
};

const versioned = /^([VUB])(\d[\d._]*?)(?:__(.*))?\.sql$/;
/** Scripts that Flyway runs at its own events. */
const callback = /^((before|after)[A-Z]\w*|createSchema)\.sql$/;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A folder without undo scripts goes on so. */
function leavesOut(siblings: Parameters<Layout["compose"]>[3]): boolean {
  return siblings !== undefined && !siblings.some(({ down }) => down !== undefined);
}

/**
 * `B10__title.sql` stands for all up to 10 where nothing was applied yet. Here it does where those are gone; while they are
 * there, they are what is looked at.
 */
function withoutBaselines(all: readonly FolderFile[]): FolderFile[] {
  const version = ({ name }: FolderFile) => {
    const [, prefix, written = ""] = versioned.exec(nameOf(name)) ?? [];
    return { prefix, key: dottedKey(written) };
  };
  const baselines = all.filter((file) => version(file).prefix === "B");
  const [newest] = baselines.toSorted((a, b) => compareDotted(version(b).key, version(a).key));
  if (!newest) return [...all];
  const stands = !all.some((file) => {
    const { prefix, key } = version(file);
    return prefix === "V" && compareDotted(key, version(newest).key) <= 0;
  });
  return all.filter((file) => !baselines.includes(file) || (stands && file === newest));
}

function compare(a: string, b: string): number {
  const repeatables = Number(a.startsWith("R__")) - Number(b.startsWith("R__"));
  if (repeatables !== 0) return repeatables;
  if (a.startsWith("R__")) return a < b ? -1 : a > b ? 1 : 0;
  return compareDotted(a, b);
}
