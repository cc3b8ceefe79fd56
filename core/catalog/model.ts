/**
 * What a database contains, as plain values. Two halves fill it: `simulate/` from statements alone, `postgres/catalog`
 * from pg_catalog. Attributes are absent where PostgreSQL's default holds, so that equal things compare equal.
 * Names are unquoted unless they must be quoted, and always schema-qualified.
 */

export interface AttributesOf {
  schema: Common;
  extension: {
    schema?: string;
    version?: string;
    /** What is not part of it and falls with it: ALTER FUNCTION … DEPENDS ON EXTENSION. */
    dependents?: readonly string[];
    comment?: string;
  };
  table: Common &
    Storage & {
      persistence?: "unlogged" | "temporary";
      /** `RANGE (created_at)` */
      partitionKey?: string;
      /** Parent and bound of a partition: `public.events`, `FOR VALUES FROM (1) TO (10)` */
      partitionOf?: string;
      partitionBound?: string;
      inherits?: readonly string[];
      ofType?: string;
      rowSecurity?: true;
      forceRowSecurity?: true;
      /** `full`, `nothing`, or the index: `index users_pkey` */
      replicaIdentity?: string;
      accessMethod?: string;
      /** Foreign tables: server and options. */
      server?: string;
      foreignOptions?: readonly string[];
    };
  column: {
    /** As format_type prints it: `character varying(255)`, `public.user_status`. */
    type: string;
    notNull?: true;
    default?: string;
    identity?: "always" | "by default";
    generated?: string;
    /** "stored" or "virtual" where `generated` is set. */
    generation?: "stored" | "virtual";
    collation?: string;
    storage?: string;
    compression?: string;
    statistics?: number;
    options?: readonly string[];
    /** Not declared here but in a parent. */
    inherited?: true;
    comment?: string;
    privileges?: readonly string[];
  };
  constraint: {
    type: "primary key" | "unique" | "foreign key" | "check" | "exclusion" | "not null" | "trigger";
    /** As pg_get_constraintdef prints it: `FOREIGN KEY (user_id) REFERENCES public.users(id)`. */
    definition: string;
    columns: readonly string[];
    /** Foreign key: the other table and its columns. */
    references?: string;
    referencedColumns?: readonly string[];
    notValidated?: true;
    deferrable?: "initially immediate" | "initially deferred";
    notEnforced?: true;
    noInherit?: true;
    inherited?: true;
    /** Foreign key: its triggers were disabled (ALTER TABLE … DISABLE TRIGGER ALL). */
    triggersDisabled?: true;
    comment?: string;
  };
  index: {
    /** As pg_get_indexdef prints it. */
    definition: string;
    unique?: true;
    method: string;
    /** Key columns; an expression stands as its text. */
    columns: readonly string[];
    include?: readonly string[];
    predicate?: string;
    invalid?: true;
    /** Key of the constraint that owns it. */
    constraint?: string;
    clustered?: true;
    partitionOf?: string;
    tablespace?: string;
    options?: readonly string[];
    /** Statistics targets of expressions: `2 500` is column 2. */
    statistics?: readonly string[];
    comment?: string;
  };
  view: Common & { definition: string; options?: readonly string[] };
  "materialized view": Common & Storage & { definition: string; accessMethod?: string; unpopulated?: true };
  sequence: Common & {
    type: string;
    start: string;
    increment: string;
    min: string;
    max: string;
    cache: string;
    cycle?: true;
    ownedBy?: string;
    persistence?: "unlogged" | "temporary";
  };
  function: Routine;
  procedure: Routine;
  aggregate: Routine;
  trigger: { definition: string; function: string; enabled?: string; comment?: string };
  "event trigger": {
    definition: string;
    function: string;
    enabled?: string;
    comment?: string;
    owner?: string;
  };
  type: Common & {
    form: "enum" | "composite" | "range" | "base" | "shell";
    /** Enum labels in order. */
    labels?: readonly string[];
    /** Composite: `name type` in order. */
    fields?: readonly string[];
    definition?: string;
  };
  domain: Common & { type: string; notNull?: true; default?: string; collation?: string };
  operator: Plain;
  "operator class": Plain;
  "operator family": Plain;
  cast: Plain;
  collation: Plain;
  conversion: Plain;
  policy: {
    command: string;
    permissive?: false;
    roles: readonly string[];
    using?: string;
    check?: string;
    comment?: string;
  };
  rule: { definition: string; enabled?: string; comment?: string };
  statistics: Plain;
  publication: Plain;
  subscription: Plain;
  "foreign-data wrapper": Plain;
  server: Plain;
  "user mapping": Plain;
  "text search configuration": Plain;
  "text search dictionary": Plain;
  "text search parser": Plain;
  "text search template": Plain;
  language: Plain;
  transform: Plain;
  "access method": Plain;
  "security label": { definition: string };
  /** On something of PostgreSQL's own or of an extension's: `function pg_catalog.pg_sleep(double precision)`. */
  "privileges on": {
    privileges: readonly string[];
    /** What it came with. */
    initial: readonly string[];
  };
  "default privileges": { privileges: readonly string[] };
  role: { options: readonly string[]; memberOf?: readonly string[]; comment?: string };
  tablespace: Plain;
  /** ALTER DATABASE/ROLE … SET and database-level properties. */
  setting: Plain;
  "large object": Common;
}

interface Common {
  owner?: string;
  privileges?: readonly string[];
  /** ALTER EXTENSION … ADD made it a member. A server is not asked for what belongs to extensions. */
  extension?: string;
  comment?: string;
}
interface Storage {
  options?: readonly string[];
  tablespace?: string;
}
interface Plain extends Common {
  definition: string;
}
interface Routine extends Common {
  /** As pg_get_functiondef prints it; for aggregates a text of the same kind. */
  definition: string;
  returns?: string;
  language?: string;
  volatility?: "immutable" | "stable" | "volatile";
}

export type ObjectKind = keyof AttributesOf;

/** `${kind} ${name}`: unique in a catalog. */
export type ObjectKey = string;

/** pg_depend.deptype in words: `auto` falls with what it depends on, `normal` blocks the drop without CASCADE. */
export interface Dependency {
  readonly on: ObjectKey;
  readonly type: "normal" | "auto" | "internal" | "extension";
  /**
   * `default`: only the default of the column or domain depends on it: CASCADE takes the default and leaves the rest.
   * `member`: it is one of several in a list, and leaves the list without a word.
   */
  readonly part?: "default" | "member";
}

/** Where a statement made an object: the file and 0-based UTF-16 offsets. Never compared. */
export interface Origin {
  readonly migration: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

interface ObjectOf<K extends ObjectKind> {
  readonly kind: K;
  /**
   * Schema-qualified identity: `public.users`; children carry their parent: `public.users.email` (column, constraint,
   * trigger, policy, rule); an index is `public.users_email_idx`; a routine `public.f(integer, text)`.
   */
  readonly name: string;
  /** Key of the table, view or domain that this is a part of. Also set for indexes. */
  readonly parent?: ObjectKey;
  readonly attributes: Readonly<AttributesOf[K]>;
  readonly dependsOn: readonly Dependency[];
  /** 1-based order among its siblings (columns). Compared as `benign`. */
  readonly position?: number;
  readonly origin?: Origin;
}

export type CatalogObject<K extends ObjectKind = ObjectKind> = { [P in K]: ObjectOf<P> }[K];

export function keyOf(kind: ObjectKind, name: string): ObjectKey {
  return `${kind} ${name}`;
}
