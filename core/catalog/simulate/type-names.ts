import type { Node, TypeName } from "@pgsql/types";
import { dictionary } from "../../sql/dictionary.ts";
import { type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { qualify, quoteIdentifier } from "../quote-identifier.ts";
import { serialTypes } from "../serial-types.ts";
import { extensionOfType } from "./extension-members.ts";
import { schemasToSearch, strings } from "./relations.ts";
import type { World } from "./world.ts";

/** A type as a column, argument or cast has it. */
export interface ResolvedType {
  /** As format_type prints it. */
  readonly text: string;
  readonly dependsOn: readonly Dependency[];
  /** Set for serial, bigserial and smallserial. */
  readonly serial?: "smallint" | "integer" | "bigint";
}

/** Internal names of built-in types whose SQL name is another one. */
const sqlNames: Readonly<Record<string, string>> = dictionary({
  bool: "boolean",
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  varchar: "character varying",
  bpchar: "character",
  varbit: "bit varying",
  timestamptz: "timestamp with time zone",
  timestamp: "timestamp without time zone",
  timetz: "time with time zone",
  time: "time without time zone",
  char: '"char"',
});

/** `int4` for `integer`: the name that PostgreSQL has for a type, where SQL has another one. */
export function internalName(sqlName: string): string {
  return Object.keys(sqlNames).find((name) => sqlNames[name] === sqlName) ?? sqlName;
}

const builtIn = new Set(
  `aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray
  anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char cid cidr circle
  cstring date datemultirange daterange event_trigger fdw_handler float4 float8 inet int2 int2vector int4 int4multirange
  int4range int8 int8multirange int8range internal interval json jsonb jsonpath language_handler line lseg macaddr
  macaddr8 money name numeric nummultirange numrange oid oidvector path pg_lsn pg_snapshot point polygon record
  refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole
  regtype text tid time timestamp timestamptz timetz trigger tsmultirange tsquery tsrange tstzmultirange tstzrange
  tsvector txid_snapshot unknown uuid varbit varchar void xid xid8 xml`.split(/\s+/),
);

export function resolveType(world: World, type: TypeName | undefined): ResolvedType {
  const names = strings(type?.names);
  const name = names.at(-1) ?? "";
  const serial = names.length === 1 ? serialTypes[name] : undefined;
  if (serial) return { text: serial, dependsOn: [], serial };
  const element = arrayElement(world, names);
  const array = type?.arrayBounds?.length || element ? "[]" : "";
  const base = baseType(world, element ?? names, type?.typmods);
  return { text: base.text + array, dependsOn: base.dependsOn };
}

/** `_text` is how the catalog names `text[]`, and so do tools that write DDL from it. */
function arrayElement(world: World, names: readonly string[]): readonly string[] | undefined {
  const name = names.at(-1) ?? "";
  if (!name.startsWith("_")) return undefined;
  const element = name.slice(1);
  const schema = names.length > 1 ? names.at(-2) : undefined;
  const found = [...names.slice(0, -1), element];
  if (schema === "pg_catalog" || (schema === undefined && builtIn.has(element))) return found;
  const holds = (schema: string, type: string) => hasType(world, qualify(schema, type)) !== undefined;
  const candidates = schemasToSearch(world, schema);
  if (candidates.some((candidate) => holds(candidate, name))) return undefined;
  return candidates.some((candidate) => holds(candidate, element)) ? found : undefined;
}

/** Whatever names a type: each relation has one of its rows. */
function hasType(world: World, name: string): ObjectKey | undefined {
  return (
    (["type", "domain", "table", "view", "materialized view"] as const)
      .map((kind) => keyOf(kind, name))
      .find((key) => world.catalog.has(key)) ?? rangeOf(world, name)
  );
}

/** The range type that brought a multirange: that has no object of its own, but a function that makes an empty one. */
function rangeOf(world: World, multirange: string): ObjectKey | undefined {
  const empty = world.catalog.get("function", `${multirange}()`);
  return empty?.dependsOn.find(({ on, type }) => type === "internal" && on.startsWith("type "))?.on;
}

function baseType(
  world: World,
  names: readonly string[],
  typmods: readonly Node[] | undefined,
): ResolvedType {
  const name = names.at(-1) ?? "";
  const schema = names.length > 1 ? names.at(-2) : undefined;
  if (schema === "pg_catalog" || (schema === undefined && builtIn.has(name))) {
    return { text: withModifiers(name, typmods), dependsOn: [] };
  }
  for (const candidate of schemasToSearch(world, schema)) {
    const text = qualify(candidate, name);
    const key = hasType(world, text);
    if (key) return { text, dependsOn: [{ on: key, type: "normal" }] };
  }
  const extension = extensionOfType(world, name);
  const text = qualify(schema ?? extension?.schema ?? world.settings.searchPath[0] ?? "public", name);
  const modifiers = typmods?.length ? `(${typmods.map(constant).join(",")})` : "";
  if (extension) return { text: text + modifiers, dependsOn: [{ on: extension.key, type: "normal" }] };
  const key = keyOf("type", text);
  if (!world.mayAssume(key)) world.fail({ reason: "missing", key });
  else world.assumed.add(key);
  return { text: text + modifiers, dependsOn: [] };
}

function withModifiers(name: string, typmods: readonly Node[] | undefined): string {
  const values = (typmods ?? []).map(constant);
  const sqlName = sqlNames[name] ?? (builtIn.has(name) || name === "numeric" ? name : quoteIdentifier(name));
  if (values.length === 0) return name === "bit" ? "bit(1)" : sqlName;
  switch (name) {
    case "numeric":
      return `numeric(${values[0]},${values[1] ?? "0"})`;
    case "timestamp":
    case "timestamptz":
    case "time":
    case "timetz": {
      const [first, ...rest] = sqlName.split(" ");
      return `${first}(${values[0]}) ${rest.join(" ")}`;
    }
    case "interval":
      return interval(values);
    default:
      return `${sqlName}(${values.join(",")})`;
  }
}

/** The field mask that the grammar makes of INTERVAL YEAR TO MONTH and the like (src/include/utils/timestamp.h). */
const intervalFields: Readonly<Record<string, string>> = {
  "4": " year",
  "2": " month",
  "8": " day",
  "1024": " hour",
  "2048": " minute",
  "4096": " second",
  "6": " year to month",
  "1032": " day to hour",
  "3080": " day to minute",
  "7176": " day to second",
  "3072": " hour to minute",
  "7168": " hour to second",
  "6144": " minute to second",
};

function interval(values: readonly string[]): string {
  const fields = intervalFields[values[0] ?? ""] ?? "";
  return `interval${fields}${values[1] === undefined ? "" : `(${values[1]})`}`;
}

function constant(node: Node): string {
  if ("A_Const" in node) {
    const value = node.A_Const;
    if (value.ival) return String(value.ival.ival ?? 0);
    return value.sval?.sval ?? value.fval?.fval ?? "0";
  }
  if ("ColumnRef" in node) return strings(node.ColumnRef.fields).join(".");
  return "";
}
