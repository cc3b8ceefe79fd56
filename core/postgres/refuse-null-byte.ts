import { PostgresError } from "./session.ts";

/** A protocol whose texts end at a zero byte cannot carry one. Throws what PostgreSQL says of such a file. */
export function refuseNullByte(sql: string): void {
  if (!sql.includes("\0")) return;
  throw new PostgresError({
    message: 'invalid byte sequence for encoding "UTF8": 0x00',
    sqlstate: "22021",
  });
}
