import type { Catalog } from "../../../catalog/catalog.ts";
import { kindIn, nameIn } from "../../../catalog/key-parts.ts";
import type { ObjectKey } from "../../../catalog/model.ts";
import { lastPart, quoteIdentifier, splitQualified } from "../../../catalog/quote-identifier.ts";
import { cannot, exact, type ProposedStatement } from "./proposed.ts";
import { sqlKind } from "./sql-name.ts";

/** Gives an object its former name or schema back. */
export function undoRename(from: ObjectKey, to: ObjectKey, catalog: Catalog): ProposedStatement {
  const object = catalog.at(to);
  const kind = kindIn(to);
  const [former, current] = [nameIn(from), nameIn(to)];
  const own = (name: string) => quoteIdentifier(lastPart(withoutArguments(name)));
  const part = parts[kind];
  if (part) {
    const whole = object?.parent?.startsWith("domain ") ? "DOMAIN" : "TABLE";
    return exact(
      part(tableOf(current), own(current), own(former)).replace(/^ALTER TABLE /, `ALTER ${whole} `),
    );
  }
  const [formerSchema, currentSchema] = [schemaOf(former), schemaOf(current)];
  const alter = `ALTER ${object ? sqlKind(object) : kind.replaceAll("-", " ").toUpperCase()} ${current}`;
  if (formerSchema !== currentSchema && own(former) === own(current))
    return exact(`${alter} SET SCHEMA ${formerSchema}`);
  if (formerSchema === currentSchema) return exact(`${alter} RENAME TO ${own(former)}`);
  return cannot(`the ${kind} ${current} must become ${former} again by hand`);
}

const parts: Readonly<Record<string, (table: string, now: string, before: string) => string>> = {
  column: (table, now, before) => `ALTER TABLE ${table} RENAME COLUMN ${now} TO ${before}`,
  constraint: (table, now, before) => `ALTER TABLE ${table} RENAME CONSTRAINT ${now} TO ${before}`,
  trigger: (table, now, before) => `ALTER TRIGGER ${now} ON ${table} RENAME TO ${before}`,
  policy: (table, now, before) => `ALTER POLICY ${now} ON ${table} RENAME TO ${before}`,
  rule: (table, now, before) => `ALTER RULE ${now} ON ${table} RENAME TO ${before}`,
};

function withoutArguments(name: string): string {
  return name.replace(/\(.*$/s, "");
}

function tableOf(name: string): string {
  return splitQualified(name).slice(0, -1).map(quoteIdentifier).join(".");
}

function schemaOf(name: string): string {
  return splitQualified(withoutArguments(name)).slice(0, -1).map(quoteIdentifier).join(".");
}
