import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import { withoutMark } from "#core/migration/without-mark.ts";
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
  /** What it says of an option, also where it is broken elsewhere. */
  key(name: keyof Config): Promise<NamedKey | undefined>;
}

export interface NamedKey {
  /** Absolute; undefined where the key holds no text. */
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
    async key(name) {
      const { keyInConfig } = await import("#core/config/key-in-config.ts");
      const key = keyInConfig(textOf(file), name);
      if (!key) return undefined;
      const { value, position } = key;
      const shown = relative(directory, file).replaceAll("\\", "/");
      return {
        path: typeof value === "string" ? resolve(dirname(file), value) : undefined,
        words: `"${name}" in ${shown}:${position.line}`,
        place: place(position),
      };
    },
  };
}

function textOf(file: string): string {
  try {
    return withoutMark(readFileSync(file, "utf8"));
  } catch {
    return "";
  }
}
