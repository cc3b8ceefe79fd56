/** Table-level lock modes, weakest first (PostgreSQL manual, 13.3.1). */
export const lockModes = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;

export type LockMode = (typeof lockModes)[number];

/** What a running application notices of a lock. */
export function blocks(mode: LockMode): { reads: boolean; writes: boolean } {
  const strength = lockModes.indexOf(mode);
  return { reads: mode === "ACCESS EXCLUSIVE", writes: strength >= lockModes.indexOf("SHARE") };
}
