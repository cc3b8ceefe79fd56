import type { AlterDomainStmt, CreateDomainStmt, Node } from "@pgsql/types";
import type { LockMode } from "../../locks.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import { collationLink, ownCollation } from "../collations.ts";
import { defaultDependencies } from "../columns.ts";
import { defaultText } from "../default-text.ts";
import { dropObjects } from "../drop-object.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import { chooseName } from "../generated-names.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { creationName, schemasToSearch, strings } from "../relations.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { resolveType } from "../type-names.ts";
import { typeTaken } from "../type-taken.ts";
import type { World } from "../world.ts";

export const domainHandlers: Handlers = {
  CreateDomainStmt: createDomain,
  AlterDomainStmt: alterDomain,
};

function createDomain(world: World, statement: CreateDomainStmt): void {
  const name = creationName(world, statement.domainname);
  if (typeTaken(world, name)) return;
  const type = resolveType(world, statement.typeName);
  const constraints = (statement.constraints ?? []).flatMap((node) =>
    "Constraint" in node ? [node.Constraint] : [],
  );
  const value = constraints.find((constraint) => constraint.contype === "CONSTR_DEFAULT")?.raw_expr;
  const text = defaultText(world, value, type.text);
  const collation = ownCollation(world, statement.collClause, type.text);
  world.create({
    kind: "domain",
    name,
    attributes: {
      type: type.text,
      ...(constraints.some((constraint) => constraint.contype === "CONSTR_NOTNULL") && {
        notNull: true as const,
      }),
      ...(text !== undefined && { default: text }),
      ...(collation !== undefined && { collation }),
    },
    dependsOn: [
      ...schemaDependency(world, lastPart(schemaOf({ name }))),
      ...type.dependsOn,
      ...collationLink(world, strings(statement.collClause?.collname)),
      ...defaultDependencies(world, value),
    ],
  });
  for (const constraint of constraints) {
    if (constraint.contype === "CONSTR_CHECK")
      addDomainCheck(world, name, constraint.conname, constraint.raw_expr, false);
  }
}

function addDomainCheck(
  world: World,
  domain: string,
  given: string | undefined,
  expression: Node | undefined,
  notValid: boolean,
): void {
  const taken = (name: string) =>
    world.catalog.has(keyOf("constraint", `${domain}.${quoteIdentifier(name)}`));
  const name = given || chooseName(lastPart(domain), undefined, "check", taken);
  if (taken(name)) {
    world.fail({ reason: "exists", key: keyOf("constraint", `${domain}.${quoteIdentifier(name)}`) });
    return;
  }
  world.create({
    kind: "constraint",
    name: `${domain}.${quoteIdentifier(name)}`,
    parent: keyOf("domain", domain),
    attributes: {
      type: "check",
      definition: `CHECK ((${expression ? qualifiedSql(world, expression) : ""}))${notValid ? " NOT VALID" : ""}`,
      columns: [],
      ...(notValid && { notValidated: true as const }),
    },
    dependsOn: [
      { on: keyOf("domain", domain), type: "auto" },
      ...expressionDependencies(world, expression).dependsOn,
    ],
  });
}

/** A constraint with a name, since 17; one that is there already is enough. */
function addDomainNotNull(world: World, domain: CatalogObject<"domain">, conname: string | undefined): void {
  if (domain.attributes.notNull) return;
  world.alter({ ...domain, attributes: { ...domain.attributes, notNull: true } });
  if (!conname) return;
  world.create({
    kind: "constraint",
    name: `${domain.name}.${quoteIdentifier(conname)}`,
    parent: keyOf("domain", domain.name),
    attributes: { type: "not null", definition: "NOT NULL", columns: [] },
    dependsOn: [{ on: keyOf("domain", domain.name), type: "auto" }],
  });
}

function notNullOf(world: World, domain: string): CatalogObject<"constraint"> | undefined {
  for (const child of world.catalog.childrenOf(keyOf("domain", domain)))
    if (child.kind === "constraint" && child.attributes.type === "not null") return child;
  return undefined;
}

function dropDomainConstraint(world: World, name: string, key: ObjectKey): void {
  const constraint = world.catalog.at(key);
  dropObjects(world, [key], false);
  const domain = world.catalog.get("domain", name);
  if (!domain || constraint?.kind !== "constraint" || constraint.attributes.type !== "not null") return;
  const { notNull: _, ...attributes } = domain.attributes;
  world.alter({ ...domain, attributes });
}

