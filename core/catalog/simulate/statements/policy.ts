import type { AlterPolicyStmt, CreatePolicyStmt, Node } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { type Dependency, keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import type { Handlers } from "../handlers.ts";
import { withLiteralTypes } from "../literal-types.ts";
import { statementLocks } from "../lock-table.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { type Relation, requireRelation } from "../relations.ts";
import { roleNames } from "../roles.ts";
import type { World } from "../world.ts";

export const policyHandlers: Handlers = { CreatePolicyStmt: createPolicy, AlterPolicyStmt: alterPolicy };

function createPolicy(world: World, statement: CreatePolicyStmt): void {
  const table = statement.table && requireRelation(world, statement.table, ["table"]);
  if (!table) return;
  world.lock(keyOf("table", table.name), statementLocks.createPolicy);
  const name = `${table.name}.${quoteIdentifier(statement.policy_name ?? "")}`;
  if (world.catalog.has(keyOf("policy", name))) {
    world.fail({ reason: "exists", key: keyOf("policy", name) });
    return;
  }
  const { using, check } = conditionsOf(world, table, statement);
  world.create({
    kind: "policy",
    name,
    parent: keyOf("table", table.name),
    attributes: {
      command: (statement.cmd_name ?? "all").toUpperCase(),
      ...(statement.permissive !== true && { permissive: false as const }),
      roles: roleNames(world, statement.roles).sort(),
      ...(using && { using: qualifiedSql(world, using) }),
      ...(check && { check: qualifiedSql(world, check) }),
    },
    dependsOn: uses(world, table, [using, check]),
  });
}

function alterPolicy(world: World, statement: AlterPolicyStmt): void {
  const table = statement.table && requireRelation(world, statement.table, ["table"]);
  if (!table) return;
  const tableKey = keyOf("table", table.name);
  world.lock(tableKey, statementLocks.alterPolicy);
  const name = `${table.name}.${quoteIdentifier(statement.policy_name ?? "")}`;
  const policy = world.catalog.get("policy", name);
  if (!policy) {
    const key = keyOf("policy", name);
    if (!world.assumed.has(tableKey) || !world.mayAssume(key)) world.fail({ reason: "missing", key });
    return;
  }
  const before = policy.attributes;
  const { using, check } = conditionsOf(world, table, statement);
  world.alter({
    ...policy,
    attributes: {
      ...policy.attributes,
      ...(statement.roles?.length && { roles: roleNames(world, statement.roles).sort() }),
      ...(using && { using: qualifiedSql(world, using) }),
      ...(check && { check: qualifiedSql(world, check) }),
    },
    // What only the former expression used is free again.
    dependsOn: uses(world, table, [using ?? expressionOf(before.using), check ?? expressionOf(before.check)]),
  });
}

function conditionsOf(
  world: World,
  table: Relation,
  { qual, with_check }: CreatePolicyStmt | AlterPolicyStmt,
): { readonly using?: Node | undefined; readonly check?: Node | undefined } {
  return {
    using: qual && withLiteralTypes(world, qual, table),
    check: with_check && withLiteralTypes(world, with_check, table),
  };
}

function uses(world: World, table: Relation, expressions: readonly (Node | undefined)[]): Dependency[] {
  return [
    { on: keyOf("table", table.name), type: "auto" },
    ...expressionDependencies(world, expressions, table).dependsOn,
  ];
}

function expressionOf(text: string | undefined): Node | undefined {
  if (text === undefined) return undefined;
  const node = parseSql(`SELECT ${text}`).statements[0]?.node;
  const target = node && "SelectStmt" in node ? node.SelectStmt.targetList?.[0] : undefined;
  return target && "ResTarget" in target ? target.ResTarget.val : undefined;
}
