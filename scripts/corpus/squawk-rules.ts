/**
 * Rules of squawk about locks, scans, rewrites and what fails on a table with rows, and those of ours that say the
 * same of one statement. Where one cause has several of our rules, any of them tells the person.
 */
export const squawkRules: Readonly<Record<string, readonly string[]>> = {
  "require-concurrent-index-creation": ["require-concurrent-index"],
  "require-concurrent-index-deletion": ["require-concurrent-index-drop", "drop-constraint-index"],
  "require-concurrent-reindex": ["require-concurrent-reindex"],
  "ban-concurrent-index-creation-in-transaction": ["concurrently-in-transaction"],
  "require-concurrent-partition-detach": ["detach-partition-blocks"],
  "adding-foreign-key-constraint": ["foreign-key-validation", "add-column-not-null"],
  "constraint-missing-not-valid": [
    "check-validation",
    "foreign-key-validation",
    "unique-constraint-build",
    "primary-key-build",
    "exclusion-constraint-build",
    "validate-in-same-transaction",
    "add-column-not-null",
    "add-column-rewrite",
  ],
  "disallowed-unique-constraint": ["unique-constraint-build", "add-column-not-null", "add-column-rewrite"],
  "adding-serial-primary-key-field": ["primary-key-build", "add-column-rewrite", "add-column-not-null"],
  "adding-field-with-default": ["add-column-rewrite"],
  "adding-not-nullable-field": ["set-not-null-scan", "add-column-not-null", "add-column-rewrite"],
  "adding-required-field": ["add-column-not-null", "add-column-rewrite", "primary-key-build"],
  "changing-column-type": ["change-column-type", "type-of-column-in-use"],
  "prefer-repack": ["table-rewrite"],
};
