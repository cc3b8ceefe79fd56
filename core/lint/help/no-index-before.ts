/** Help for WITHOUT OVERLAPS and EXCLUDE. */
export const noIndexBefore =
  "there is no NOT VALID and no USING INDEX for it: set a lock_timeout and choose a quiet hour, or move the rows into a new table that has it";
