/** What a file's path says about the folder that its migration belongs to. */
export interface MigrationPlace {
  /** Path of the migration folder; empty where the file lies in the root of what was searched. */
  readonly folder: string;
  /** How many levels of folders lie between the migration folder and the file. */
  readonly depth: number;
  /** Is the name enough? Else only a number says so, which many files have that are no migration. */
  readonly certain: boolean;
}

const named =
  /^(\d+_.*\.(up|down)|V\d+\.[^._][^.]*\.(up|down)|\d+_[^.]+\.(postgres|cockroach|mysql|sqlite3?)(\.autocommit)?\.(up|down))\.sql$/;
const inFolderOfItsOwn = /^(.*\/|)\d[\d-]*_[^/]*\/(up|down|migration)\.sql$/;
const flyway = /^([VUB]\d[\d._]*|R)__.*\.sql$/;
/** Folders of which Flyway reads one: `db/migration/{vendor}`. */
const vendors = /^(common|db2|h2|mariadb|mssql|mysql|oracle|pg|postgres|postgresql|sqlite|sqlserver)$/i;
const numbered = /^\d+[_.-][^/]*\.sql$/i;

/** Of every layout that is known. A path has `/` between its parts. */
export function migrationPlace(path: string): MigrationPlace | undefined {
  const own = inFolderOfItsOwn.exec(path);
  if (own) return { folder: (own[1] ?? "").replace(/\/$/, ""), depth: 1, certain: true };
  const cut = path.lastIndexOf("/");
  const [folder, name] = [path.slice(0, Math.max(cut, 0)), path.slice(cut + 1)];
  if (flyway.test(name)) return { ...flywayPlace(folder), certain: true };
  if (named.test(name)) return { folder, depth: 0, certain: true };
  if (!numbered.test(name)) return undefined;
  // `db/migrate`, `supabase/migrations`: people call a folder of migrations by that name.
  return { folder, depth: 0, certain: /migrat/i.test(folder.slice(folder.lastIndexOf("/") + 1)) };
}

/** Flyway looks below a folder, too: `db/migration/1.0/V1__users.sql`. */
function flywayPlace(folder: string): Pick<MigrationPlace, "folder" | "depth"> {
  const parts = folder.split("/");
  const above = parts.findLastIndex((part) => /^migrations?$/i.test(part));
  const below = parts.slice(above + 1);
  if (above < 0 || below.some((part) => vendors.test(part))) return { folder, depth: 0 };
  return { folder: parts.slice(0, above + 1).join("/"), depth: below.length };
}

/** The comment lines by which goose, sql-migrate, dbmate and node-pg-migrate tell up from down. */
export function hasMarker(text: string): boolean {
  return /^[^\S\n]*--(?:[^\S\n]*(?:\+goose\s+up|\+migrate\s+up|migrate:up)|(?:[^\S\n]|-)*up\s+migration)\b/im.test(
    text,
  );
}
