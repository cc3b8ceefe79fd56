import type { Session } from "#core/postgres/session.ts";

/** The reader opens a transaction of its own; here it must see what the open one has done. */
export function withinTransaction(session: Session): Session {
  return {
    execute: async (sql) => {
      const within = sql.replace(/^(?:begin|rollback)\b[^;]*;?/i, "");
      if (within.trim() !== "") await session.execute(within);
    },
    query: (sql, values) => session.query(sql, values),
    get alive() {
      return session.alive;
    },
    interrupt: () => session.interrupt(),
    close: () => session.close(),
  };
}
