import { dictionary } from "../sql/dictionary.ts";

/** The types behind serial and its other spellings. */
export const serialTypes: Readonly<Record<string, "smallint" | "integer" | "bigint">> = dictionary({
  smallserial: "smallint",
  serial2: "smallint",
  serial: "integer",
  serial4: "integer",
  bigserial: "bigint",
  serial8: "bigint",
});
