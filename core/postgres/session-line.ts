import type { Row, Session } from "./session.ts";

/** A session for one who keeps it: behind it stands whichever connection is open at the time. */
export class SessionLine implements Session {
  current: Session;

  constructor(current: Session) {
    this.current = current;
  }

  get alive(): boolean {
    return this.current.alive;
  }

  get inTransaction(): boolean | undefined {
    return this.current.inTransaction;
  }

  execute(sql: string, next?: string): Promise<void> {
    return this.current.execute(sql, next);
  }

  query(sql: string, values?: readonly (string | number | null)[]): Promise<readonly Row[]> {
    return this.current.query(sql, values);
  }

  interrupt(): Promise<void> {
    return this.current.interrupt();
  }

  close(): Promise<void> {
    return this.current.close();
  }
}
