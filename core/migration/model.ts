import type { FileEdit } from "../report/model.ts";

/** A migration folder as data: files, paired into migrations. */

export type Direction = "up" | "down";

/** A file as read: bytes still undecoded, because bad encodings are a finding of their own. */
export interface RawFile {
  /** Path with `/`, as messages show it (relative to the working folder). */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A decoded file. A leading byte order mark is taken off `text` and remembered. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly bom: boolean;
  /** The first byte that is no UTF-8, as PostgreSQL writes it, and where its character stands in `text`. */
  readonly wrong?: { readonly byte: string; readonly offset: number };
}

/**
 * How the runner sends a script. `whole`: the text as one simple query, so that two or more statements share one
 * implicit transaction (golang-migrate). `statements`: one after another. `wrapped`: between BEGIN and COMMIT.
 */
export interface Execution {
  readonly send: "whole" | "statements";
  readonly wrapped: boolean;
  /**
   * Statements that are sent as one query although others are sent one by one: 0-based UTF-16 offsets into the file around
   * several of them each.
   */
  readonly together?: readonly { readonly start: number; readonly end: number }[];
  /** The runner's driver fails where the script has ended the transaction before the runner does (Go's lib/pq). */
  readonly mustStayOpen?: true;
  /**
   * How the runner finds the table in which it notes what has run, where the script can hide it: by the search_path, or
   * in the first schema of it.
   */
  readonly notes?: "by search_path" | "in current schema";
  /** The runner opens none around a statement that it knows to refuse one: CONCURRENTLY needs no word. */
  readonly unwrapsItself?: true;
  /** What to do for the runner to open no transaction, where it can be told. */
  readonly unwrap?: string;
}

/** One direction of one migration: a file, or a section of one. */
export interface Script {
  readonly direction: Direction;
  readonly file: SourceFile;
  /** Where the SQL of this direction stands in `file.text`: 0-based UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly execution: Execution;
}

/** What a comment in a migration declares about it. */
export interface Declarations {
  /** `-- switchback: irreversible <reason>` */
  readonly irreversible?: string;
  /** `-- switchback: lossy <reason>` */
  readonly lossy?: string;
}

/** A place in a file that the runner would refuse or misread: a section that is not closed, or out of order. */
export interface Malformed {
  readonly file: SourceFile;
  /** 0-based UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** What goes wrong, where it is not what the rule says of all. */
  readonly why?: string;
  readonly help: string;
  readonly fix?: { readonly title: string; readonly edits: readonly FileEdit[] };
  /** Default: an error. */
  readonly severity?: "warning";
  /** However many places there are, one cause. */
  readonly oncePerFolder?: true;
  /** The file is run all the same: the runner does something else than was meant, or a kindred one does not mind. */
  readonly isRun?: true;
}

/** A place for which the runner refuses the file. */
export type Refusal = Pick<Malformed, "file" | "start" | "end" | "message">;

export interface Migration {
  /** As spelt: `000012`. */
  readonly version: string;
  /** Equal for `1` and `000001`; compare with the layout's order. */
  readonly key: string;
  /** `add_user_status` */
  readonly title: string;
  /** `000012_add_user_status` */
  readonly name: string;
  readonly up?: Script;
  readonly down?: Script;
  /** Why the runner refuses the file. */
  readonly refused?: Refusal;
  readonly declarations: Declarations;
}
