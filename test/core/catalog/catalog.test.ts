import { describe, expect, it } from "vitest";
import { Catalog } from "#core/catalog/catalog.ts";
import type { CatalogObject } from "#core/catalog/model.ts";

const table: CatalogObject = { kind: "table", name: "public.t", attributes: {}, dependsOn: [] };

function column(name: string, type = "text"): CatalogObject {
  return {
    kind: "column",
    name: `public.t.${name}`,
    parent: "table public.t",
    attributes: { type },
    dependsOn: [{ on: "table public.t", type: "auto" }],
  };
}

function names(objects: Iterable<CatalogObject>): string {
  return [...objects].map(({ name }) => name.slice("public.".length)).join(" ");
}

describe("a catalog that is taken back", () => {
  const acts: readonly (readonly [string, (catalog: Catalog) => void])[] = [
    ["a drop", (catalog) => catalog.delete("column public.t.a")],
    ["an altered value", (catalog) => catalog.put(column("a", "integer"))],
    [
      "a drop and a new one of the same name",
      (catalog) => {
        catalog.delete("column public.t.a");
        catalog.put(column("a"));
      },
    ],
    ["one more", (catalog) => catalog.put(column("d"))],
  ];

  it.each(acts)("has its old order: %s", (_, act) => {
    const catalog = Catalog.of([table, column("a"), column("b"), column("c")]);
    const start = catalog.savepoint();
    act(catalog);
    catalog.rollbackTo(start);
    expect(names(catalog.objects())).toBe("t t.a t.b t.c");
    expect(names(catalog.childrenOf("table public.t"))).toBe("t.a t.b t.c");
    expect(names(catalog.dependentsOf("table public.t"))).toBe("t.a t.b t.c");
  });

  it.each(acts)("and brought forward again has its new order: %s", (_, act) => {
    const catalog = Catalog.of([table, column("a"), column("b"), column("c")]);
    const start = catalog.savepoint();
    act(catalog);
    const before = [catalog.objects(), catalog.childrenOf("table public.t")].map(names);
    const dependents = names(catalog.dependentsOf("table public.t"));
    catalog.lookBack(start, () => names(catalog.dependentsOf("table public.t")));
    expect([catalog.objects(), catalog.childrenOf("table public.t")].map(names)).toEqual(before);
    expect(names(catalog.dependentsOf("table public.t"))).toBe(dependents);
  });

  it.each(acts)("is the same when the writes are repeated: %s", (_, act) => {
    const columns = [table, column("a"), column("b"), column("c")];
    const [original, copy] = [Catalog.of(columns), Catalog.of(columns)];
    const start = original.savepoint();
    act(original);
    for (const { key, after } of original.writesSince(start)) after ? copy.put(after) : copy.delete(key);
    expect([...copy.objects()]).toEqual([...original.objects()]);
    expect(names(copy.childrenOf("table public.t"))).toBe(names(original.childrenOf("table public.t")));
    expect(names(copy.dependentsOf("table public.t"))).toBe(names(original.dependentsOf("table public.t")));
  });
});

describe("namesakes", () => {
  const routine = (name: string): CatalogObject => ({
    kind: "function",
    name: `public.${name}`,
    attributes: { definition: "" },
    dependsOn: [],
  });
  const check = (on: string): CatalogObject => ({
    kind: "constraint",
    name: `public.${on}.positive`,
    parent: `table public.${on}`,
    attributes: { type: "check", definition: "CHECK (n > 0)", columns: ["n"] },
    dependsOn: [],
  });
  const f = { kind: "function", name: "public.f(" } as const;

  it("are routines that differ in their arguments, and constraints of any table", () => {
    const catalog = Catalog.of([
      routine("f()"),
      check("a"),
      routine("f(integer)"),
      routine("g()"),
      check("b"),
    ]);
    expect(names(catalog.namesakesOf(f))).toBe("f() f(integer)");
    expect(names(catalog.namesakesOf({ kind: "constraint", name: ".positive" }))).toBe(
      "a.positive b.positive",
    );
  });

  it("come and go with the catalog, in the order they were put", () => {
    const catalog = Catalog.of([routine("f()"), routine("f(integer)")]);
    const start = catalog.savepoint();
    catalog.delete("function public.f()");
    catalog.put(routine("f(text)"));
    expect(names(catalog.namesakesOf(f))).toBe("f(integer) f(text)");
    catalog.rollbackTo(start);
    expect(names(catalog.namesakesOf(f))).toBe("f() f(integer)");
  });
});
