import type { Node } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import type { Failure } from "../outcome.ts";
import type { World } from "../world.ts";
import { conditionHolds, queryHolds, type Variables } from "./condition.ts";

/** A node of the tree that `parsePlPgSQL` makes: one key, which says its kind. */
type Tree = Readonly<Record<string, unknown>>;

/** How a list of statements ended. */
type End = { readonly kind: "done" | "returned" } | { readonly kind: "failed"; readonly failure: Failure };

const done: End = { kind: "done" };

/**
 * Runs the static SQL of a PL/pgSQL body. What the catalog decides (IF NOT EXISTS (SELECT FROM pg_type …), EXCEPTION
 * WHEN duplicate_object) is followed exactly. Where a condition cannot be told each branch is taken once, and what it
 * touches is uncertain from then on. Dynamic SQL is not followed.
 */
export function runBody(world: World, block: Tree, variables: Variables): void {
  const before = world.catalog.savepoint();
  const end = new Body(world, variables).block(block, true);
  if (end.kind !== "failed") return;
  // PostgreSQL would refuse the block, unless something that was not seen lets it pass.
  for (const key of world.catalog.since(before).keys()) world.uncertain.add(key);
  world.uncertain.add(end.failure.key);
}

class Body {
  readonly #world: World;
  readonly #variables: Variables;
  /** The loops around a statement, from the outside: of FOR … IN its query. */
  readonly #loops: (Node | undefined)[] = [];
  /** On which line of the body the statement stands that is running. */
  #line = 1;

  constructor(world: World, variables: Variables) {
    this.#world = world;
    this.#variables = variables;
  }

  block(block: Tree, certain: boolean): End {
    const before = this.#world.catalog.savepoint();
    const end = this.list(block.body, certain);
    const handlers = listOf(inner(block.exceptions, "PLpgSQL_exception_block").exc_list);
    if (handlers.length === 0) return end;
    if (end.kind !== "failed") return end;
    this.#world.catalog.rollbackTo(before);
    for (const handler of handlers) {
      const { conditions, action } = inner(handler, "PLpgSQL_exception");
      const names = listOf(conditions).map((it) => String(inner(it, "PLpgSQL_condition").condname));
      if (names.some((name) => catches(name, end.failure))) return this.list(action, certain);
    }
    return end;
  }

  list(statements: unknown, certain: boolean): End {
    for (const statement of listOf(statements)) {
      const end = this.#statement(statement, certain);
      if (end.kind !== "done" && certain) return end;
    }
    return done;
  }

