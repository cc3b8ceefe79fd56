import type { ProposedDown } from "#core/author/down/propose-down.ts";
import type { Migration } from "#core/migration/model.ts";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import type { AuthorFolder } from "../input/author-folder.ts";

/** A migration with the down that was proposed for it. */
export interface Proposal {
  readonly target: AuthorFolder;
  readonly reading: FolderReading;
  readonly migration: Migration;
  readonly proposed: ProposedDown;
}
