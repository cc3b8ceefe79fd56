const dirty = "; golang-migrate marks the database as dirty";

/** What goes wrong with the runner of the folder: what only another one does is left out. */
export function whyIn(layout: string, why: string): string {
  return layout === "golang-migrate" ? why : why.replace(dirty, "");
}
