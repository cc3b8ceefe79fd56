import type { Node } from "@pgsql/types";
import type { LockMode } from "../locks.ts";
import type { Dependency, ObjectKey } from "../model.ts";

/** What one statement does to one object, as far as the statement and the catalog before it can tell. */
export type Effect =
  | {
      readonly action: "create";
      readonly key: ObjectKey;
      readonly replaced?: true;
      /** ALTER TABLE: 0-based index of the subcommand that makes it, as written. */
      readonly command?: number;
    }
  | { readonly action: "drop"; readonly key: ObjectKey; readonly cascaded?: true }
  | { readonly action: "alter"; readonly key: ObjectKey }
  | { readonly action: "rename"; readonly key: ObjectKey; readonly to: ObjectKey }
  /** Rows: INSERT, UPDATE, DELETE, TRUNCATE, COPY FROM, MERGE. */
  | {
      readonly action: "write";
      readonly key: ObjectKey;
      readonly verb: "insert" | "update" | "delete" | "truncate";
    };

/** A lock that the statement takes on a relation until its transaction ends. */
export interface Lock {
  readonly key: ObjectKey;
  readonly mode: LockMode;
  /** Every row is written anew while the lock is held. */
  readonly rewrite?: true;
  /** Every row is read while the lock is held. */
  readonly scan?: true;
  /** ATTACH PARTITION: the rows are read since nothing vouches that they fit the bound. */
  readonly unproved?: true;
  /** ALTER TABLE: 0-based index of the subcommand that takes it, as written. */
  readonly command?: number;
  /** DO: the statement in it that takes it. */
  readonly inside?: Node;
}

/** Where a statement stands in the body of a DO block. */
export interface InsidePlace {
  /** 1-based, of the body. */
  readonly line: number;
  /** As PL/pgSQL would send it: of PERFORM and EXECUTE that is not what stands there. */
  readonly text: string;
}

/** The statement would fail on PostgreSQL. */
export type Failure =
  /** 2BP01: other objects depend on it. */
  | {
      readonly reason: "dependents";
      readonly key: ObjectKey;
      readonly dependents: readonly { readonly key: ObjectKey; readonly type: Dependency["type"] }[];
    }
  /** 42P01, 42704, 42703 …: it does not exist. */
  | { readonly reason: "missing"; readonly key: ObjectKey }
  /** 42P07, 42710, 42701 …: it exists already. */
  | { readonly reason: "exists"; readonly key: ObjectKey }
  /** 42P16, 42725, 42804 …: PostgreSQL does not do this to it. */
  | {
      readonly reason: "refused";
      readonly key: ObjectKey;
      readonly condition: string;
      /** A sentence, and what to do instead. */
      readonly why: string;
      readonly help: string;
    };

/** Something that exists already, and not as the statement says. */
export interface Mismatch {
  readonly key: ObjectKey;
  readonly is: string;
  readonly asked: string;
}

/** A statement in a loop. */
export interface Repeated {
  readonly node: Node;
  /** FOR … IN: the query for whose rows it runs. */
  readonly rows?: Node;
}

export interface Outcome {
  readonly effects: readonly Effect[];
  readonly locks: readonly Lock[];
  readonly failure?: Failure;
  /** ALTER TABLE: 0-based index of the subcommand that fails, as written. */
  readonly failedCommand?: number;
  /** IF EXISTS / IF NOT EXISTS made it do nothing for these objects. */
  readonly skipped: readonly ObjectKey[];
  /** The one of those which IF NOT EXISTS took for what it is not. */
  readonly mismatch?: Mismatch;
  /** Why the simulation cannot know what the statement does: "DO block", "EXECUTE", … */
  readonly notAnalysed?: string;
  /** DO, CALL: it commits, or rolls back, where it gets that far. */
  readonly endsTransaction?: true;
  /** DO: the statements in it that run once, for certain. */
  readonly inside?: readonly Node[];
  /** DO: the statements in its loops. */
  readonly repeated?: readonly Repeated[];
  /** DO: where the statements in it stand. */
  readonly places?: ReadonlyMap<Node, InsidePlace>;
}
