import type { Pen } from "./pen.ts";
import { alterTable } from "./templates/alter-table.ts";
import { indexes } from "./templates/indexes.ts";
import { routines } from "./templates/routines.ts";
import { tables } from "./templates/tables.ts";
import { types } from "./templates/types.ts";
import { views } from "./templates/views.ts";
import { words } from "./templates/words.ts";

const all = [...tables, ...alterTable, ...indexes, ...views, ...types, ...routines, ...words];

/** A statement about what is there. PostgreSQL may refuse it; undefined where there was nothing to be about. */
export function randomStatement(pen: Pen): string | undefined {
  return pen.weighted(pen.objects("table").length < 4 && pen.chance(0.5) ? tables : all);
}
