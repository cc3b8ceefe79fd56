import type { Catalog } from "#core/catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKind } from "#core/catalog/model.ts";
import { lastPart, quoteIdentifier } from "#core/catalog/quote-identifier.ts";

/** Writes one random statement; undefined where there is nothing that it could be about. */
export type Template = (pen: Pen) => string | undefined;
/** How often a template is taken, beside the others. */
export type Weighted = readonly [weight: number, template: Template];

export type Table = CatalogObject<"table">;

export interface Column {
  /** As SQL spells it. */
  readonly name: string;
  readonly object: CatalogObject<"column">;
  readonly type: string;
}

/** Names and choices for random statements about what is in a catalog. */
export class Pen {
  catalog: Catalog;
  readonly #random: () => number;
  #names = 0;

  constructor(random: () => number, catalog: Catalog) {
    this.#random = random;
    this.catalog = catalog;
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** From 0, below `limit`. */
  number(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.number(items.length)];
  }

  /** One of some words. */
  word(...words: readonly string[]): string {
    return this.pick(words) ?? "";
  }

  /** One to `most` of the items, in any order; none where there are none. */
  some<T>(items: readonly T[], most = 3): T[] {
    const count = Math.min(items.length, 1 + this.number(most));
    return items
      .map((item) => ({ item, rank: this.#random() }))
      .sort((a, b) => a.rank - b.rank)
      .slice(0, count)
      .map(({ item }) => item);
  }

  /** One of some templates. */
  oneOf(...templates: readonly Template[]): string | undefined {
    return this.pick(templates)?.(this);
  }

  weighted(templates: readonly Weighted[]): string | undefined {
    let left = this.#random() * templates.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, template] of templates) {
      left -= weight;
      if (left <= 0) return template(this);
    }
    return undefined;
  }

  /** A name that nothing has yet; now and then one that must be quoted. */
  fresh(prefix: string): string {
    this.#names += 1;
    const name = `${prefix}${this.#names}`;
    return this.chance(0.08) ? `"${name.toUpperCase()} x"` : name;
  }

  /** The same, in one of the schemas. */
  freshIn(prefix: string): string {
    const name = this.fresh(prefix);
    const schema = this.schema();
    return schema === "public" && this.chance(0.7) ? name : `${schema}.${name}`;
  }

  schema(): string {
    const schemas = this.objects("schema").map(({ name }) => name);
    return (this.chance(0.25) ? this.pick(schemas) : undefined) ?? "public";
  }

  objects<Kind extends ObjectKind>(kind: Kind): CatalogObject<Kind>[] {
    return [...this.catalog.objects()].filter((it) => it.kind === kind) as unknown as CatalogObject<Kind>[];
  }

  one<Kind extends ObjectKind>(
    kind: Kind,
    which: (object: CatalogObject<Kind>) => boolean = () => true,
  ): CatalogObject<Kind> | undefined {
    return this.pick(this.objects(kind).filter(which));
  }

  table(which: (table: Table) => boolean = () => true): Table | undefined {
    return this.one("table", which);
  }

  columns({ kind, name }: CatalogObject): Column[] {
    return [...this.catalog.childrenOf(keyOf(kind, name))].flatMap((object) =>
      object.kind === "column" ? [{ name: ownName(object), object, type: object.attributes.type }] : [],
    );
  }

  constraints({ kind, name }: CatalogObject): CatalogObject<"constraint">[] {
    return [...this.catalog.childrenOf(keyOf(kind, name))].filter(
      (it): it is CatalogObject<"constraint"> => it.kind === "constraint",
    );
  }

  indexes({ kind, name }: CatalogObject): CatalogObject<"index">[] {
    return [...this.catalog.childrenOf(keyOf(kind, name))].filter(
      (it): it is CatalogObject<"index"> => it.kind === "index",
    );
  }

  /** With its schema, or without where that is searched. */
  ref({ name }: CatalogObject): string {
    return name.startsWith("public.") && this.chance(0.6) ? name.slice("public.".length) : name;
  }

  /** ` IF EXISTS`, seldom. */
  ifExists(): string {
    return this.chance(0.1) ? " IF EXISTS" : "";
  }

  cascade(): string {
    return this.chance(0.4) ? " CASCADE" : "";
  }
}

/** The last part of a name, as SQL spells it. */
export function ownName({ name }: CatalogObject): string {
  return quoteIdentifier(lastPart(name));
}

/** The name of the table, view or domain that something is a part of. */
export function ofParent({ parent = "" }: CatalogObject): string {
  return parent.replace(/^(?:materialized )?\w+ /, "");
}
