import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf } from "../../../catalog/model.ts";
import { cannot, exact, needsData, type ProposedStatement } from "./proposed.ts";

type Composite = CatalogObject<"type">;

interface Field {
  readonly name: string;
  /** With its collation. */
  readonly type: string;
}

/** Takes the attributes of a composite type back to how they were. */
export function alterComposite(catalog: Catalog, now: Composite, before: Composite): ProposedStatement[] {
  const [is, was] = [fieldsOf(now), fieldsOf(before)];
  const alter = `ALTER TYPE ${before.name}`;
  const renamed = renamedField(is, was);
  if (renamed) return [exact(`${alter} RENAME ATTRIBUTE ${renamed.now} TO ${renamed.before}`)];
  const dropped = is.filter(({ name }) => !was.some((field) => field.name === name));
  const added = was.filter(({ name }) => !is.some((field) => field.name === name));
  const retyped = was.filter(({ name, type }) =>
    is.some((field) => field.name === name && field.type !== type),
  );
  const actions = [
    ...dropped.map(({ name }) => `DROP ATTRIBUTE ${name}`),
    ...retyped.map(({ name, type }) => `ALTER ATTRIBUTE ${name} TYPE ${type}`),
    ...added.map(({ name, type }) => `ADD ATTRIBUTE ${name} ${type}`),
  ];
  if (actions.length === 0) return [];
  const sql = `${alter} ${actions.join(", ")}`;
  const kept = was.filter((field) => !added.includes(field)).length;
  // What is added comes last.
  if (added.some((field) => was.indexOf(field) < kept)) return anew(catalog, before);
  if (added.length === 0) return [exact(sql)];
  return [needsData(sql, `the values of ${added.map(({ name }) => name).join(", ")} are gone`)];
}

/** No attribute can be put between others: only a type that nothing holds can be made again. */
function anew(catalog: Catalog, { name, attributes }: Composite): ProposedStatement[] {
  const [user] = catalog.dependentsOf(keyOf("type", name));
  if (user)
    return [
      cannot(`${user.kind} ${user.name} uses the type ${name}, whose attributes must be ordered by hand`),
    ];
  return [exact(`DROP TYPE ${name}`), exact(`CREATE TYPE ${name} AS (${attributes.fields?.join(", ")})`)];
}

/** One attribute has another name, and all else is as it was. */
function renamedField(is: readonly Field[], was: readonly Field[]) {
  if (is.length !== was.length || is.some(({ type }, index) => type !== was[index]?.type)) return undefined;
  const others = is.flatMap(({ name }, index) => {
    const before = was[index]?.name ?? name;
    return before === name ? [] : [{ now: name, before }];
  });
  const [only, ...more] = others;
  return only && more.length === 0 && !was.some(({ name }) => name === only.now) ? only : undefined;
}

function fieldsOf({ attributes }: Composite): Field[] {
  return (attributes.fields ?? []).map((field) => {
    const name = /^(?:"(?:[^"]|"")*"|\S+)/.exec(field)?.[0] ?? "";
    return { name, type: field.slice(name.length + 1) };
  });
}
