/** Opens, ends or divides a transaction. */
export const transactionWord =
  /^\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction)\b/i;

/** Savepoints of the file work inside of the trace's transaction. */
export function endsTransaction(sql: string): boolean {
  return (
    transactionWord.test(sql) && !/^\s*(savepoint|release|rollback\s+((work|transaction)\s+)?to)\b/i.test(sql)
  );
}
