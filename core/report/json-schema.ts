import { changeClasses, phases } from "./model.ts";
import { verdictStatuses } from "./verdict-words.ts";

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const directions = ["up", "down"];
const milliseconds = { type: "number", minimum: 0 };

/** Closed, so that the schema and the report cannot drift apart unseen. */
function object(required: Record<string, object>, optional: Record<string, object> = {}): object {
  return {
    type: "object",
    required: Object.keys(required),
    additionalProperties: false,
    properties: { ...required, ...optional },
  };
}

function list(items: object): object {
  return { type: "array", items };
}

function ref(name: string): object {
  return { $ref: `#/definitions/${name}` };
}

const changeFields = {
  kind: { ...text, description: "Kind of object in words: table, index, materialized view." },
  object: { ...text, description: "Schema-qualified name as PostgreSQL prints it." },
  class: { enum: changeClasses, description: "How much it matters; only real changes fail a round trip." },
  before: { type: ["string", "null"], description: "Definition that was expected; null: none should exist." },
  after: { type: ["string", "null"], description: "Definition that was found; null: it is missing." },
  words: { ...text, description: "The difference in plain words." },
};

const errorFields = {
  phase: ref("phase"),
  sqlstate: { type: ["string", "null"], description: "Null where the server itself was lost." },
  message: text,
  file: text,
};

/** JSON Schema (draft 7) of the report that `--format json` prints. */
export const reportSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Report of Switchback",
  description:
    "Lines and columns are 1-based; columns count UTF-16 code units; `end` is behind the last character.",
  ...object(
    {
      version: { ...text, description: "Version of Switchback." },
      layout: text,
      folder: text,
      engine: {
        description: "What ran the SQL; null where nothing was proved.",
        anyOf: [
          { type: "null" },
          object(
            { name: { enum: ["embedded", "pglite", "docker", "server"] }, postgres: text },
            { note: { ...text, description: "How it differs from what was asked for." } },
          ),
        ],
      },
      migrations: list(object({ version: text, name: text }, { up: text, down: text })),
      findings: list(ref("finding")),
      roundTrips: list(ref("roundTrip")),
      summary: object({
        migrations: count,
        errors: count,
        warnings: count,
        infos: count,
        fixable: count,
        statements: count,
        notAnalysed: count,
        ms: milliseconds,
      }),
    },
    {
      walkDown: ref("walkDown"),
      clusterObjects: {
        type: "array",
        items: text,
        description:
          "What migrations made beside their database on a server that outlives the run (role app); removed at the end.",
      },
      shard: {
        description: "Which part of the folder's report this is; absent: all of it.",
        ...object({ index: { type: "integer", minimum: 1 }, count: { type: "integer", minimum: 1 } }),
      },
      unproved: { ...text, description: "Why nothing was proved although it should have been." },
    },
  ),
  definitions: {
    phase: { enum: phases, description: "redo is going up again after the down." },
    position: object({ line: { type: "integer", minimum: 1 }, column: { type: "integer", minimum: 1 } }),
    range: object({ start: ref("position"), end: ref("position") }),
    change: object(changeFields),
    edit: {
      description: "Offsets are 0-based UTF-16 code units into the file after a byte order mark.",
      anyOf: [
        object({ kind: { const: "replace" }, file: text, start: count, end: count, text }),
        object({ kind: { const: "create" }, file: text, text }),
        object({ kind: { const: "rename" }, file: text, to: text }),
        object({ kind: { const: "delete" }, file: text }),
      ],
    },
    finding: object(
      {
        rule: text,
        severity: { enum: ["error", "warning", "info"] },
        message: text,
        file: text,
        range: ref("range"),
      },
      {
        migration: text,
        label: text,
        why: text,
        help: text,
        related: list(object({ message: text, location: object({ file: text, range: ref("range") }) })),
        fix: object({ title: text, edits: list(ref("edit")) }),
        proof: { ...text, description: "What the round trip said about the same cause." },
        changes: list(ref("change")),
      },
    ),
    error: object(errorFields, {
      onRows: { const: true, description: "It fails only where the tables have rows." },
      detail: text,
      hint: text,
      line: { type: "integer", minimum: 1 },
      column: { type: "integer", minimum: 1 },
    }),
    roundTrip: object(
      {
        version: text,
        name: text,
        status: { enum: verdictStatuses, description: "The first phase that failed decides." },
        changes: list(object({ phase: ref("phase"), ...changeFields })),
        errors: list(ref("error")),
        timings: object(
          { total: milliseconds },
          { up: milliseconds, down: milliseconds, redo: milliseconds },
        ),
      },
      {
        reason: text,
        phase: ref("phase"),
        columns: list(text),
        error: ref("error"),
        rows: ref("rows"),
        locks: list(ref("statement")),
        rerun: list(ref("rerun")),
      },
    ),
    runError: object(
      { sqlstate: errorFields.sqlstate, message: text, file: text },
      { onRows: { const: true }, detail: text, hint: text, range: ref("range") },
    ),
    rows: {
      description: "What came to light with rows in the tables.",
      ...object(
        {
          tables: { ...count, description: "Tables that there were before the up." },
          unfilled: list(object({ table: text, reason: text })),
          lost: {
            ...list(object({ table: text, lost: count, of: count }, { column: text })),
            description: "Rows, or values of a column, that were there before the up and not after the down.",
          },
          notes: list(text),
        },
        {
          lossy: { ...text, description: "The reason that the migration declares for a loss." },
          refused: { ...list(ref("runError")), description: "Fixtures that do not go in." },
        },
      ),
    },
    statement: {
      description:
        "What a statement did to objects that existed before its script, traced apart from the proof.",
      ...object(
        {
          direction: { enum: directions },
          file: text,
          range: ref("range"),
          locks: list(
            object({
              object: { ...text, description: "Schema-qualified name as PostgreSQL prints it." },
              kind: text,
              mode: { ...text, description: "As the manual spells it: ACCESS EXCLUSIVE." },
              blocks: {
                ...list({ enum: ["reads", "writes", "DDL"] }),
                description: "What others cannot do.",
              },
              rewritten: { type: "boolean", description: "Every row or entry was written anew meanwhile." },
            }),
          ),
          scans: list(object({ object: text, rows: count })),
          rowsWritten: count,
          ms: milliseconds,
        },
        { untraced: { ...text, description: "Why there is nothing to tell of this statement." } },
      ),
    },
    rerun: {
      description: "A script that, run a second time in a row, fails or does something more.",
      ...object({
        direction: { enum: directions },
        file: text,
        errors: list(ref("runError")),
        changes: list(ref("change")),
        rowsDiffer: { type: "boolean" },
      }),
    },
    walkDown: {
      description: "All downs in reverse after all ups.",
      ...object(
        { downs: count, left: list(ref("change")), ms: milliseconds },
        {
          to: { ...text, description: "Version it goes down to; absent: the empty database." },
          stopped: object({ migration: text, error: ref("runError") }),
        },
      ),
    },
  },
};
