import { afterAll, describe, expect, it } from "vitest";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { Migration } from "#core/migration/model.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { bookkeeping, bookkeepingFor } from "#core/roundtrip/bookkeeping.ts";

const engine = await openEmbedded({ major: 18 });
afterAll(() => engine.stop());

function migrations(text: string): Migration[] {
  const script = {
    direction: "up",
    file: { path: "1.sql", text, bom: false },
    start: 0,
    end: text.length,
    execution: { send: "whole", wrapped: false },
  } as const;
  return [{ version: "1", key: "1", title: "a", name: "1_a", up: script, declarations: {} }];
}

describe("tables of runners", () => {
  it.each(Object.keys(bookkeeping))(
    "%s: there where a migration speaks of it, and PostgreSQL takes it",
    async (layout) => {
      expect(layouts).toHaveProperty([layout]);
      const { table } = bookkeeping[layout] ?? { table: "" };
      expect(bookkeepingFor(layout, migrations("CREATE TABLE users (id bigint)"))).toBeUndefined();
      expect(bookkeepingFor(layout, migrations(`SELECT * FROM my_${table}_2`))).toBeUndefined();
      const made = bookkeepingFor(layout, migrations(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`));
      const database = await engine.createDatabase();
      const session = await database.connect();
      await session.execute(made?.text ?? "");
      await session.execute(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await session.close();
      await database.drop();
    },
  );
});
