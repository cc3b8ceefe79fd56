import type { AlterTableCmd, ColumnDef, Constraint, CreateStmt, Node, TypeName } from "@pgsql/types";
import { including } from "../../../catalog/simulate/like.ts";
import { hasOption } from "../../../catalog/simulate/options.ts";

export interface NewerSyntax {
  /** The major version that has it first. */
  readonly since: number;
  /** What it is, as the subject of a sentence in the plural. */
  readonly words: string;
  /** What older versions have in its place. */
  readonly instead?: string;
}

export interface Syntax extends NewerSyntax {
  /** Does a node of a statement write it? `sql` is the statement, for what leaves no trace in its tree. */
  readonly isIn: (node: Node, sql: string) => boolean;
}

export function ofConstraint(isIn: (constraint: Constraint) => boolean): (node: Node) => boolean {
  return (node) => "Constraint" in node && isIn(node.Constraint);
}

export function ofCommand(isIn: (command: AlterTableCmd) => boolean): (node: Node) => boolean {
  return (node) => "AlterTableCmd" in node && isIn(node.AlterTableCmd);
}

export function ofColumn(isIn: (column: ColumnDef) => boolean): (node: Node) => boolean {
  return (node) => "ColumnDef" in node && isIn(node.ColumnDef);
}

/** The type that is named for a column, a parameter or a cast, where it is no node of its own. */
export function typeIn(node: Node): TypeName | undefined {
  if ("ColumnDef" in node) return node.ColumnDef.typeName;
  if ("TypeCast" in node) return node.TypeCast.typeName;
  if ("FunctionParameter" in node) return node.FunctionParameter.argType;
  return "TypeName" in node ? node.TypeName : undefined;
}

/** A constraint that stands in a CREATE TABLE, be it behind a column. */
export function withConstraint(
  { tableElts = [] }: CreateStmt,
  ...kinds: readonly Constraint["contype"][]
): boolean {
  return tableElts
    .flatMap((part) => [part, ...("ColumnDef" in part ? (part.ColumnDef.constraints ?? []) : [])])
    .some((part) => "Constraint" in part && kinds.includes(part.Constraint.contype));
}

/** An option of COPY. */
export function ofCopy(...names: readonly string[]): (node: Node) => boolean {
  return (node) => "CopyStmt" in node && names.some((name) => hasOption(node.CopyStmt.options, name));
}

/** An option of VACUUM or ANALYZE. */
export function ofVacuum(...names: readonly string[]): (node: Node) => boolean {
  return (node) => "VacuumStmt" in node && names.some((name) => hasOption(node.VacuumStmt.options, name));
}

/** A parameter that a table or an index is made or changed with. */
export function ofStorage(...names: readonly string[]): (node: Node) => boolean {
  const isNamed = (list: readonly Node[] | undefined) =>
    (list ?? []).some((it) => "DefElem" in it && names.includes(it.DefElem.defname ?? ""));
  return (node) => {
    if ("CreateStmt" in node) return isNamed(node.CreateStmt.options);
    if ("IndexStmt" in node) return isNamed(node.IndexStmt.options);
    if (!("AlterTableCmd" in node)) return false;
    const { subtype, def } = node.AlterTableCmd;
    const sets = subtype === "AT_SetRelOptions" || subtype === "AT_ResetRelOptions";
    return sets && def !== undefined && "List" in def && isNamed(def.List.items);
  };
}

/** LIKE … INCLUDING one thing; ALL takes what there is. */
export function ofLike(what: keyof typeof including): (node: Node) => boolean {
  return (node) => {
    if (!("TableLikeClause" in node)) return false;
    const { options = 0 } = node.TableLikeClause;
    const isAll = (options & including.indexes) !== 0 && (options & including.comments) !== 0;
    return !isAll && (options & including[what]) !== 0;
  };
}

/** A role that somebody is made a member of. */
export function ofRole(...names: readonly string[]): (node: Node) => boolean {
  return (node) =>
    "GrantRoleStmt" in node &&
    (node.GrantRoleStmt.granted_roles ?? []).some(
      (it) => "AccessPriv" in it && names.includes(it.AccessPriv.priv_name ?? ""),
    );
}

/** A setting that is set: for the session, a function, a role or a database. */
export function ofSetting(...names: readonly string[]): (node: Node) => boolean {
  return (node) => {
    const set =
      "VariableSetStmt" in node
        ? node.VariableSetStmt
        : "AlterRoleSetStmt" in node
          ? node.AlterRoleSetStmt.setstmt
          : "AlterDatabaseSetStmt" in node
            ? node.AlterDatabaseSetStmt.setstmt
            : undefined;
    return names.includes(set?.name ?? "");
  };
}
