/** What a person typed into the playground: the schema that is there, and one migration. */
export interface Texts {
  readonly before: string;
  readonly up: string;
  readonly down: string;
}

export type Side = keyof Texts;

/** Files as golang-migrate spells them; what is there already comes first. */
export const fileNames: Readonly<Record<Side, string>> = {
  before: "000001_before.up.sql",
  up: "000002_change.up.sql",
  down: "000002_change.down.sql",
};

export function sideOf(file: string): Side {
  if (file === fileNames.before) return "before";
  return file === fileNames.down ? "down" : "up";
}
