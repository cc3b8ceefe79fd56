/** How the versions of a folder are spelt. */
export type VersionStyle =
  | { readonly kind: "sequence"; readonly width: number }
  /**
   * `20240131120000`: year to second in UTC, as migration tools print it; 12 digits end with the minute, 8
   * with the day, 17 with the millisecond; 20 have six more for several in one second, as Ory counts them.
   */
  | { readonly kind: "timestamp"; readonly digits: 8 | 12 | 14 | 17 | 20 }
  /** `2024-01-31-120000`, as Diesel prints it; newer ones add a counter. */
  | { readonly kind: "dashed"; readonly counter: boolean }
  /** Since 1970: golang-migrate's own default is seconds, node-pg-migrate's is milliseconds. */
  | { readonly kind: "unix"; readonly unit: "s" | "ms" }
  /** `1.2`: Flyway's versions of several numbers. */
  | { readonly kind: "dotted" };