function alterDomain(world: World, statement: AlterDomainStmt): void {
  const names = strings(statement.typeName);
  const domain = schemasToSearch(world, names.at(-2))
    .map((schema) => world.catalog.get("domain", qualify(schema, names.at(-1) ?? "")))
    .find((found) => found !== undefined);
  if (!domain) {
    const schema = names.at(-2) ?? world.settings.searchPath[0] ?? "public";
    const key = keyOf("domain", qualify(schema, names.at(-1) ?? ""));
    if (!world.mayAssume(key)) world.fail({ reason: "missing", key });
    return;
  }
  const { default: _, notNull: __, ...attributes } = domain.attributes;
  const { notNull, default: value } = domain.attributes;
  const constraintKey: ObjectKey = keyOf(
    "constraint",
    `${domain.name}.${quoteIdentifier(statement.name ?? "")}`,
  );
  switch (statement.subtype) {
    case "T":
    case "AD_AlterDefault": {
      const text = defaultText(world, statement.def, domain.attributes.type);
      world.alter({
        ...domain,
        attributes: {
          ...attributes,
          ...(notNull && { notNull }),
          ...(text !== undefined && { default: text }),
        },
      });
      break;
    }
    case "N":
    case "AD_DropNotNull": {
      world.alter({
        ...domain,
        attributes: { ...attributes, ...(value !== undefined && { default: value }) },
      });
      const constraint = notNullOf(world, domain.name);
      if (constraint) world.drop(keyOf("constraint", constraint.name), true);
      break;
    }
    case "O":
    case "AD_SetNotNull":
      if (isInContainer(world, domain.name)) return;
      lockUsers(world, domain.name, statementLocks.domainConstraint);
      world.alter({ ...domain, attributes: { ...domain.attributes, notNull: true } });
      break;
    case "C":
    case "AD_AddConstraint":
      if (statement.def && "Constraint" in statement.def) {
        const { contype, conname, raw_expr, skip_validation } = statement.def.Constraint;
        if (!skip_validation && isInContainer(world, domain.name)) return;
        if (!skip_validation) lockUsers(world, domain.name, statementLocks.domainConstraint);
        if (contype === "CONSTR_NOTNULL") addDomainNotNull(world, domain, conname);
        else addDomainCheck(world, domain.name, conname, raw_expr, skip_validation === true);
      }
      break;
    case "V":
    case "AD_ValidateConstraint":
      validateDomainCheck(world, domain.name, constraintKey);
      break;
    case "X":
    case "AD_DropConstraint":
      if (world.catalog.has(constraintKey)) dropDomainConstraint(world, domain.name, constraintKey);
      else if (!statement.missing_ok) world.fail({ reason: "missing", key: constraintKey });
      break;
  }
}

function validateDomainCheck(world: World, domain: string, key: ObjectKey): void {
  const constraint = world.catalog.at(key);
  if (constraint?.kind !== "constraint") {
    world.fail({ reason: "missing", key });
    return;
  }
  if (isInContainer(world, domain)) return;
  lockUsers(world, domain, statementLocks.domainConstraint);
  const { notValidated: _, ...attributes } = constraint.attributes;
  const definition = attributes.definition.replace(/ NOT VALID$/, "");
  world.alter({ ...constraint, attributes: { ...attributes, definition } });
}

/** 0A000: PostgreSQL looks into no array and no composite value for those that it has to check. */
function isInContainer(world: World, domain: string): boolean {
  const key = keyOf("domain", domain);
  const users = world.uncertain.has(key) ? [] : [...world.catalog.dependentsOf(key)];
  const stored = users.flatMap((user) => {
    if (user.kind === "column") return user.attributes.type.endsWith("[]") ? [user] : [];
    return user.kind === "type" ? [...world.catalog.dependentsOf(keyOf("type", user.name))] : [];
  });
  const column = stored.find((it) => it.kind === "column" && it.parent?.startsWith("table "));
  if (!column) return users.some((user) => user.kind === "domain" && isInContainer(world, user.name));
  const name = plainName(domain);
  world.fail({
    reason: "refused",
    key,
    condition: "feature_not_supported",
    why: `PostgreSQL cannot check the values of domain ${name} that column ${plainName(column.name)} holds inside of others`,
    help: "add the constraint as NOT VALID and leave it so, which checks new values, or put a CHECK on the table",
  });
  return true;
}

/** Every table with a column of the domain is read. */
function lockUsers(world: World, domain: string, mode: LockMode): void {
  for (const user of world.catalog.dependentsOf(keyOf("domain", domain))) {
    if (user.kind === "column" && user.parent?.startsWith("table "))
      world.lock(user.parent, mode, { scan: true });
    else if (user.kind === "domain") lockUsers(world, user.name, mode);
  }
}
