import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutMark } from "../../migration/without-mark.ts";

/** The `.sql` files of a folder of fixtures. `shown`: the folder as messages show it. Throws what the file system throws. */
export function readFixtures(folder: string, shown: string): { path: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => /\.sql$/i.test(name))
    .sort()
    .map((name) => ({
      path: shown === "" ? name : `${shown}/${name}`,
      text: withoutMark(readFileSync(join(folder, name), "utf8")),
    }));
}
