/** What a file's path says about the folder that its migration belongs to. */
export interface MigrationPlace {
  /** Path of the migration folder; empty where the file lies in the root of what was searched. */
  readonly folder: string;
  /** How many levels of folders lie between the migration folder and the file. */
  readonly depth: 0 | 1;
  /** Is the name enough? Else only a number says so, which many files have that are no migration. */
  readonly certain: boolean;
}

const named =
  /^(\d+_.*\.(up|down)|[VU]\d[\d._]*__.*|R__.*|V\d+\.[^._][^.]*\.(up|down)|\d+_[^.]+\.(postgres|cockroach|mysql|sqlite3?)(\.autocommit)?\.(up|down))\.sql$/;
const inFolderOfItsOwn = /^(.*\/|)\d[\d-]*_[^/]*\/(up|down|migration)\.sql$/;
const numbered = /^\d+[_.-][^/]*\.sql$/i;

/** Of every layout that is known. A path has `/` between its parts. */
export function migrationPlace(path: string): MigrationPlace | undefined {
  const own = inFolderOfItsOwn.exec(path);
  if (own) return { folder: (own[1] ?? "").replace(/\/$/, ""), depth: 1, certain: true };
  const cut = path.lastIndexOf("/");
  const [folder, name] = [path.slice(0, Math.max(cut, 0)), path.slice(cut + 1)];
  if (named.test(name)) return { folder, depth: 0, certain: true };
  if (!numbered.test(name)) return undefined;
  // `db/migrate`, `supabase/migrations`: people call a folder of migrations by that name.
  return { folder, depth: 0, certain: /migrat/i.test(folder.slice(folder.lastIndexOf("/") + 1)) };
}

/** The comment lines by which goose, sql-migrate, dbmate and node-pg-migrate tell up from down. */
export function hasMarker(text: string): boolean {
  return /^[^\S\n]*--(?:[^\S\n]*(?:\+goose\s+up|\+migrate\s+up|migrate:up)|(?:[^\S\n]|-)*up\s+migration)\b/im.test(
    text,
  );
}
