import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Position } from "#core/report/model.ts";
import { checkoutRoot, pathInside } from "./checkout-root.ts";
import { staysInside } from "./folder.ts";
import type { Place } from "./problem.ts";

/** A configuration file as the repository has it. */
export interface ConfigFile {
  /** Its path from the root of the repository, where it is a link to what is none of the repository's. */
  readonly strayed: string | undefined;
  /** For an annotation; a file that is not the repository's has none. */
  place(position: Position | undefined): Place | undefined;
  /** What it says of the migration folder, also where it is broken elsewhere. */
  folder(): Promise<NamedFolder | undefined>;
}

export interface NamedFolder {
  /** Absolute; undefined where the key holds no path. */
  readonly path: string | undefined;
  /** What to call the key: `"migrations" in switchback.jsonc:3`. */
  readonly words: string;
  readonly place: Place | undefined;
}

/** `directory` is where the paths of messages start. */
export function configFile(
  file: string,
  { workspace, directory, repository }: { workspace: string; directory: string; repository: string },
): ConfigFile {
  const root = checkoutRoot(workspace, dirname(file), repository);
  const inside = pathInside(root, file);
  const place = (position: Position | undefined) =>
    inside === undefined || position === undefined ? undefined : { file: inside, ...position };
  return {
    strayed: inside === undefined || !existsSync(file) || staysInside(root, inside) ? undefined : inside,
    place,
    async folder() {
      const { keyInConfig } = await import("#core/config/key-in-config.ts");
      const key = keyInConfig(textOf(file), "migrations");
      if (!key) return undefined;
      const { value, position } = key;
      const shown = relative(directory, file).replaceAll("\\", "/");
      return {
        path: typeof value === "string" ? resolve(dirname(file), value) : undefined,
        words: `"migrations" in ${shown}:${position.line}`,
        place: place(position),
      };
    },
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\ufeff/, "");
  } catch {
    return "";
  }
}
