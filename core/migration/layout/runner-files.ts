/** A file beside or above a migration folder that tells its runner, where names and marks in the folder do not. */
interface RunnerFile {
  /** Path from the folder, or from one above it. */
  readonly file: string;
  /** What must stand in it (default: it is enough that it is there). */
  readonly says?: RegExp;
  readonly layout: string;
  /**
   * Names of migrations that it speaks for. Without it the runner's files tell by themselves, and this speaks only while
   * there are none.
   */
  readonly needs?: RegExp;
  /** It speaks for what lies below this folder beside it, however many others are near. */
  readonly within?: string;
}

const numbered = /^\d+_[^/]*\.sql$/;
/** A dependency in go.mod that is asked for, and not only by another. */
const goModule = (path: string) => new RegExp(`^[^\\S\\n]*(?:require\\s+)?${path}\\S*\\s+v\\S+\\s*$`, "m");
const variable = (prefix: string) => new RegExp(`^[^\\S\\n]*(?:export\\s+)?${prefix}_[A-Z_]+\\s*=`, "m");
const npmPackage = (name: string) => new RegExp(`"${name}"\\s*:`);
const crate = (name: string) =>
  new RegExp(`^[^\\S\\n]*(?:${name}\\b.*=|\\[(?:workspace\\.)?dependencies\\.${name}\\])`, "m");

/** The more telling ones first. */
const runnerFiles: readonly RunnerFile[] = [
  { file: "supabase/config.toml", layout: "supabase", needs: numbered, within: "supabase" },
  // Drizzle Kit keeps it in the folder itself. Supabase, above, applies such a folder too.
  {
    file: "meta/_journal.json",
    says: /"dialect"\s*:\s*"(?:postgresql|pg)"/,
    layout: "drizzle",
    needs: numbered,
  },
  { file: "sqlx.toml", layout: "sqlx", needs: numbered },
  { file: "diesel.toml", layout: "diesel" },
  { file: "migration_lock.toml", layout: "prisma" },
  { file: "schema.prisma", layout: "prisma" },
  { file: "prisma/schema.prisma", layout: "prisma" },
  { file: "prisma.config.ts", layout: "prisma" },
  { file: "flyway.toml", layout: "flyway" },
  { file: "flyway.conf", layout: "flyway" },
  { file: "conf/flyway.conf", layout: "flyway" },
  { file: "dbconfig.yml", layout: "sql-migrate" },
  // Atlas writes for other runners too.
  { file: "atlas.hcl", says: /\bformat\s*=\s*"?golang-migrate\b/, layout: "golang-migrate" },
  { file: "atlas.hcl", says: /\bformat\s*=\s*"?goose\b/, layout: "goose" },
  { file: "atlas.hcl", says: /\bformat\s*=\s*"?dbmate\b/, layout: "dbmate" },
  { file: "atlas.hcl", says: /\bformat\s*=\s*"?flyway\b/, layout: "flyway" },
  ...[".env", ".envrc"].flatMap((file) => [
    { file, says: variable("GOOSE"), layout: "goose" },
    { file, says: variable("DBMATE"), layout: "dbmate" },
  ]),
  // node-pg-migrate runs files without a mark too. What pairs files is not its usual way.
  {
    file: "package.json",
    says: npmPackage("node-pg-migrate"),
    layout: "node-pg-migrate",
    needs: /^\d+[_-](?![^/]*\.(?:up|down)\.sql$)[^/]*\.sql$/,
  },
  ...["ts", "js", "mjs", "json"].map((end) => ({ file: `drizzle.config.${end}`, layout: "drizzle" })),
  { file: "package.json", says: npmPackage("dbmate"), layout: "dbmate" },
  { file: "package.json", says: npmPackage("prisma"), layout: "prisma" },
  { file: "go.mod", says: goModule("github\\.com/pressly/goose"), layout: "goose" },
  { file: "go.mod", says: goModule("github\\.com/rubenv/sql-migrate"), layout: "sql-migrate" },
  { file: "go.mod", says: goModule("github\\.com/amacneil/dbmate"), layout: "dbmate" },
  {
    file: "go.mod",
    says: goModule("github\\.com/golang-migrate/migrate"),
    layout: "golang-migrate",
    needs: /^\d+_[^/]*\.(?:up|down)\.sql$/,
  },
  { file: "pom.xml", says: /<artifactId>flyway-/, layout: "flyway" },
  { file: "build.gradle", says: /\bflyway\b/, layout: "flyway" },
  { file: "build.gradle.kts", says: /\bflyway\b/, layout: "flyway" },
  { file: "Cargo.toml", says: crate("sqlx"), layout: "sqlx", needs: numbered },
  { file: "Cargo.toml", says: crate("diesel"), layout: "diesel" },
  // The crate that has the migrations may be another one of the workspace.
  { file: "Cargo.toml", says: /^(?![\s\S]*\b(?:diesel|refinery)\b)/, layout: "sqlx", needs: numbered },
];

/** Every file, once; `read`: its text has to be known. */
const fileNames: readonly { readonly name: string; readonly read: boolean; readonly within?: string }[] = [
  ...new Map(runnerFiles.map(({ file, within }) => [file, within])),
].map(([name, within]) => ({
  name,
  read: runnerFiles.some(({ file, says }) => file === name && says),
  ...(within === undefined ? {} : { within }),
}));

/**
 * The files that may tell a runner, in a folder from which the one with the migrations lies at `path`: ``, or
 * `db/migrations`. `nearer`: those that were there on the way. A Go module in a Rust workspace is a project of its own.
 */
export function runnerFilesFor(
  path: string,
  nearer: ReadonlySet<string>,
): readonly { readonly name: string; readonly read: boolean }[] {
  const isGo = nearer.has("go.mod") && !nearer.has("Cargo.toml");
  return fileNames.filter(
    ({ name, within }) =>
      (within === undefined || `${path}/`.startsWith(`${within}/`)) && !(isGo && name === "Cargo.toml"),
  );
}

/** A migration folder lies at most this many levels below its project. */
export const levelsAbove = 4;

/** What a file tells, in words: `dbconfig.yml`, `goose in go.mod`. `text` may be empty where it is not asked for. */
export function runnerSigns(name: string, text: string): string[] {
  return runnerFiles.filter(({ file, says }) => file === name && (says?.test(text) ?? true)).map(signOf);
}

function signOf({ file, says, layout }: RunnerFile): string {
  return says ? `${layout} in ${file}` : file;
}

/** The first of `signs` (nearest first) that speaks for one of these layouts, and for which. */
export function firstSignOf(
  names: readonly string[],
  signs: readonly string[],
): { readonly layout: string; readonly evidence: string } | undefined {
  for (const evidence of signs) {
    const row = runnerFiles.find((it) => names.includes(it.layout) && signOf(it) === evidence);
    if (row) return { layout: row.layout, evidence };
  }
  return undefined;
}

/** The layout that signs speak for, of a folder with files of these names. */
export function layoutBySigns(
  signs: readonly string[],
  names: readonly string[],
): { readonly layout: string; readonly evidence: string } | undefined {
  const told = runnerFiles.find(
    (row) =>
      signs.includes(signOf(row)) &&
      (names.length === 0 || names.some((name) => row.needs?.test(name) ?? false)),
  );
  return told && { layout: told.layout, evidence: signOf(told) };
}
