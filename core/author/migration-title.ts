/** A description as a person writes it → the title in a file name, or why it cannot be one. */
export type TitleResult =
  | { readonly ok: true; readonly title: string }
  | { readonly ok: false; readonly problem: string };

/** With version, direction and a runner's own suffixes this stays below the 255 bytes of every file system. */
const longest = 100;

/** `Add user status` → `add_user_status`. Only ASCII letters and digits survive everywhere that a file name goes. */
export function migrationTitle(description: string): TitleResult {
  const trimmed = description.trim();
  if (trimmed === "") return bad("Say what the migration does, for example: add user status");
  if (/[/\\]/.test(trimmed)) return bad("A title cannot hold a path");
  if (/\.sql$/i.test(trimmed)) return bad("Give the description only; the version and .up.sql are added");
  const foreign = /[^\p{ASCII}]/u.exec(trimmed)?.[0];
  if (foreign) return bad(`"${foreign}" is not safe in a file name; use letters, digits and spaces`);
  const title = trimmed
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll("'", "")
    .replaceAll(/[^A-Za-z\d]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .toLowerCase();
  if (title === "") return bad("Use at least one letter or digit");
  if (title.length > longest) return bad(`At most ${longest} characters; this has ${title.length}`);
  return { ok: true, title };
}

function bad(problem: string): TitleResult {
  return { ok: false, problem };
}

/** Some runners spell the blanks of a title as dashes. */
export function isSameTitle(a: string, b: string): boolean {
  return a.replaceAll("-", "_") === b.replaceAll("-", "_");
}
