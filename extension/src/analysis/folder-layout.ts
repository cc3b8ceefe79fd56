import { decode } from "#core/migration/decode.ts";
import { detectLayout } from "#core/migration/layout/detect-layout.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { RawFile } from "#core/migration/model.ts";

/** What a detection went by: it holds for as long as this does. */
interface Evidence {
  readonly nearby: readonly string[];
  readonly paths: readonly string[];
  /** Files whose names said nothing. */
  readonly texts: ReadonlyMap<string, RawFile>;
}

/**
 * The layout of a folder in the editor: as configured, else as its files tell. Of two layouts in one folder the one with
 * more files counts here; the command line and the Action say that there are two. An edit that changes nothing that told
 * is not looked at.
 */
export class FolderLayout {
  readonly #prefix: string;
  #last: { readonly layout: Layout; readonly evidence: Evidence } | undefined;

  constructor(folder: string) {
    this.#prefix = folder === "." || folder === "" ? "" : `${folder}/`;
  }

  of(configured: string, all: readonly RawFile[], nearby: readonly string[]): Layout {
    const named = layouts[configured];
    if (named) return named;
    const files = all.filter(({ path }) => /\.sql$/i.test(path));
    if (!this.#last || !holds(this.#last.evidence, files, nearby)) this.#last = this.#detect(files, nearby);
    return this.#last.layout;
  }

  #detect(files: readonly RawFile[], nearby: readonly string[]) {
    const texts = new Map<string, RawFile>();
    // Where two layouts have as many files, it must not count which was opened first.
    const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const seen = sorted.map((raw) => ({
      path: raw.path,
      name: raw.path.startsWith(this.#prefix) ? raw.path.slice(this.#prefix.length) : raw.path,
      text: () => {
        texts.set(raw.path, raw);
        return decode(raw).file.text;
      },
    }));
    const detection = detectLayout(seen, nearby);
    const found = detection.kind === "found" ? detection.layout : detection.layouts[0]?.layout;
    const evidence = { nearby, paths: files.map(({ path }) => path), texts };
    return { layout: layouts[found ?? ""] ?? golangMigrate, evidence };
  }
}

function holds({ nearby, paths, texts }: Evidence, files: readonly RawFile[], near: readonly string[]) {
  return (
    near.length === nearby.length &&
    near.every((file, index) => file === nearby[index]) &&
    files.length === paths.length &&
    files.every((raw, index) => {
      const read = texts.get(raw.path);
      return raw.path === paths[index] && (read === undefined || read === raw);
    })
  );
}