  #statement(statement: Tree, certain: boolean): End {
    const [kind = "", body] = (Object.entries(statement)[0] ?? []) as [string?, Tree?];
    const node = body ?? {};
    this.#line = Number(node.lineno ?? this.#line);
    switch (kind) {
      case "PLpgSQL_stmt_block":
        return this.block(node, certain);
      case "PLpgSQL_stmt_if":
        return this.#if(node, certain);
      case "PLpgSQL_stmt_execsql":
        return this.#sql(node, certain);
      case "PLpgSQL_stmt_perform":
        return this.#run(query(node.expr), certain);
      case "PLpgSQL_stmt_dynexecute":
        return this.#dynamic(query(node.query), certain);
      case "PLpgSQL_stmt_assign":
        this.#assign(query(node.expr));
        return done;
      case "PLpgSQL_stmt_return":
        return { kind: "returned" };
      case "PLpgSQL_stmt_call":
      case "PLpgSQL_stmt_dynfors":
        this.#world.notAnalysed("EXECUTE in a DO block");
        break;
    }
    // Loops, CASE and the like: how often and whether at all is not known.
    const isLoop = loops.test(kind);
    if (isLoop) this.#loops.push(kind === "PLpgSQL_stmt_fors" ? firstNode(query(node.query)) : undefined);
    for (const value of Object.values(node)) this.#within(value);
    if (isLoop) this.#loops.pop();
    return done;
  }

  #within(tree: unknown): void {
    for (const item of listOf(tree)) {
      if (Object.keys(item)[0]?.startsWith("PLpgSQL_stmt_")) this.#statement(item, false);
      else for (const value of Object.values(item)) this.#within(value);
    }
  }

  #if(node: Tree, certain: boolean): End {
    const branches = [
      { condition: query(node.cond), body: node.then_body },
      ...listOf(node.elsif_list).map((item) => {
        const { cond, stmts } = inner(item, "PLpgSQL_if_elsif");
        return { condition: query(cond), body: stmts };
      }),
      { condition: "true", body: node.else_body },
    ];
    for (const [index, { condition, body }] of branches.entries()) {
      const holds = conditionHolds(this.#world, condition, this.#variables);
      if (holds === true) return this.list(body, certain);
      if (holds === false) continue;
      for (const possible of branches.slice(index)) this.list(possible.body, false);
      return done;
    }
    return done;
  }

  #sql(node: Tree, certain: boolean): End {
    const text = query(node.sqlstmt);
    if (node.into !== true) return this.#run(text, certain);
    const row = inner(node.target, "PLpgSQL_row");
    const [field, ...more] = listOf(row.fields);
    for (const it of [field, ...more]) if (it) this.#variables.set(String(it.name), undefined);
    if (field && more.length === 0 && certain) {
      this.#variables.set(String(field.name), queryHolds(this.#world, text, this.#variables));
    }
    return done;
  }

  /** `name := expression` */
  #assign(text: string): void {
    const match = /^\s*(\w+)\s*:?=\s*(.*)$/s.exec(text);
    if (!match?.[1]) return;
    this.#variables.set(match[1], conditionHolds(this.#world, match[2] ?? "", this.#variables));
  }

  /** EXECUTE of a plain string literal is as good as static. */
  #dynamic(expression: string, certain: boolean): End {
    const statement = firstNode(`SELECT ${expression}`);
    const target = statement && "SelectStmt" in statement ? statement.SelectStmt.targetList?.[0] : undefined;
    const value = target && "ResTarget" in target ? target.ResTarget.val : undefined;
    const text = value && "A_Const" in value ? value.A_Const.sval?.sval : undefined;
    if (text !== undefined) return this.#run(text, certain);
    this.#world.notAnalysed("EXECUTE in a DO block");
    return done;
  }

  #run(text: string, certain: boolean): End {
    const world = this.#world;
    for (const statement of parseSql(text).statements) {
      const before = world.catalog.savepoint();
      const sql = text.slice(statement.start, statement.end);
      const failure = world.attempt(() =>
        world.runInside(statement.node, sql, { line: this.#line, text: sql }),
      );
      if (failure) world.catalog.rollbackTo(before);
      if (certain) {
        if (failure) return { kind: "failed", failure };
        world.ranInside(statement.node);
        continue;
      }
      if (this.#loops.length > 0) {
        const rows = this.#loops.find((loop) => loop !== undefined);
        world.ranRepeatedly({ node: statement.node, ...(rows && { rows }) });
      }
      for (const key of world.catalog.since(before).keys()) world.uncertain.add(key);
      if (failure) world.uncertain.add(failure.key);
    }
    return done;
  }
}

const loops = /^PLpgSQL_stmt_(loop|while|for[a-z]*)/;

const classes: Readonly<Record<Exclude<Failure["reason"], "refused">, RegExp>> = {
  exists: /^duplicate_\w+$/,
  missing: /^undefined_\w+$|^invalid_schema_name$/,
  dependents: /^dependent_objects_still_exist$/,
};

/** Does EXCEPTION WHEN this condition catch the failure? */
function catches(condition: string, failure: Failure): boolean {
  if (condition === "others") return true;
  return failure.reason === "refused"
    ? condition === failure.condition
    : classes[failure.reason].test(condition);
}

function firstNode(text: string): Node | undefined {
  return parseSql(text).statements[0]?.node;
}

function query(expression: unknown): string {
  return String(inner(expression, "PLpgSQL_expr").query ?? "");
}

function inner(tree: unknown, kind: string): Tree {
  return ((tree as Tree | undefined)?.[kind] ?? {}) as Tree;
}

function listOf(tree: unknown): Tree[] {
  if (Array.isArray(tree)) return tree.filter((item) => typeof item === "object" && item !== null);
  return typeof tree === "object" && tree !== null ? [tree as Tree] : [];
}
