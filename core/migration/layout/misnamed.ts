interface Misnamed {
  readonly reason: string;
  readonly rename?: string;
}

const wellNamed = /^[0-9]+_.*\.(down|up)\.sql$/;

/** Why golang-migrate does not run this file, or should not. Undefined for a file that is a migration. */
export function misnamed(name: string): Misnamed | undefined {
  if (isLeftOver(name)) return { reason: "it looks like an editor's or a merge's left-over" };
  if (wellNamed.test(name)) return undefined;
  return { reason: complaint(name), ...suggestion(name) };
}

/** vim, Emacs, JetBrains, patch and merge leave copies beside the file; some of them golang-migrate would even run. */
function isLeftOver(name: string): boolean {
  return /^[.#]|[~#]$|\.(swp|swo|bak|orig|rej|tmp|old|save)$|\(\d+\)|\bcopy\b.*\.sql$| \d+\.sql$/i.test(name);
}

function complaint(name: string): string {
  if (!/^\d/.test(name)) return "its name does not begin with a version";
  if (!/^\d+_/.test(name)) return "no underscore follows the version";
  if (/[_-](up|down)\.sql$/i.test(name)) return "the direction must be written .up.sql or .down.sql";
  if (/\.(up|down)\.sql$/i.test(name)) return ".up.sql and .down.sql must be lower case";
  if (/\.(up|down)\./i.test(name)) return "its name does not end in .sql";
  return "its name says neither .up.sql nor .down.sql";
}

function suggestion(name: string): { rename?: string } {
  const match = /^(\d+)[_.-]?([^\d.].*?)[._-](up|down)\.sql$/i.exec(name);
  if (!match) return {};
  const [, version, title, direction = ""] = match;
  return { rename: `${version}_${title}.${direction.toLowerCase()}.sql` };
}
